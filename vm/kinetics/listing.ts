import type { Match } from './match.ts'
import { SumTree } from './sum-tree.ts'

/** A match in a list. */
export interface Listed {
  readonly match: Match
  readonly leaf: number
}

/** Every match of a rule one by one, each with its propensity: exact, and as large as there are matches. */
export class Listing {
  readonly #weights = new SumTree()
  readonly #listed: (Listed | undefined)[] = []
  readonly #free: number[] = []
  #size = 0

  get total(): number {
    return this.#weights.total
  }

  get size(): number {
    return this.#size
  }

  add(match: Match): Listed {
    const leaf = this.#free.pop() ?? this.#listed.length
    const listed = { match, leaf }
    this.#listed[leaf] = listed
    this.#size++
    return listed
  }

  weigh({ leaf }: Listed, weight: number): void {
    this.#weights.set(leaf, weight)
  }

  remove({ leaf }: Listed): void {
    this.#listed[leaf] = undefined
    this.#weights.set(leaf, 0)
    this.#free.push(leaf)
    this.#size--
  }

  /** The match that a number from 0 up to the total falls on. */
  matchAt(target: number): Match | undefined {
    return this.#listed[this.#weights.leafAt(target)]?.match
  }

  /** Those from a place in the order of finding on, as long as none has been removed. */
  from(first: number): readonly Match[] {
    return this.#listed.slice(first).flatMap((listed) => listed?.match ?? [])
  }

  /** A match of endless propensity. */
  endless(): Match | undefined {
    return this.#listed[this.#weights.endlessLeaf() ?? -1]?.match
  }

  /** Some match that can react now. */
  possible(): Match | undefined {
    return this.total > 0 ? this.matchAt(0) : undefined
  }
}
