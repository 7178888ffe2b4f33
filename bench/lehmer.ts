/**
 * The random numbers of every program here and of every peer: s ← 48271·s mod 2³¹−1, from seed 42.
 * All of them draw in the same order, so all of them must get the same result.
 */
export class Lehmer {
  #state = 42

  next(): number {
    // `%` on numbers this large takes longer than what hand-written programs do with the result. As
    // 2³¹ mod 2³¹−1 is 1, the upper part of the product counts as much as the lower.
    const product = this.#state * 48_271
    const upper = Math.floor(product / 2_147_483_648)
    const folded = product - upper * 2_147_483_647
    this.#state = folded >= 2_147_483_647 ? folded - 2_147_483_647 : folded
    return this.#state
  }

  /** From 0 to below the bound, which is how the peers do it, slightly uneven. */
  below(bound: number): number {
    return this.next() % bound
  }
}
