import {
  SolutionValue,
  addInt,
  equal,
  extentOf,
  hashOf,
  isInfinite,
  multiplyInt,
  negateInt,
  writtenCopies,
} from '../interpreter/index.ts'
import type { Contents, Entry, Int, Molecule, Solution } from '../interpreter/index.ts'
import { depthBelow } from './depth.ts'
import { frozenMolecule } from './freeze.ts'
import type { Take } from './freeze.ts'
import type { Membrane } from './membrane.ts'
import { ALIVE } from './store/store.ts'
import type { Store } from './store/store.ts'

/** Copies that patterns took out of an opened solution, before the reaction happens. */
export interface Taken {
  readonly store: Store
  readonly slot: number
  readonly copies: Int
}

const NONE: readonly Molecule[] = []

/**
 * What a rest stands for: an opened solution less what the other patterns took. Nothing is copied; if
 * the reaction happens and nobody else has the membrane, the product goes on with its stores.
 */
export class Residual implements Solution {
  readonly kind = 'solution'
  hash = 0
  readonly membrane: Membrane | undefined
  readonly taken: readonly Taken[]
  /** How often the product that is being made uses it: what is used twice cannot be moved. */
  uses = 0
  /** What is left of a value, one copy of each. */
  readonly #left: readonly Molecule[]
  #value: SolutionValue | undefined

  /** Without a membrane it is what is listed: nothing for a second rest, or one outside `< >`. */
  constructor(
    membrane: Membrane | undefined,
    taken: readonly Taken[],
    left: readonly Molecule[] = NONE,
  ) {
    this.membrane = membrane
    this.taken = taken
    this.#left = left
  }

  get extent(): number {
    return (
      this.membrane?.extent ?? this.#left.reduce<number>((sum, each) => sum + 1 + extentOf(each), 0)
    )
  }

  /** At least as deep as what is left. */
  get depth(): number {
    if (this.membrane !== undefined) return this.membrane.depth
    return this.#left.reduce<number>((most, each) => Math.max(most, 1 + depthBelow(each)), 0)
  }

  *entries(): Generator<Entry> {
    if (this.membrane === undefined) {
      for (const molecule of this.#left) yield [molecule, 1]
      return
    }
    for (const store of this.membrane.stores) {
      if (store === undefined) continue
      for (let slot = 0; slot < store.end; slot++) {
        if (((store.state[slot] ?? 0) & ALIVE) === 0) continue
        const left = this.#leftIn(store, slot)
        if (left !== 0) yield [store.molecule(slot), left]
      }
    }
  }

  #leftIn(store: Store, slot: number): Int {
    let left = store.copiesOf(slot)
    for (const taken of this.taken)
      if (taken.store === store && taken.slot === slot) left = lessen(left, taken.copies)
    return left
  }

  /** The sum of the multiplicities, without making a value of it. */
  size(): Int {
    let sum: Int = this.#left.length
    for (const store of this.membrane?.stores ?? [])
      if (store !== undefined) sum = addInt(sum, this.#sizeIn(store))
    return sum
  }

  #sizeIn(store: Store): Int {
    let sum: Int = 0
    if (store.copies === undefined) {
      sum = store.size
      for (const taken of this.taken)
        if (taken.store === store) sum = addInt(sum, negateInt(taken.copies))
      return sum
    }
    // ∞ taken from ∞ leaves none: what is left must be worked out before it is added up.
    for (let slot = 0; slot < store.end; slot++)
      if (((store.state[slot] ?? 0) & ALIVE) !== 0) sum = addInt(sum, this.#leftIn(store, slot))
    return sum
  }

  value(): SolutionValue {
    this.#value ??= SolutionValue.of(
      [...this.entries()].map(([m, k]) => [frozenMolecule(m), k] as const),
      Infinity,
    )
    return this.#value
  }

  visit(take: Take): void {
    for (const [molecule, copies] of this.entries()) take(molecule, copies)
  }

