import type { Int } from '../interpreter/index.ts'

/*
 * Checksums against accidents, as a cut tail or a changed byte: 128 bits in four numbers. They do not stop
 * somebody who wants to be found right.
 */

export type Checksum = readonly [number, number, number, number]

export const NO_CHECKSUM: Checksum = [0, 0, 0, 0]

const SEEDS = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f] as const

/** Of a text: FNV-1a over its code units from four starts, each mixed at the end (Appleby’s finaliser of MurmurHash3). */
export function checksumOf(text: string): Checksum {
  return [
    mixed(text, SEEDS[0]),
    mixed(text, SEEDS[1]),
    mixed(text, SEEDS[2]),
    mixed(text, SEEDS[3]),
  ]
}

function mixed(text: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
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
