import { Map as ImmutableMap } from 'immutable'
import { fitted } from './fitted.ts'
import { addInt, isInfinite, multiplyInt } from './integer.ts'
import type { Int } from './integer.ts'
import { Tuple, equal, extentOf, hashOf, holdsSolution, inside, symbol } from './molecule.ts'
import type { Contents, Entry, Molecule, Solution } from './molecule.ts'
import { sortEntries } from './order.ts'
import { Rows, columnsOf } from './rows.ts'
import { LARGEST_EXTENT, tooLarge } from './size-limits.ts'

/** Up to so many molecules it is cheaper to look at each than to keep a map. */
const FEW = 8

/** What a multiset holds, in the form in which it holds it: with that it would be read in the same order. */
export type MultisetForm =
  | { readonly kind: 'rows'; readonly rows: Rows }
  | { readonly kind: 'map'; readonly entries: readonly Entry[] }
  | {
      readonly kind: 'listing'
      readonly molecules: readonly Molecule[]
      readonly copies: readonly Int[] | undefined
    }

/**
 * An immutable multiset: molecules with multiplicities, which may be negative or infinite but never 0.
 * Cheap to keep and to change by a copy, being built on a persistent map. The map is made when it is
 * first asked for: data comes by the million solutions of few molecules, and a large result that is only
 * printed is sorted instead, which takes a quarter of the time.
 */
export class Multiset implements Contents {
  static readonly empty = new Multiset(ImmutableMap<Molecule, Int>())

  #map: ImmutableMap<Molecule, Int> | undefined
  /** What it was made of, molecules possibly more than once. */
  #molecules: readonly Molecule[] | undefined
  /** The same in columns, until somebody looks a second time: most results are read once. */
  #rows: Rows | undefined
  /** Beside them; undefined where there is one copy of each. */
  readonly #copies: readonly Int[] | undefined
  #sorted: readonly Entry[] | undefined
  #hasBeenRead = false

  private constructor(
    map: ImmutableMap<Molecule, Int> | undefined,
    molecules?: readonly Molecule[] | Rows,
    copies?: readonly Int[],
  ) {
    this.#map = map
    if (molecules instanceof Rows) this.#rows = molecules
    else this.#molecules = molecules
    this.#copies = copies
  }

  /** Adds up what is listed more than once. ∞ and −∞ of one molecule throw an `ArithmeticFailure`. */
  static of(entries: Iterable<Entry>): Multiset {
    const molecules: Molecule[] = []
    let copies: Int[] | undefined
    for (const [molecule, multiplicity] of entries) {
      if (multiplicity !== 1) copies ??= new Array<Int>(molecules.length).fill(1)
      molecules.push(molecule)
      copies?.push(multiplicity)
    }
    return Multiset.listing(fitted(molecules), copies && fitted(copies))
  }

  /** The same of two arrays that nobody will change; without `copies`, of one copy of each. */
  static listing(molecules: readonly Molecule[], copies?: readonly Int[]): Multiset {
    if (molecules.length === 0) return Multiset.empty
    const made = new Multiset(undefined, molecules, copies)
    // What cannot be added up is to fail here and not when somebody looks.
    if (copies?.some(isInfinite) === true) made.#known()
    return made
  }

  /** The same of rows. */
  static inRows(rows: Rows): Multiset {
    return rows.isEmpty ? Multiset.empty : new Multiset(undefined, rows)
  }

