import { hashOf } from '../../interpreter/index.ts'
import type { Slot } from '../../interpreter/index.ts'
import type { Binding, Slots } from './bindings.ts'
import type { Kind } from './stock.ts'

/** A kind that fits the pattern of a take, and one way in which it does. */
export interface Candidate {
  readonly kind: Kind
  readonly binding: Binding
  /** Where a rejecting channel keeps its weight. */
  leaf: number
}

/** The candidates of one take, filed by the variables that other takes bind too. */
export class Candidates {
  readonly all = new Set<Candidate>()
  readonly #indexes: readonly { readonly slot: Slot; readonly by: Map<number, Set<Candidate>> }[]

  constructor(shared: readonly Slot[]) {
    this.#indexes = shared.map((slot) => ({ slot, by: new Map<number, Set<Candidate>>() }))
  }

  add(candidate: Candidate): void {
    this.all.add(candidate)
    for (const { slot, by } of this.#indexes) {
      const key = keyAt(slot, candidate.binding.slots)
      const others = by.get(key)
      if (others === undefined) by.set(key, new Set([candidate]))
      else others.add(candidate)
    }
  }

  delete(candidate: Candidate): void {
    this.all.delete(candidate)
    for (const { slot, by } of this.#indexes) {
      const key = keyAt(slot, candidate.binding.slots)
      const others = by.get(key)
      others?.delete(candidate)
      if (others?.size === 0) by.delete(key)
    }
  }

  /** Those that can agree with what is bound already, and perhaps some that cannot. */
  agreeingWith(slots: Slots): Iterable<Candidate> {
    for (const { slot, by } of this.#indexes) {
      const value = slots[slot]
      if (value !== undefined) return by.get(hashOf(value)) ?? []
    }
    return this.all
  }
}

function keyAt(slot: Slot, slots: Slots): number {
  const value = slots[slot]
  return value === undefined ? 0 : hashOf(value)
}
