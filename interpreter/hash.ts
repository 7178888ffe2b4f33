/*
 * 32-bit hashes that are the same in every process and browser: the order in which a multiset lists
 * its molecules follows from them, and so does every trace. Zero is kept free to mean "not computed".
 */

/** Mixes one more value into a hash (the finaliser of MurmurHash3, Appleby 2011, on the running value). */
export function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ value, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

export function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix(h, text.length)
}

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)

export function hashNumber(value: number): number {
  if ((value | 0) === value) return mix(0x2545f491, value)
  double[0] = value
  return mix(mix(0x2545f491, words[0] ?? 0), words[1] ?? 0)
}

export function hashBigInt(value: bigint): number {
  return mix(0x51ab0d3f, hashText(value.toString(32)))
}

/** Keeps zero free. */
export function nonZero(hash: number): number {
  return hash === 0 ? 1 : hash
}