  get isPlainInside(): boolean {
    return false
  }

  get frozen(): SolutionValue | undefined {
    return this.#value
  }

  keep(value: SolutionValue): SolutionValue {
    this.#value = value
    return value
  }

  contents(): Contents {
    return this.value().contents()
  }

  molecules(): Iterable<Molecule> {
    return this.value().molecules()
  }

  equals(other: unknown): boolean {
    return other instanceof Object && 'kind' in other && equal(this, other as Solution)
  }

  hashCode(): number {
    return hashOf(this)
  }
}

/** Copies less some that were taken: all of ∞ taken leaves none, any other number leaves ∞. */
export function lessen(copies: Int, taken: Int): Int {
  if (copies === taken) return 0
  return isInfinite(copies) ? copies : addInt(copies, negateInt(taken))
}

/** Whether one more copy can be taken from a slot when some were taken. */
export function hasFree(store: Store, slot: number, taken: number): boolean {
  return lessen(store.copiesOf(slot), taken) >= 1
}

/** A solution that a product makes: its molecules, and the rests that go into it. It exists only until the reaction happens. */
export class Draft implements Solution {
  readonly kind = 'solution'
  hash = 0
  readonly product: Product
  #value: SolutionValue | undefined

  constructor(product: Product) {
    this.product = product
  }

  get depth(): number {
    return this.product.depth
  }

  get extent(): number {
    return this.product.extent
  }

  *entries(): Generator<Entry> {
    yield* this.product.allEntries()
  }

  visit(take: Take): void {
    for (const [molecule, copies] of this.entries()) take(molecule, copies)
  }

  get isPlainInside(): boolean {
    return false
  }

  get frozen(): SolutionValue | undefined {
    return this.#value
  }

  keep(value: SolutionValue): SolutionValue {
    this.#value = value
    return value
  }

  value(): SolutionValue {
    this.#value ??= SolutionValue.of(
      [...this.entries()].map(([m, k]) => [frozenMolecule(m), k] as const),
      Infinity,
    )
    return this.#value
  }

  contents(): Contents {
    return this.value().contents()
  }

  molecules(): Iterable<Molecule> {
    return this.value().molecules()
  }

  equals(other: unknown): boolean {
    return other instanceof Object && 'kind' in other && equal(this, other as Solution)
  }

  hashCode(): number {
    return hashOf(this)
  }
}

/** What some molecules of a product came to: two lists in step, and rests that are spliced in. */
export class Product {
  readonly molecules: Molecule[] = []
  readonly copies: Int[] = []
  readonly rests: { readonly residual: Residual; readonly times: Int }[] = []

  add(molecule: Molecule, copies: Int): void {
    this.molecules.push(molecule)
    this.copies.push(copies)
  }

  /** At least as deep as a solution of all this. */
  get depth(): number {
    let deepest = 0
    for (const molecule of this.molecules) deepest = Math.max(deepest, 1 + depthBelow(molecule))
    for (const { residual } of this.rests) deepest = Math.max(deepest, residual.depth)
    return deepest
  }

  /** How many molecules a solution of all this holds, or somewhat more: see `extentOf`. */
  get extent(): number {
    let extent = 0
    for (let i = 0; i < this.molecules.length; i++)
      extent += (1 + extentOf(this.molecules[i] ?? 0)) * writtenCopies(this.copies[i] ?? 1)
    for (const { residual, times } of this.rests) extent += residual.extent * writtenCopies(times)
    return extent
  }

  *allEntries(): Generator<Entry> {
    for (let i = 0; i < this.molecules.length; i++) {
      const molecule = this.molecules[i]
      const copies = this.copies[i]
      if (molecule !== undefined && copies !== undefined) yield [molecule, copies]
    }
    for (const { residual, times } of this.rests)
      for (const [molecule, copies] of residual.entries())
        yield [molecule, multiplyInt(copies, times)]
  }
}
