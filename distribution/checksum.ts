import type { Int } from '../interpreter/index.ts'

/*
 * Checksums against accidents, as a cut tail or a changed byte: 128 bits in four numbers. They do not stop
 * somebody who wants to be found right.
 */

export type Checksum = readonly [number, number, number, number]

export const NO_CHECKSUM: Checksum = [0, 0, 0, 0]

const [A, B, C, D] = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f] as const
const PRIME = 0x01000193

/**
 * Of a text: FNV-1a in four lanes that take turns with its code units, so that each is looked at once; then every
 * lane is mixed with all others (Appleby’s finaliser of MurmurHash3). Another unit makes another lane, always.
 */
export function checksumOf(text: string): Checksum {
  const { length } = text
  const whole = length - (length % 4)
  let [a, b, c, d] = [A ^ length, B as number, C as number, D as number]
  for (let i = 0; i < whole; i += 4) {
    a = Math.imul(a ^ text.charCodeAt(i), PRIME)
    b = Math.imul(b ^ text.charCodeAt(i + 1), PRIME)
    c = Math.imul(c ^ text.charCodeAt(i + 2), PRIME)
    d = Math.imul(d ^ text.charCodeAt(i + 3), PRIME)
  }
  for (let i = whole; i < length; i++) a = Math.imul(a ^ text.charCodeAt(i), PRIME)
  return ended(a, b, c, d)
}

/** Of bytes, in the same way. */
export function checksumOfBytes(bytes: Uint8Array): Checksum {
  const { length } = bytes
  const whole = length - (length % 4)
  let [a, b, c, d] = [A ^ length, B as number, C as number, D as number]
  for (let i = 0; i < whole; i += 4) {
    a = Math.imul(a ^ (bytes[i] ?? 0), PRIME)
    b = Math.imul(b ^ (bytes[i + 1] ?? 0), PRIME)
    c = Math.imul(c ^ (bytes[i + 2] ?? 0), PRIME)
    d = Math.imul(d ^ (bytes[i + 3] ?? 0), PRIME)
  }
  for (let i = whole; i < length; i++) a = Math.imul(a ^ (bytes[i] ?? 0), PRIME)
  return ended(a, b, c, d)
}

function ended(first: number, second: number, third: number, fourth: number): Checksum {
  let [a, b, c, d] = [first, second, third, fourth]
  a = mixed(a)
  b = mixed(b + a)
  c = mixed(c + b)
  d = mixed(d + c)
  return [(a + d) >>> 0, mixed(b + d) >>> 0, mixed(c + a + d) >>> 0, d >>> 0]
}

function mixed(lane: number): number {
  let hash = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/**
 * The checksum of a multiset, which is the sum of its molecules’ times their copies (after MSet-Add-Hash: Clarke et
 * al., Asiacrypt 2003), when there are other copies of one of them.
 */
export function exchanged(
  sum: Checksum,
  molecule: string,
  { before, after }: { readonly before: Int; readonly after: Int },
): Checksum {
  const times = (factorOf(after) - factorOf(before)) | 0
  if (times === 0) return sum
  const [a, b, c, d] = checksumOf(molecule)
  return [
    (sum[0] + Math.imul(a, times)) >>> 0,
    (sum[1] + Math.imul(b, times)) >>> 0,
    (sum[2] + Math.imul(c, times)) >>> 0,
    (sum[3] + Math.imul(d, times)) >>> 0,
  ]
}

export function areEqual(a: Checksum, b: Checksum): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3]
}

/** Copies modulo 2³²; endless ones count as a number that no sum of others is likely to be. */
function factorOf(copies: Int): number {
  if (copies === Infinity) return 0x5bd1e995
  if (copies === -Infinity) return -0x5bd1e995
  return typeof copies === 'bigint' ? Number(BigInt.asIntN(32, copies)) : copies | 0
}
