/**
 * A generator of random numbers that gives the same sequence for the same seed on every machine:
 * xoshiro128** (Blackman & Vigna 2018), its state filled by SplitMix32. Not for secrets.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d: number

  /** Any safe integer; all of its 53 bits count. */
  constructor(seed: number) {
    let state = (seed ^ Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b9)) | 0
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0
      let z = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
      return z ^ (z >>> 16)
    }
    this.#a = next()
    this.#b = next()
    this.#c = next()
    this.#d = next() | 1
  }

  /** 32 random bits, as an unsigned integer. */
  bits(): number {
    const product = Math.imul(this.#b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const t = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= t
    this.#d = (this.#d << 11) | (this.#d >>> 21)
    return result >>> 0
  }

  /** A float in [0, 1) with 53 random bits. */
  float(): number {
    return ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53
  }

  /** An integer from 0 to n − 1, without bias. */
  below(n: number): number {
    if (n > 2 ** 32) return Math.floor(this.float() * n)
    const limit = 2 ** 32 - (2 ** 32 % n)
    let bits = this.bits()
    while (bits >= limit) bits = this.bits()
    return bits % n
  }

  /** The four words of the state: a run that is restored goes on with the same numbers. */
  get state(): readonly [number, number, number, number] {
    return [this.#a, this.#b, this.#c, this.#d]
  }

  /** Goes on from such a state. */
  resume([a, b, c, d]: readonly [number, number, number, number]): void {
    this.#a = a
    this.#b = b
    this.#c = c
    this.#d = d
  }

  static restore(state: readonly [number, number, number, number]): Random {
    const random = new Random(0)
    random.resume(state)
    return random
  }
}
