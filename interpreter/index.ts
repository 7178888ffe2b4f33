/*
 * What a program means. Takes a syntax tree, gives molecules and rules with all names resolved, reduces
 * them in the plainest way there is, explores every order of reactions, and prints what comes out.
 * The machine in `vm/` has to agree with it. It knows no files, no terminal and no network: modules,
 * host functions, clock and seed come in as arguments.
 */
export { Float, List, NULL, Tuple, equal, hashOf, inside, symbol } from './molecule.ts'
export type { Contents, Entry, HostValue, Molecule, Pending, Rule, Solution, Symbol } from './molecule.ts'
export type { Int } from './integer.ts'
export { Multiset, SolutionValue } from './multiset.ts'
export { compare } from './order.ts'
export { noModules } from './lower/modules.ts'
export type { ModuleLoader } from './lower/modules.ts'
export { lowerProgram, lowerSource } from './lower/program.ts'
export type { LoweredProgram, LowerOptions } from './lower/program.ts'
export { firstSolution, moleculesOf } from './load.ts'
export { Reference } from './reduce.ts'
export { explore } from './explore.ts'
export type { Exploration } from './explore.ts'
export { DEFAULT_DEPTH, LARGEST_DEPTH } from './outcome.ts'
export type { Engine, Failure, Limits, Outcome, OutcomeKind, Reaction, RunOptions, Step, Strategy } from './outcome.ts'
export { Random } from './random.ts'
export { prelude } from './prelude/index.ts'
export { EvaluationFailure } from './host.ts'
export type { Host, HostClass, HostFunction, Namespace, Surroundings } from './host.ts'
export { print } from './print.ts'
