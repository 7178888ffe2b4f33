/**
 * The random numbers of every program here and of every peer: s ← 48271·s mod 2³¹−1, from seed 42.
 * All of them draw in the same order, so all of them must get the same result.
 */
export class Lehmer {
  #state = 42

  next(): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647
    return this.#state
  }

  /** From 0 to below the bound, which is how the peers do it, slightly uneven. */
  below(bound: number): number {
    return this.next() % bound
  }
}
