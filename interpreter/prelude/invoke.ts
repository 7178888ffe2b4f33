import { suggest } from '../../grammar/index.ts'
import { EvaluationFailure } from '../failures.ts'
import type { Host, HostFunction } from '../host.ts'
import { List } from '../molecule.ts'
import type { Molecule } from '../molecule.ts'
import { Arguments } from './define.ts'

/**
 * `invoke(name, arguments)`: calls the function whose name is a value, so that a task can say as data what
 * serves it. Only what the program could call by writing its name is reachable. What the function throws is
 * a rejection, as from one that answers later: the molecule becomes an `ERROR`, and the run goes on.
 */
export const invoke: HostFunction = boundTo({
  functions: new Map(),
  classes: new Map(),
  namespaces: new Map(),
})

function boundTo(host: Host): HostFunction {
  return {
    name: 'invoke',
    arity: [2, 2],
    isPure: false,
    isAsync: false,
    within: boundTo,
    answersLater: ([name, given]) => {
      const found = typeof name === 'string' ? knownFunction(name, host) : undefined
      const isLater = found?.answersLater
      return found?.isAsync === true || isLater?.(argumentsIn(given ?? NONE)) === true
    },
    apply: (given, surroundings) => {
      const args = new Arguments('invoke', given)
      const name = args.text(0)
      try {
        const found = functionNamed(name, host)
        return found.apply(countedFor(found, argumentsIn(args.at(1))), surroundings)
      } catch (error) {
        if (error instanceof EvaluationFailure) return Promise.reject(error)
        throw error
      }
    },
  }
}

const NONE = new List([])

/** The items of a list are the arguments; anything else is the only one. */
function argumentsIn(given: Molecule): readonly Molecule[] {
  return typeof given === 'object' && given.kind === 'list' ? given.items : [given]
}

function functionNamed(name: string, host: Host): HostFunction {
  const found = knownFunction(name, host)
  if (found !== undefined) return found
  const similar = suggest(name, host.functions.keys())
  const hint = similar === undefined ? '' : `; did you mean \`${similar}\`?`
  throw new EvaluationFailure(`there is no function \`${name}\`${hint}`)
}

function knownFunction(name: string, host: Host): HostFunction | undefined {
  const dot = name.lastIndexOf('.')
  const found =
    dot < 0
      ? host.functions.get(name)
      : host.namespaces.get(name.slice(0, dot))?.functions.get(name.slice(dot + 1))
  return found?.within?.(host) ?? found
}

/** Where a call is written the checker counts its arguments; here nobody has. */
function countedFor(
  { name, arity: [least, most] }: HostFunction,
  args: readonly Molecule[],
): readonly Molecule[] {
  if (args.length >= least && args.length <= most) return args
  const wanted =
    most === Infinity
      ? `at least ${String(least)}`
      : most === least
        ? String(least)
        : `${String(least)} to ${String(most)}`
  throw new EvaluationFailure(
    `\`${name}\` takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${String(args.length)}`,
  )
}
