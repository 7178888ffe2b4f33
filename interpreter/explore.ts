import { EvaluationFailure } from './failures.ts'
import { equal } from './molecule.ts'
import type { Entry } from './molecule.ts'
import type { SolutionValue } from './multiset.ts'
import { Map as ImmutableMap, Set as ImmutableSet } from 'immutable'
import type { Matching } from './match.ts'
import { Inertness, possible, react } from './react.ts'

/** What a small program can become. */
export interface Exploration {
  /** Every inert solution that some order of reactions reaches. */
  readonly inert: readonly SolutionValue[]
  /** Different solutions that were met, the first one included. */
  readonly states: number
  /** Whether all was seen: false where `most` states were not enough. */
  readonly isComplete: boolean
  /** Whether some order of reactions never has to end: a solution that can come back to itself, or more than `most`. */
  readonly hasCycle: boolean
  /** Orders of reactions that end in a failing product. */
  readonly failures: readonly string[]
}

/**
 * Every order in which the reactions of a program can happen, breadth first, up to `most` different
 * solutions. Only for programs that call nothing impure or asynchronous.
 */
export function explore(first: SolutionValue, most = 10_000): Exploration {
  let known = ImmutableMap<SolutionValue, number>()
  const states: SolutionValue[] = []
  const edges: number[][] = []
  const inert: SolutionValue[] = []
  const failures = new Set<string>()
  const add = (solution: SolutionValue): number => {
    const at = known.get(solution)
    if (at !== undefined) return at
    known = known.set(solution, states.length)
    states.push(solution)
    edges.push([])
    return states.length - 1
  }
  add(first)
  const inertness = new Inertness()
  const matching = exploring(inertness)
  for (let i = 0; i < states.length && states.length <= most; i++) {
    const state = states[i]
    if (state === undefined) break
    let isInert = true
    for (const reaction of possible(state, inertness, matching)) {
      isInert = false
      try {
        edges[i]?.push(add(react(reaction, matching, () => 0).solution))
      } catch (error) {
        if (!(error instanceof EvaluationFailure)) throw error
        failures.add(error.message)
      }
    }
    if (isInert) inert.push(state)
  }
  const isComplete = states.length <= most
  return {
    inert,
    states: Math.min(states.length, most),
    isComplete,
    hasCycle: !isComplete || isCyclic(edges),
    failures: [...failures],
  }
}

/**
 * Whether so many reactions can make one solution of another, in some order: what a log says can be tried in this
 * way. Undefined where `most` different solutions did not tell. A reaction whose product fails leads nowhere.
 */
export function canBecome(
  first: SolutionValue,
  last: SolutionValue,
  { reactions, most = 10_000 }: { readonly reactions: number; readonly most?: number },
): boolean | undefined {
  const inertness = new Inertness()
  // By how many reactions were left: what was come to before leads nowhere new.
  let known = ImmutableMap<number, ImmutableSet<SolutionValue>>()
  const ways = [successors(first, inertness)]
  if (reactions === 0) return equal(first, last)
  for (let states = 0; states <= most;) {
    const way = ways.at(-1)
    if (way === undefined) return false
    const { value: next } = way.next()
    const left = reactions - ways.length
    if (next === undefined) ways.pop()
    else if (left === 0) {
      if (equal(next, last)) return true
    } else {
      const before = known.get(left, ImmutableSet<SolutionValue>())
      if (before.has(next)) continue
      known = known.set(left, before.add(next))
      states++
      ways.push(successors(next, inertness))
    }
  }
  return undefined
}

function* successors(
  solution: SolutionValue,
  inertness: Inertness,
): Generator<SolutionValue, undefined> {
  const matching = exploring(inertness)
  for (const reaction of possible(solution, inertness, matching)) {
    try {
      yield react(reaction, matching, () => 0).solution
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error
    }
  }
}

function exploring(inertness: Inertness): Matching {
  return {
    random: () => {
      throw new EvaluationFailure('a random number cannot be explored')
    },
    isThere: (molecule) => inertness.isThere(molecule),
    order: (entries: Iterable<Entry>) => entries,
  }
}

/** Whether a walk along the edges can come back: some state never loses its last way in (Kahn 1962). */
function isCyclic(edges: readonly (readonly number[])[]): boolean {
  const ways = new Int32Array(edges.length)
  for (const targets of edges) for (const target of targets) ways[target] = (ways[target] ?? 0) + 1
  const free = edges.map((_, i) => i).filter((i) => ways[i] === 0)
  let removed = 0
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    removed++
    for (const target of edges[next] ?? []) {
      ways[target] = (ways[target] ?? 0) - 1
      if (ways[target] === 0) free.push(target)
    }
  }
  return removed < edges.length
}
