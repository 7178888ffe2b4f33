import { Map as ImmutableMap } from 'immutable'
import { addInt, multiplyInt } from './integer.ts'
import type { Int } from './integer.ts'
import { equal, hashOf } from './molecule.ts'
import type { Contents, Entry, Molecule, Solution } from './molecule.ts'
import { sortEntries } from './order.ts'

/**
 * An immutable multiset: molecules with multiplicities, which may be negative or infinite but never 0.
 * Cheap to keep, to change by a copy and to compare, being built on a persistent map.
 */
export class Multiset implements Contents {
  static readonly empty = new Multiset(ImmutableMap<Molecule, Int>())

  readonly #map: ImmutableMap<Molecule, Int>
  #sorted: readonly Entry[] | undefined

  private constructor(map: ImmutableMap<Molecule, Int>) {
    this.#map = map
  }

  /** Adds up what is listed more than once. ∞ and −∞ of one molecule throw an `ArithmeticFailure`. */
  static of(entries: Iterable<Entry>): Multiset {
    return Multiset.empty.plus(entries)
  }

  get distinct(): number {
    return this.#map.size
  }

  multiplicityOf(molecule: Molecule): Int {
    return this.#map.get(molecule, 0)
  }

  entries(): Iterable<Entry> {
    return this.#map.entries()
  }

  molecules(): Iterable<Molecule> {
    return this.#map.keys()
  }

  sorted(): readonly Entry[] {
    this.#sorted ??= sortEntries(this.#map.entries())
    return this.#sorted
  }

  add(molecule: Molecule, multiplicity: Int = 1): Multiset {
    return this.plus([[molecule, multiplicity]])
  }

  /** All copies of one molecule gone, whatever their sign. */
  without(molecule: Molecule): Multiset {
    return new Multiset(this.#map.delete(molecule))
  }

  plus(entries: Iterable<Entry>): Multiset {
    const map = this.#map.withMutations((mutable) => {
      for (const [molecule, multiplicity] of entries) {
        const sum = addInt(mutable.get(molecule, 0), multiplicity)
        if (sum === 0) mutable.delete(molecule)
        else mutable.set(molecule, sum)
      }
    })
    return map === this.#map ? this : new Multiset(map)
  }

  /** Every multiplicity times n. */
  times(n: Int): Multiset {
    if (n === 1) return this
    return Multiset.of([...this.#map.entries()].map(([m, k]) => [m, multiplyInt(k, n)] as const))
  }

  /** The sum of the multiplicities, signed. */
  size(): Int {
    let sum: Int = 0
    for (const multiplicity of this.#map.values()) sum = addInt(sum, multiplicity)
    return sum
  }
}

/** A solution as an immutable value. */
export class SolutionValue implements Solution {
  static readonly empty = new SolutionValue(Multiset.empty)

  readonly kind = 'solution'
  readonly #contents: Multiset
  hash = 0

  constructor(contents: Multiset) {
    this.#contents = contents
  }

  static of(entries: Iterable<Entry>): SolutionValue {
    return new SolutionValue(Multiset.of(entries))
  }

  contents(): Multiset {
    return this.#contents
  }

  molecules(): Iterable<Molecule> {
    return this.#contents.molecules()
  }

  equals(other: unknown): boolean {
    return other instanceof Object && 'kind' in other && equal(this, other as Solution)
  }

  hashCode(): number {
    return hashOf(this)
  }
}
