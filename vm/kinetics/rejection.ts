import type { Candidate } from './candidates.ts'
import type { Choice, Match } from './match.ts'
import { agreed } from './match.ts'
import type { Slots } from './bindings.ts'
import { SumTree } from './sum-tree.ts'
import type { Take } from './take.ts'

/** What a rejecting channel asks of the rule that it is for. */
export interface Judge {
  readonly takes: readonly Take[]
  readonly start: Slots
  /** How many ways there are for one take alone to take its copies of a candidate. */
  waysFor(take: number, candidate: Candidate): number
  /** The match that a choice is, if the condition holds. */
  judged(choice: Choice): Match | undefined
  /** How many ways a match is, its rate left aside. */
  waysOf(match: Match): number
}

/**
 * Matches that are never listed: for each take there are the candidates, with the number of their copies.
 * The product of the sums bounds the number of ways from above, and a choice of one candidate each is
 * taken with the probability that makes up for it, else it is a null event: time passes, nothing reacts.
 */
export class Rejection {
  readonly #judge: Judge
  readonly #rate: number
  /** By take. */
  readonly #weights: readonly SumTree[]
  readonly #byLeaf: readonly (Candidate | undefined)[][]
  readonly #free: readonly number[][]
  /** What one way counts at most, because of exchanges that leave the rule unchanged. */
  readonly #largestShare: number
  #size = 0
  /** A match that is known, so that the channel is known not to be inert. */
  witness: Match | undefined
  /** Whether it is known that there is no match among the candidates. */
  isExhausted = false
  /** Null events since the last reaction. */
  nulls = 0

  constructor(judge: Judge, rate: number, largestShare: number) {
    this.#judge = judge
    this.#rate = rate
    this.#largestShare = largestShare
    this.#weights = judge.takes.map(() => new SumTree())
    this.#byLeaf = judge.takes.map(() => [])
    this.#free = judge.takes.map(() => [])
  }

  add(take: number, candidate: Candidate): void {
    const candidates = this.#byLeaf[take]
    if (candidates === undefined) return
    candidate.leaf = this.#free[take]?.pop() ?? candidates.length
    candidates[candidate.leaf] = candidate
    this.#size++
    this.weigh(take, candidate)
  }

  weigh(take: number, candidate: Candidate): void {
    this.#weights[take]?.set(candidate.leaf, this.#judge.waysFor(take, candidate))
  }

  remove(take: number, candidate: Candidate): void {
    const candidates = this.#byLeaf[take]
    if (candidates !== undefined) candidates[candidate.leaf] = undefined
    this.#weights[take]?.set(candidate.leaf, 0)
    this.#free[take]?.push(candidate.leaf)
    this.#size--
  }

  /** The bound on the propensity; 0 as long as no match is known. */
  get total(): number {
    if (this.witness === undefined) return 0
    return this.#weights.reduce(
      (bound, { total }) => bound * total,
      this.#rate * this.#largestShare,
    )
  }

  /** Whether listing all matches would by now have cost less than what was drawn in vain. */
  get isWasteful(): boolean {
    return this.nulls > 4 * (this.#size / this.#weights.length) ** this.#weights.length + 1000
  }

  /** A match drawn by its number of ways, or a null event. */
  draw(random: () => number): Match | undefined {
    const match = this.#drawn(random)
    if (match === undefined) this.nulls++
    else {
      this.nulls = 0
      this.witness = match
    }
    return match
  }

  #drawn(random: () => number): Match | undefined {
    const candidates: Candidate[] = []
    let { start: slots } = this.#judge
    let alone = 1
    for (const [i, take] of this.#judge.takes.entries()) {
      const weights = this.#weights[i]
      const leaf = weights?.leafAt(random() * weights.total) ?? -1
      const candidate = this.#byLeaf[i]?.[leaf]
      const next = candidate && agreed(slots, take, candidate.binding)
      if (candidate === undefined || next === undefined) return undefined
      slots = next
      candidates.push(candidate)
      alone *= weights?.weight(leaf) ?? 0
    }
    const match = this.#judge.judged({ slots, candidates })
    if (match === undefined) return undefined
    // Takes that drew the same kind have fewer copies together than each has alone.
    const probability = this.#judge.waysOf(match) / (alone * this.#largestShare)
    return probability >= 1 || random() < probability ? match : undefined
  }
}
