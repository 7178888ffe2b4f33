import { Map as ImmutableMap } from 'immutable'
import { addInt, isInfinite, multiplyInt } from './integer.ts'
import type { Int } from './integer.ts'
import { equal, extentOf, hashOf } from './molecule.ts'
import type { Contents, Entry, Molecule, Solution } from './molecule.ts'
import { sortEntries } from './order.ts'
import { LARGEST_EXTENT, tooLarge } from './size-limits.ts'

/**
 * An immutable multiset: molecules with multiplicities, which may be negative or infinite but never 0.
 * Cheap to keep and to change by a copy, being built on a persistent map. The map is made when it is
 * first asked for: a large result that is only printed is sorted instead, which takes a quarter of the time.
 */
export class Multiset implements Contents {
  static readonly empty = new Multiset(ImmutableMap<Molecule, Int>())

  #map: ImmutableMap<Molecule, Int> | undefined
  /** What it was made of, molecules possibly more than once. */
  readonly #listed: readonly Entry[] | undefined
  #sorted: readonly Entry[] | undefined

  private constructor(map: ImmutableMap<Molecule, Int> | undefined, listed?: readonly Entry[]) {
    this.#map = map
    this.#listed = listed
  }

  /** Adds up what is listed more than once. ∞ and −∞ of one molecule throw an `ArithmeticFailure`. */
  static of(entries: Iterable<Entry>): Multiset {
    const listed = [...entries]
    if (listed.length === 0) return Multiset.empty
    const made = new Multiset(undefined, listed)
    // What cannot be added up is to fail here and not when somebody looks.
    if (listed.some(([, multiplicity]) => isInfinite(multiplicity))) made.#known()
    return made
  }

  get distinct(): number {
    return this.#map?.size ?? this.sorted().length
  }

  multiplicityOf(molecule: Molecule): Int {
    return this.#known().get(molecule, 0)
  }

  /** As they came, the same order each time; a molecule possibly more than once. */
  listed(): Iterable<Entry> {
    return this.#listed ?? this.#known().entries()
  }

  /** Each molecule once, in no order. */
  entries(): Iterable<Entry> {
    return this.#sorted ?? this.#known().entries()
  }

  *molecules(): Generator<Molecule> {
    for (const [molecule] of this.#listed ?? this.entries()) yield molecule
  }

  sorted(): readonly Entry[] {
    this.#sorted ??=
      this.#listed === undefined
        ? sortEntries(this.#known().entries())
        : merged(sortEntries(this.#listed))
    return this.#sorted
  }

  add(molecule: Molecule, multiplicity: Int = 1): Multiset {
    return this.plus([[molecule, multiplicity]])
  }

  /** All copies of one molecule gone, whatever their sign. */
  without(molecule: Molecule): Multiset {
    return new Multiset(this.#known().delete(molecule))
  }

  plus(entries: Iterable<Entry>): Multiset {
    const before = this.#known()
    const map = added(before, entries)
    return map === before ? this : new Multiset(map)
  }

  /** Every multiplicity times n. */
  times(n: Int): Multiset {
    if (n === 1) return this
    return Multiset.of([...this.entries()].map(([m, k]) => [m, multiplyInt(k, n)] as const))
  }

  /** The extent of a solution of all this, or more where some of it is listed more than once. */
  extentAtMost(most: number): number {
    return extentOfEntries(this.listed(), most)
  }

  /** The extent, exactly. */
  extent(): number {
    return extentOfEntries(this.entries(), Infinity)
  }

  /** The sum of the multiplicities, signed. */
  size(): Int {
    let sum: Int = 0
    for (const [, multiplicity] of this.#listed ?? this.entries()) sum = addInt(sum, multiplicity)
    return sum
  }

  #known(): ImmutableMap<Molecule, Int> {
    this.#map ??= added(ImmutableMap<Molecule, Int>(), this.#listed ?? [])
    return this.#map
  }
}

/** How often an entry is written: up to three copies one by one, else once with its multiplicity. */
export function writtenCopies(multiplicity: Int): number {
  return multiplicity === 2 || multiplicity === 3 ? multiplicity : 1
}

/** The extent of a solution of these, each listed once; fails where one of them holds more than `most`. */
export function extentOfEntries(entries: Iterable<Entry>, most = LARGEST_EXTENT): number {
  let extent = 0
  for (const [molecule, multiplicity] of entries) {
    let own = 1
    if (typeof molecule === 'object') {
      own += extentOf(molecule)
      if (own > most + 1) throw tooLarge('solution')
    }
    extent += own * writtenCopies(multiplicity)
  }
  return extent
}

function added(
  map: ImmutableMap<Molecule, Int>,
  entries: Iterable<Entry>,
): ImmutableMap<Molecule, Int> {
  return map.withMutations((mutable) => {
    for (const [molecule, multiplicity] of entries) {
      const sum = addInt(mutable.get(molecule, 0), multiplicity)
      if (sum === 0) mutable.delete(molecule)
      else mutable.set(molecule, sum)
    }
  })
}

/** Adds up equal neighbours. */
function merged(sorted: readonly Entry[]): Entry[] {
  const distinct: Entry[] = []
  let last: Entry | undefined
  for (const entry of sorted) {
    if (last !== undefined && equal(last[0], entry[0])) {
      last = [last[0], addInt(last[1], entry[1])]
      continue
    }
    if (last !== undefined && last[1] !== 0) distinct.push(last)
    last = entry
  }
  if (last !== undefined && last[1] !== 0) distinct.push(last)
  return distinct
}

/** A solution as an immutable value. */
export class SolutionValue implements Solution {
  static readonly empty = new SolutionValue(Multiset.empty)

  readonly kind = 'solution'
  readonly #contents: Multiset
  #extent: number
  hash = 0

  /**
   * The outermost solution may hold any number of molecules; a molecule that stands in one and itself
   * holds more than `most` fails.
   */
  constructor(contents: Multiset, most = LARGEST_EXTENT) {
    this.#contents = contents
    this.#extent = contents.extentAtMost(most)
  }

  get extent(): number {
    if (this.#extent > LARGEST_EXTENT) this.#extent = this.#contents.extent()
    return this.#extent
  }

  static of(entries: Iterable<Entry>, most = LARGEST_EXTENT): SolutionValue {
    return new SolutionValue(Multiset.of(entries), most)
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
