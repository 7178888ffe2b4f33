/*
 * Text to syntax tree and back.
 *
 * The grammar turns a `Source` into a `Program` and diagnostics, formats programs, and renders
 * diagnostics for people. It knows neither what a program means nor where a text comes from, and runs
 * wherever JavaScript runs.
 */
export type {
  BinaryExpression,
  BinaryOperator,
  BooleanLiteral,
  CallExpression,
  CastExpression,
  CaughtRulePattern,
  Comment,
  ConditionalExpression,
  ConstantPattern,
  Counted,
  CountedPattern,
  Definition,
  Element,
  ErrorNode,
  Expression,
  FloatLiteral,
  GroupExpression,
  GroupPattern,
  Import,
  IndexExpression,
  InfinityLiteral,
  InstanceofExpression,
  IntegerLiteral,
  ListExpression,
  ListPattern,
  ListType,
  Literal,
  LiteralPattern,
  MemberExpression,
  Molecules,
  NameExpression,
  NamedRule,
  NamedType,
  NewExpression,
  Nothing,
  NothingPattern,
  NullLiteral,
  Path,
  Pattern,
  Program,
  RestExpression,
  RestPattern,
  RuleExpression,
  SolutionExpression,
  SolutionPattern,
  SolutionType,
  Spread,
  StringLiteral,
  SymbolExpression,
  SymbolPattern,
  TupleExpression,
  TuplePattern,
  TupleType,
  Type,
  TypeArgument,
  UnaryExpression,
  UnaryOperator,
  VariablePattern,
  WildcardPattern,
  Word,
} from './ast.ts'
export { syntaxCodes } from './codes.ts'
export type { Diagnostic, DiagnosticCode, Label, Severity } from './diagnostic.ts'
export { meantMark } from './foreign.ts'
export { format, formatWidth, type Formatted } from './format.ts'
export { isIncomplete, parse, parseMolecules } from './parse.ts'
export type { ParsedMolecules, ParsedProgram } from './parse.ts'
export { render, renderAll, type RenderOptions } from './render.ts'
export { precedences } from './operators.ts'
export { Source, type Position, type Span } from './source.ts'
export { nearest, suggest } from './suggest.ts'
export { tokensOf, tokenTable } from './token-list.ts'
export type { Token, TokenKind, TokenTable } from './token-list.ts'
export { contextualKeywords, keywords } from './tokens.ts'
