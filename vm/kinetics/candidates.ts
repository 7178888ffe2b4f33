import { hashOf } from '../../interpreter/index.ts'
import type { Molecule, Slot } from '../../interpreter/index.ts'
import type { Binding, Slots } from './bindings.ts'
import type { Kind } from './stock.ts'

/** A kind that fits the pattern of a take, and one way in which it does. */
export interface Candidate {
  readonly kind: Kind
  readonly binding: Binding
  /** Where a rejecting channel keeps its weight. */
  leaf: number
}

/** The candidates of one take, filed by variables that can be known from other takes. */
export class Candidates {
  readonly all = new Set<Candidate>()
  readonly #indexes: readonly { readonly slot: Slot; readonly by: Map<number, Set<Candidate>> }[]

  constructor(known: readonly Slot[]) {
    this.#indexes = known.map((slot) => ({ slot, by: new Map<number, Set<Candidate>>() }))
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

  /** Those with a value for a variable, and perhaps some without; undefined where they are not filed by it. */
  having(slot: Slot, value: Molecule): Iterable<Candidate> | undefined {
    const index = this.#indexes.find((each) => each.slot === slot)
    return index && (index.by.get(keyOf(value)) ?? [])
  }
}

function keyAt(slot: Slot, slots: Slots): number {
  const value = slots[slot]
  return value === undefined ? 0 : keyOf(value)
}

/** `1 == 1.0`, though they are different molecules: both are found under either. */
function keyOf(value: Molecule): number {
  const isFloat = typeof value === 'object' && value.kind === 'float'
  return hashOf(isFloat && Number.isSafeInteger(value.value) ? value.value : value)
}
