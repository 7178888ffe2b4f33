import { EvaluationFailure, prelude } from '../../interpreter/index.ts'
import type { Host, HostFunction, Molecule } from '../../interpreter/index.ts'

/*
 * The host that goldens with `//<< host` can call: a function of each sort. It keeps nothing between
 * calls, so that a golden can be run any number of times.
 */

const functions: readonly HostFunction[] = [
  // Pure.
  made('twice', { isPure: true }, (n) => (typeof n === 'number' ? n * 2 : refuse('no number'))),
  // Not declared pure, though it answers at once.
  made('echo', {}, (x) => x),
  // Answers later.
  made('later', { isAsync: true }, async (x) => {
    await Promise.resolve()
    return x
  }),
  // The same under the name that the documentation uses.
  made('price', { isAsync: true }, async (x) => {
    await Promise.resolve()
    return typeof x === 'string' ? x.length : refuse('no name')
  }),
  // Answers later, with a rejection.
  made('reject', { isAsync: true }, async () => {
    await Promise.resolve()
    return refuse('not today')
  }),
  // Never answers.
  made('never', { isAsync: true }, () => new Promise(() => undefined)),
]

/** The prelude with the functions above. */
export const testHost: Host = {
  ...prelude,
  functions: new Map([...prelude.functions, ...functions.map((f) => [f.name, f] as const)]),
}

function made(
  name: string,
  { isPure = false, isAsync = false },
  body: (argument: Molecule) => Molecule | Promise<Molecule>,
): HostFunction {
  return {
    name,
    arity: [1, 1],
    isPure,
    isAsync,
    apply: ([argument]) => (argument === undefined ? refuse('nothing was given') : body(argument)),
  }
}

function refuse(message: string): never {
  throw new EvaluationFailure(message)
}
