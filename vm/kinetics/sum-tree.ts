/**
 * Weights with their sum, in a binary tree: a weight changes and a leaf is drawn in logarithmic time.
 * Each sum is made afresh of the two below it, never by adding a difference, so no error accumulates.
 */
export class SumTree {
  /** `#sums[1]` is the root; the children of i are 2i and 2i + 1; leaves begin at `#first`. */
  #sums = new Float64Array(16)
  #first = 8

  get total(): number {
    return this.#sums[1] ?? 0
  }

  weight(leaf: number): number {
    return this.#sums[this.#first + leaf] ?? 0
  }

  set(leaf: number, weight: number): void {
    if (leaf >= this.#first) this.#grow(leaf)
    const sums = this.#sums
    let at = this.#first + leaf
    sums[at] = weight
    for (at >>= 1; at > 0; at >>= 1) sums[at] = (sums[2 * at] ?? 0) + (sums[2 * at + 1] ?? 0)
  }

  /** The leaf that a number from 0 up to the total falls on. Never one of weight 0, whatever is rounded. */
  leafAt(target: number): number {
    const sums = this.#sums
    let rest = target
    let at = 1
    while (at < this.#first) {
      at *= 2
      const left = sums[at] ?? 0
      if (rest >= left && (sums[at + 1] ?? 0) > 0) {
        rest -= left
        at++
      }
    }
    return at - this.#first
  }

  /** A leaf of endless weight, or else, where the sum is endless, the one to blame most. */
  endlessLeaf(): number | undefined {
    if (this.total < Infinity) return undefined
    const sums = this.#sums
    let at = 1
    while (at < this.#first)
      at = (sums[2 * at] ?? 0) >= (sums[2 * at + 1] ?? 0) ? 2 * at : 2 * at + 1
    return at - this.#first
  }

  #grow(leaf: number): void {
    const before = this.#sums.subarray(this.#first, 2 * this.#first)
    while (leaf >= this.#first) this.#first *= 2
    this.#sums = new Float64Array(2 * this.#first)
    this.#sums.set(before, this.#first)
    for (let at = this.#first - 1; at > 0; at--)
      this.#sums[at] = (this.#sums[2 * at] ?? 0) + (this.#sums[2 * at + 1] ?? 0)
  }
}
