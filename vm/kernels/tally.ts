import { equal } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { keyOf } from '../store/key.ts'
import type { Key } from '../store/key.ts'

/** One molecule with the number of its copies. */
export interface Kind {
  readonly molecule: Molecule
  copies: number
  /** What orders the kinds: the first number in the molecule. */
  readonly rank: number
  /** Waits in the queue. */
  isQueued: boolean
  /** Another one with the same key. */
  readonly next: Kind | undefined
}

/** How many copies there are of which molecules. */
export class Tally {
  readonly #kinds = new Map<Key, Kind>()
  readonly all: Kind[] = []

  /** Copies come; gives their kind. */
  add(molecule: Molecule, copies: number): Kind {
    const key = keyOf(molecule)
    const first = this.#kinds.get(key)
    for (let kind = first; kind !== undefined; kind = kind.next)
      if (equal(kind.molecule, molecule)) {
        kind.copies += copies
        return kind
      }
    const kind = { molecule, copies, rank: rankOf(molecule), isQueued: false, next: first }
    this.#kinds.set(key, kind)
    this.all.push(kind)
    return kind
  }
}

function rankOf(molecule: Molecule): number {
  if (typeof molecule === 'number') return molecule
  if (typeof molecule !== 'object' || molecule.kind !== 'tuple') return 0
  for (const field of molecule.fields) if (typeof field === 'number') return field
  return 0
}

/** Which kinds go first: the largest, the smallest, or those that came first. */
export type Direction = 'largest' | 'smallest' | 'oldest'

/**
 * Kinds that may react, the one first that none of the others can still make copies of: a tree of
 * reactions is walked level by level, all copies of a molecule at once.
 */
export class KindQueue {
  #direction: Direction = 'oldest'
  #kinds: Kind[] = []
  /** Of the oldest first: where the oldest is. */
  #head = 0

  get isEmpty(): boolean {
    return this.#kinds.length === this.#head
  }

  put(kind: Kind): void {
    if (kind.isQueued) return
    kind.isQueued = true
    this.#kinds.push(kind)
    if (this.#direction !== 'oldest') this.#rise(this.#kinds.length - 1)
  }

  take(): Kind | undefined {
    const kind = this.#direction === 'oldest' ? this.#kinds[this.#head++] : this.#pop()
    if (this.#head > 1024 && this.#head * 2 > this.#kinds.length) this.#forget()
    if (kind !== undefined) kind.isQueued = false
    return kind
  }

  /** What a kind made tells which should go first. */
  learn(made: Direction): void {
    if (made === this.#direction) return
    this.#forget()
    this.#direction = made
    if (made === 'oldest') return
    for (let at = 1; at < this.#kinds.length; at++) this.#rise(at)
  }

  #forget(): void {
    if (this.#head > 0) this.#kinds = this.#kinds.slice(this.#head)
    this.#head = 0
  }

  #isBefore(a: Kind, b: Kind): boolean {
    return this.#direction === 'largest' ? a.rank > b.rank : a.rank < b.rank
  }

  #rise(from: number): void {
    const kinds = this.#kinds
    const kind = kinds[from]!
    let at = from
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!this.#isBefore(kind, kinds[above]!)) break
      kinds[at] = kinds[above]!
      at = above
    }
    kinds[at] = kind
  }

  #pop(): Kind | undefined {
    const kinds = this.#kinds
    const first = kinds[0]
    const last = kinds.pop()
    if (first === undefined || last === undefined || kinds.length === 0) return first
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= kinds.length) break
      if (below + 1 < kinds.length && this.#isBefore(kinds[below + 1]!, kinds[below]!)) below++
      if (!this.#isBefore(kinds[below]!, last)) break
      kinds[at] = kinds[below]!
      at = below
    }
    kinds[at] = last
    return first
  }
}
