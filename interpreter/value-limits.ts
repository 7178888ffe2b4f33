import { isInfinite } from './integer.ts'
import type { Int } from './integer.ts'
import { inside } from './molecule.ts'
import type { Molecule, Solution } from './molecule.ts'
import type { Limits } from './outcome.ts'

/*
 * How large single values may grow that reactions make. Whatever a run allows, one operation makes nothing
 * beyond `size-limits.ts`: so what passes a limit here was never huge when it was made.
 */

/** The limits on single values, in the order in which they are told. */
const NAMES = ['characters', 'items', 'bits'] as const

/** A limit on single values. */
export type ValueLimit = (typeof NAMES)[number]

/** Whether a run bounds single values. */
export function boundsValues(limits: Limits): boolean {
  return NAMES.some((name) => limits[name] !== undefined)
}

/** What is inside a solution that may be too large: all of it, unless told. */
type Open = (solution: Solution) => Iterable<Molecule>

/** The limit that some value in these molecules passes, at any depth. No recursion. */
export function passedValueLimit(
  molecules: Iterable<Molecule>,
  limits: Limits,
  open: Open = (solution) => solution.molecules(),
): ValueLimit | undefined {
  if (!boundsValues(limits)) return undefined
  const looking = new Looking(limits)
  for (const molecule of molecules) looking.look(molecule, open)
  return NAMES.find((name) => looking.passed.has(name))
}

class Looking {
  readonly passed = new Set<ValueLimit>()
  readonly #characters: number
  readonly #items: number
  readonly #largest: Int
  readonly #least: Int

  constructor({ characters = Infinity, items = Infinity, bits = Infinity }: Limits) {
    this.#characters = characters
    this.#items = items
    // Numbers and BigInts compare with each other.
    this.#largest = bits > MOST_BITS ? Infinity : 1n << BigInt(bits)
    this.#least = bits > MOST_BITS ? -Infinity : -(1n << BigInt(bits))
  }

  look(root: Molecule, open: Open): void {
    const waiting: Molecule[] = [root]
    for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
      if (typeof top === 'string') {
        if (top.length > this.#characters) this.passed.add('characters')
      } else if (typeof top !== 'object') {
        if (typeof top !== 'boolean' && !this.#fits(top)) this.passed.add('bits')
      } else if (top.kind !== 'symbol' && top.kind !== 'float') {
        if (top.kind === 'list' && top.items.length > this.#items) this.passed.add('items')
        const within =
          top.kind === 'solution' ? open(top) : top.kind === 'rule' ? top.captured : inside(top)
        for (const inner of within ?? []) waiting.push(inner)
      }
    }
  }

  #fits(value: Int): boolean {
    return isInfinite(value) || (value < this.#largest && value > this.#least)
  }
}

/** No Int has more. */
const MOST_BITS = 2 ** 24
