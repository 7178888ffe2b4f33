import type { HostCalls } from './host-calls.ts'
import type { Molecule } from './molecule.ts'
import type { HostClassReference, TypeTest } from './types.ts'

/** What an expression may draw on while it is worked out. */
export interface Surroundings {
  /** A float in [0, 1), from the run's seeded generator. */
  random(): number
  /** The idempotency key of a call that is not pure. */
  readonly callKey?: () => string
  /** The run that calls are made for. Absent where nothing waits for answers. */
  readonly host?: HostCalls | undefined
}

/**
 * A function that programs can call: of the prelude or of a host module. It gets molecules and gives a
 * molecule, or throws an `EvaluationFailure` that says in the language's words what was wrong.
 */
export interface HostFunction {
  /** As programs name it: `size`, `Math.abs`, `point.dist`. */
  readonly name: string
  /** How many arguments: [least, most]. */
  readonly arity: readonly [number, number]
  /** Pure functions may stand in conditions, rates and multiplicities. */
  readonly isPure: boolean
  /** Known to answer later; one that is not may still return a promise when it is called. */
  readonly isAsync: boolean
  /** Where that depends on the arguments: whether a call with these is known to answer later. */
  readonly answersLater?: (args: readonly Molecule[]) => boolean
  /** The types of its arguments and of what it gives, where they were declared. */
  readonly types?: FunctionTypes
  apply(args: readonly Molecule[], surroundings: Surroundings): Molecule | Promise<Molecule>
  /** The same for the programs of one host. Only a function that reaches others by their names has it. */
  readonly within?: (host: Host) => HostFunction
}

/** What a function takes and gives. */
export interface FunctionTypes {
  readonly takes: readonly TypeTest[]
  readonly gives: TypeTest
}

/** A class that programs can make values of, test types with and call methods on. */
export interface HostClass {
  readonly name: string
  readonly class: HostClassReference
  /** `new T(…)`. */
  readonly make: HostFunction
  /** Statics, by name. */
  readonly functions: ReadonlyMap<string, HostFunction>
  readonly constants: ReadonlyMap<string, Molecule>
  /** The constructor arguments of a value, where the class has a `toHocl`. */
  readonly arguments?: (value: object) => readonly Molecule[]
  /** Own methods, fields and getters, by name; the receiver is the first argument. */
  readonly members: ReadonlyMap<string, HostFunction>
}

/** A name that stands before a dot: a module, a class, or the prelude's `Math`. */
export interface Namespace {
  readonly functions: ReadonlyMap<string, HostFunction>
  readonly constants: ReadonlyMap<string, Molecule>
  readonly classes: ReadonlyMap<string, HostClass>
}

/** All that a program can reach beside itself. Nothing else of the host is reachable. */
export interface Host {
  /** Functions that come in plainly. */
  readonly functions: ReadonlyMap<string, HostFunction>
  readonly classes: ReadonlyMap<string, HostClass>
  readonly namespaces: ReadonlyMap<string, Namespace>
}
