/*
 * What a program means. Takes a syntax tree, gives molecules and rules with all names resolved, reduces
 * them in the plainest way there is, explores every order of reactions, and prints what comes out.
 * The machine in `vm/` has to agree with it. It knows no files, no terminal and no network: modules,
 * host functions, clock and seed come in as arguments.
 */
export {
  Float,
  List,
  NULL,
  Tuple,
  equal,
  extentOf,
  hashOf,
  holdsSolution,
  inside,
  isInt,
  isRule,
  isSolution,
  isSymbol,
  symbol,
} from './molecule.ts'
export type {
  Contents,
  Entry,
  HostValue,
  Molecule,
  Pending,
  Rule,
  Solution,
  Symbol,
} from './molecule.ts'
export { ArithmeticFailure, addInt, isInfinite, multiplyInt, negateInt } from './integer.ts'
export type { Int } from './integer.ts'
export { Multiset, SolutionValue, writtenCopies } from './multiset.ts'
export { Rows, isAtom, moleculeIn } from './rows.ts'
export type { MultisetForm } from './multiset.ts'
export type { Block } from './rows.ts'
export { Table, table } from './table.ts'
export type { FieldValues } from './table.ts'
export { compare } from './order.ts'
export { FoundModules } from './found-modules.ts'
export type { FoundModule } from './found-modules.ts'
export { noModules } from './lower/modules.ts'
export type { ModuleLoader } from './lower/modules.ts'
export { lowerProgram, lowerSource } from './lower/program.ts'
export type { LoweredProgram, LowerOptions } from './lower/program.ts'
export { checkProgram, diagnosticsOf } from './check.ts'
export type { CheckOptions } from './check.ts'
export { ruleTitle } from './checks/subject.ts'
export { influences } from './checks/influences.ts'
export type { Influence } from './checks/influences.ts'
export { variableTypes } from './checks/variables.ts'
export type { RuleVariables } from './checks/variables.ts'
export type { Check, Subject } from './checks/subject.ts'
export { firstSolution, moleculesOf } from './load.ts'
export { BugError, DataError, HoclError } from './errors.ts'
export type { TextPlace } from './errors.ts'
export { Reference, countOf } from './reduce.ts'
export { solutionsIn, substitute } from './locate.ts'
export { canBecome, explore } from './explore.ts'
export { difference } from './difference.ts'
export type { Difference } from './difference.ts'
export { find } from './find.ts'
export type { Found } from './find.ts'
export { Verifier } from './verify.ts'
export { hasEffects } from './effects.ts'
export type { Exploration } from './explore.ts'
export { DEFAULT_DEPTH, LARGEST_DEPTH } from './outcome.ts'
export type {
  Reducer,
  Failure,
  Limits,
  Outcome,
  OutcomeKind,
  Reaction,
  RunOptions,
  Step,
  Strategy,
} from './outcome.ts'
export { Random } from './random.ts'
export { prelude } from './prelude/index.ts'
export { EvaluationFailure } from './failures.ts'
export type {
  FunctionTypes,
  Host,
  HostClass,
  HostFunction,
  Namespace,
  Surroundings,
} from './host.ts'
export { standalone } from './standalone.ts'
export type { Standalone } from './standalone.ts'
export { print, printBriefly, printed, printInline } from './print.ts'
export type { PrintOptions } from './print.ts'
export { fromJson, jsonPieces, jsonText, pairsPieces, pairsToJson, toJson } from './json.ts'
export type { JsonContext, JsonValue, PendingText, RuleForm } from './json.ts'
export { exchangeContext } from './exchange-context.ts'
export { dataReader, readData } from './data/read.ts'
export type { ReadOptions } from './data/read.ts'
export { dataPieces } from './data/write.ts'
export type { WriteOptions } from './data/write.ts'
export { formatOf, INPUT_FORMATS, OUTPUT_FORMATS } from './data/formats.ts'
export type { Batch, DataReader, InputFormat, OutputFormat } from './data/formats.ts'
export { areComparable, binary, looseEquals, unary } from './arithmetic.ts'
export { cast } from './cast.ts'
export { indexInto } from './prelude/lists.ts'
export { memberOf } from './host-value.ts'
export { builtinTypeNames, hasType } from './types.ts'
export type { TypeTest } from './types.ts'
export { PlacedFailure, evaluate, holds, itemsOfRest, placed, produce } from './evaluate.ts'
export type { Environment } from './evaluate.ts'
export { slotsOfReactant } from './checks/patterns.ts'
export { callKey } from './call-key.ts'
export { depthOf } from './depth.ts'
export { PendingElement, pendingAgain, productOf } from './pending.ts'
export { SizeFailure } from './failures.ts'
export { boundsValues, passedValueLimit } from './value-limits.ts'
export { LARGEST_EXTENT } from './size-limits.ts'
export { RuleShape, ruleOf, shapeOf } from './rule.ts'
export type {
  Binding,
  Element,
  BinaryOperator,
  Expression,
  ListItem,
  ListItemPattern,
  Molecules,
  Pattern,
  Place,
  ReactantPattern,
  RestSource,
  Slot,
  SolutionPattern,
  UnaryOperator,
} from './rule.ts'
export { hostFunction } from './host-declared.ts'
export type { CallArguments, DeclaredFunction, FunctionDeclaration } from './host-declared.ts'
export type { Backoff, CallContext, CallPolicy, Retry } from './host-attempts.ts'
export { HostCallError } from './host-call-error.ts'
export type { CallFailureReason } from './host-call-error.ts'
export { HostCalls } from './host-calls.ts'
export type { CallOptions, Timer } from './host-calls.ts'
export type {
  AnswerOf,
  AnswerTypes,
  AnyClass,
  ArgumentOf,
  ArgumentTypes,
  HostType,
} from './host-types.ts'
export { rule } from './builder/rule.ts'
export type { RuleDescription } from './builder/rule.ts'
export { call, copies, listOf, solutionOf, spread, tupleOf, v } from './builder/forms.ts'
export { hostWith, namespaceOfFile } from './host-module.ts'
export type { HostModule } from './host-module.ts'
export { ConversionError, float, fromJs, solution, toJs, tuple } from './marshal.ts'
export { JsSolution, JsTuple, fromJS, toJS } from './conversion.ts'
export type { FromJS, JsValue, ToJS } from './conversion.ts'
export { expressionText, patternText } from './closed-form/closed-form.ts'
export { typeText } from './type-text.ts'
export { golden, goldenOutcomes, reachableResults } from './golden.ts'
export type { GoldenRun } from './golden.ts'
export { hasMarks, readGolden } from './golden-marks.ts'
export type {
  ExpectedDiagnostic,
  Golden,
  GoldenCount,
  GoldenFinding,
  GoldenMark,
  GoldenProperty,
  GoldenRefusal,
} from './golden-marks.ts'
export { documentationOf, examplesIn } from './documentation.ts'
export type { Documentation, DocumentedDefinition, Example } from './documentation.ts'