  get distinct(): number {
    if (this.#map !== undefined) return this.#map.size
    return this.#isFew ? this.#added().length : this.sorted().length
  }

  multiplicityOf(molecule: Molecule): Int {
    if (this.#map === undefined && this.#isFew) {
      let sum: Int = 0
      this.visit((each, copies) => {
        if (equal(each, molecule)) sum = addInt(sum, copies)
      })
      return sum
    }
    return this.#known().get(molecule, 0)
  }

  /** What it was made of, while nobody has looked at it. */
  get untouchedRows(): Rows | undefined {
    return this.#hasBeenRead ? undefined : this.#rows
  }

  /** How it is held, which stays as it is. */
  get form(): MultisetForm {
    if (this.#rows !== undefined) return { kind: 'rows', rows: this.#rows }
    const molecules = this.#molecules
    return molecules === undefined
      ? { kind: 'map', entries: [...this.#known()] }
      : { kind: 'listing', molecules, copies: this.#copies }
  }

  /** What it was made of; undefined where that was a map. Rows are given once: who looks twice keeps the molecules. */
  #made(): readonly Molecule[] | Rows | undefined {
    const rows = this.#rows
    if (rows === undefined) return this.#molecules
    if (!this.#hasBeenRead && rows.blocks.length > 0) {
      this.#hasBeenRead = true
      return rows
    }
    this.#rows = undefined
    this.#molecules = rows.blocks.length === 0 ? rows.others : Array.from(rows)
    return this.#molecules
  }

  /** As they came, the same order each time; a molecule possibly more than once. */
  visit(take: (molecule: Molecule, copies: Int) => void): void {
    const molecules = this.#made()
    if (molecules instanceof Rows) {
      molecules.visit((molecule) => {
        take(molecule, 1)
      })
      return
    }
    if (molecules === undefined) {
      for (const [molecule, copies] of this.#known()) take(molecule, copies)
      return
    }
    const copies = this.#copies
    for (let i = 0; i < molecules.length; i++) {
      const molecule = molecules[i]
      if (molecule !== undefined) take(molecule, copies === undefined ? 1 : (copies[i] ?? 0))
    }
  }

  /** The molecules as they came, where there is one copy of each; undefined where copies are noted. */
  get plain(): readonly Molecule[] | undefined {
    return this.#copies === undefined ? this.#molecules : undefined
  }

  /** See `SolutionValue.columns`. */
  columns(tag: Molecule | undefined, width: number): readonly ArrayLike<Molecule>[] {
    const isWanted = (molecule: Molecule): molecule is Tuple =>
      molecule instanceof Tuple &&
      molecule.fields.length === (tag === undefined ? width : width + 1) &&
      (tag === undefined || molecule.fields[0] === tag)
    const rows = this.untouchedRows
    const whole = rows && columnsOf(rows, { tag, width }, isWanted)
    if (whole !== undefined) return whole
    const columns = Array.from({ length: width }, (): Molecule[] => [])
    const take = (molecule: Molecule, copies: Int): void => {
      if (!isWanted(molecule)) return
      const times = Number(copies)
      if (times < 0 || !Number.isFinite(times))
        throw new RangeError(`there are ${String(copies)} copies of one of the molecules`)
      const skipped = molecule.fields.length - width
      for (let i = 0; i < width; i++)
        for (let n = 0; n < times; n++) columns[i]?.push(molecule.fields[i + skipped] ?? 0)
    }
    if (this.#copies === undefined) this.visit(take)
    else for (const [molecule, copies] of this.#known()) take(molecule, copies)
    return columns
  }

  /** The same one after the other. */
  *listed(): Generator<Entry> {
    const molecules = this.#made()
    if (molecules === undefined) {
      yield* this.#known()
      return
    }
    const copies = this.#copies
    let i = 0
    for (const molecule of molecules) {
      yield [molecule, copies === undefined ? 1 : (copies[i] ?? 0)]
      i++
    }
  }

  /** Each molecule once, in no order. */
  entries(): Iterable<Entry> {
    if (this.#sorted !== undefined) return this.#sorted
    return this.#map === undefined && this.#isFew ? this.#added() : this.#known().entries()
  }

  molecules(): Iterable<Molecule> {
    return this.#made() ?? this.#known().keys()
  }

  sorted(): readonly Entry[] {
    this.#sorted ??=
      this.#molecules === undefined && this.#rows === undefined
        ? sortEntries(this.#known().entries())
        : merged(sortEntries(this.listed()))
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

  /** The extent, exactly. */
  extent(): number {
    let extent = 0
    for (const [molecule, copies] of this.entries())
      extent += extentOfEntry(molecule, copies, Infinity)
    return extent
  }

  /** The sum of the multiplicities, signed. */
  size(): Int {
    let sum: Int = 0
    this.visit((_, copies) => {
      sum = addInt(sum, copies)
    })
    return sum
  }

  get #isFew(): boolean {
    return this.#molecules !== undefined && this.#molecules.length <= FEW
  }

  /** Each molecule once, where there are few. */
  #added(): readonly Entry[] {
    const entries: [Molecule, Int][] = []
    this.visit((molecule, copies) => {
      const same = entries.find(([each]) => equal(each, molecule))
      if (same === undefined) entries.push([molecule, copies])
      else same[1] = addInt(same[1], copies)
    })
    return entries.filter(([, copies]) => copies !== 0)
  }

  #known(): ImmutableMap<Molecule, Int> {
    this.#map ??= added(ImmutableMap<Molecule, Int>(), this.listed())
    return this.#map
  }
}

/** How often an entry is written: up to three copies one by one, else once with its multiplicity. */
export function writtenCopies(multiplicity: Int): number {
  return multiplicity === 2 || multiplicity === 3 ? multiplicity : 1
}

/** What an entry adds to the extent of a solution; fails where its molecule holds more than `most`. */
function extentOfEntry(molecule: Molecule, copies: Int, most: number): number {
  if (typeof molecule !== 'object') return writtenCopies(copies)
  const inside = extentOf(molecule)
  if (inside > most) throw tooLarge('solution')
  return (1 + inside) * writtenCopies(copies)
}

function added(
  map: ImmutableMap<Molecule, Int>,
  entries: Iterable<Entry>,
): ImmutableMap<Molecule, Int> {
  return map.withMutations((mutable) => {
    const gone: Molecule[] = []
    for (const [molecule, multiplicity] of entries) {
      const sum = addInt(mutable.get(molecule, 0), multiplicity)
      if (sum === 0) gone.push(molecule)
      mutable.set(molecule, sum)
    }
    // Last: where two keys have one hash, Immutable 5.2 lets the one that is left share its entry with the
    // map before, and would change it there.
    for (const molecule of gone) if (mutable.get(molecule) === 0) mutable.delete(molecule)
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
  #extent = 0
  /** Whether it is plain that nothing in it will ever react: it holds no rule and nothing that waits, at any depth. */
  readonly isPassive: boolean
  /** Who has found out that nothing in it can react, though it holds rules. */
  inertFor: object | undefined
  hash = 0

  /**
   * The outermost solution may hold any number of molecules; a molecule that stands in one and itself
   * holds more than `most` fails.
   */
  constructor(contents: Multiset, most = LARGEST_EXTENT) {
    this.#contents = contents
    let isPassive = true
    const look = (molecule: Molecule, copies: Int = 1): void => {
      this.#extent += extentOfEntry(molecule, copies, most)
      if (typeof molecule === 'object') isPassive &&= isPassiveIn(molecule, copies)
    }
    const rows = contents.untouchedRows
    const { plain } = contents
    if (plain !== undefined) {
      for (const molecule of plain) {
        if (typeof molecule === 'object') look(molecule)
        else this.#extent++
      }
    } else if (rows === undefined) contents.visit(look)
    else {
      for (const molecule of rows.compounds) look(molecule)
      this.#extent += rows.flatExtent
    }
    this.isPassive = isPassive
  }

  get extent(): number {
    if (this.#extent > LARGEST_EXTENT) this.#extent = this.#contents.extent()
    return this.#extent
  }

  static of(entries: Iterable<Entry>, most = LARGEST_EXTENT): SolutionValue {
    return new SolutionValue(Multiset.of(entries), most)
  }

  /** Of two arrays that nobody will change; without `copies`, one copy of each. */
  static listing(
    molecules: readonly Molecule[],
    copies?: readonly Int[],
    most = LARGEST_EXTENT,
  ): SolutionValue {
    return new SolutionValue(Multiset.listing(molecules, copies), most)
  }

  /** Of rows, however many. */
  static inRows(rows: Rows): SolutionValue {
    return new SolutionValue(Multiset.inRows(rows), Infinity)
  }

  contents(): Multiset {
    return this.#contents
  }

  molecules(): Iterable<Molecule> {
    return this.#contents.molecules()
  }

  /**
   * The fields of all tuples `TAG:a:b` of so many fields beside the tag, one array for each field, as often as there
   * are copies: `columns('DIST', 2)`; with `undefined` of all tuples of so many fields. Numbers mostly come in typed
   * arrays, which must not be changed. Throws a `RangeError` where copies are endless or negative.
   */
  columns(tag: string | undefined, width: number): readonly ArrayLike<Molecule>[] {
    return this.#contents.columns(tag === undefined ? undefined : symbol(tag), width)
  }

  equals(other: unknown): boolean {
    return other instanceof Object && 'kind' in other && equal(this, other as Solution)
  }

  hashCode(): number {
    return hashOf(this)
  }
}

/** Whether a molecule leaves the solution that it is put into passive. */
function isPassiveIn(molecule: object & Molecule, copies: Int): boolean {
  if (molecule.kind === 'rule') return copies < 0
  if (molecule.kind === 'pending') return false
  if (!holdsSolution(molecule)) return true
  const waiting: Molecule[] = [molecule]
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    if (typeof top !== 'object' || !holdsSolution(top)) continue
    if (top.kind === 'solution') {
      if (!(top instanceof SolutionValue) || !top.isPassive) return false
    } else for (const inner of inside(top) ?? []) waiting.push(inner)
  }
  return true
}
