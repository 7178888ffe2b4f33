import type { Molecule } from '../../interpreter/index.ts'
import type { Column } from '../store/column.ts'
import { comparable } from './comparable.ts'
import type { Comparable } from './comparable.ts'
import type { FlatHead, FlatProduct, FlatRule } from './flat-rule.ts'
import { areAlike, columnOf, isField, isLinear, shareByColumn, sharedColumns } from './flat-rule.ts'
import { fits } from './fits.ts'
import { groupsBy } from './grouping.ts'
import type { Done, Kernel, Task } from './kernel.ts'
import { columnIn } from './matter.ts'
import type { Matter } from './matter.ts'
import { ascendingOrder, inOrder, picked } from './order.ts'
import { inPieces } from './pieces.ts'
import type { Relation } from './normal-form.ts'

/** Two molecules exchange some of their columns where these stand in the wrong order. */
interface ExchangeRule {
  readonly heads: readonly [FlatHead, FlatHead]
  /** Columns that must be the same in both: only within them something is exchanged. */
  readonly keys: readonly number[]
  /** What orders the molecules, among the columns that stay. */
  readonly place: number
  /** What is to be in order, among the columns that are exchanged. */
  readonly value: number
  readonly isDescending: boolean
  readonly exchanged: readonly number[]
}

/**
 * Sorts. What is left is the only inert solution there is, equal places and values included, but for what
 * goes along with equal values; and it is reached by the exchanges of a selection sort.
 */
export function exchangeKernel(rule: FlatRule): Kernel | undefined {
  const found = exchangeRule(rule)
  if (found === undefined) return undefined
  const { place, value, isDescending } = found
  return {
    name: 'exchange',
    text: `sorts field ${String(value + 1)} by field ${String(place + 1)}${isDescending ? ', the largest first' : ''}`,
    least: 8,
    leastCopies: 8,
    canGrow: false,
    work: (task) => work(found, task),
  }
}

function exchangeRule(rule: FlatRule): ExchangeRule | undefined {
  const [a, b] = rule.heads
  const [first, second] = rule.products
  if (a === undefined || b === undefined || rule.heads.length !== 2 || !a.isTuple) return undefined
  if (first === undefined || second === undefined || rule.products.length !== 2) return undefined
  if (!areAlike(a, b) || !isLinear(a) || !isLinear(b) || !shareByColumn(a, b)) return undefined
  const exchanged = exchangedColumns(a, b, first, second)
  if (exchanged === undefined || exchanged.length === 0) return undefined
  const keys = sharedColumns(a, b)
  const [one, two, ...more] = rule.relations.map((relation) => orderOf(relation, a, b))
  if (one === undefined || two === undefined || more.length > 0) return undefined
  const [place, value] = exchanged.includes(one.column) ? [two, one] : [one, two]
  if (exchanged.includes(place.column) || !exchanged.includes(value.column)) return undefined
  const isDescending = place.isFirstLow === value.isFirstLow
  const columns = { place: place.column, value: value.column, exchanged }
  return { heads: [a, b], keys, ...columns, isDescending }
}

/** Columns that each product has from one head while it has all others from the other head. */
function exchangedColumns(
  a: FlatHead,
  b: FlatHead,
  first: FlatProduct,
  second: FlatProduct,
): readonly number[] | undefined {
  const exchanged: number[] = []
  if (first.fields.length !== a.fields.length || second.fields.length !== a.fields.length)
    return undefined
  for (const [column, field] of a.fields.entries()) {
    const other = b.fields[column]
    if (other === undefined) return undefined
    const stays = isField(first.fields[column], field) && isField(second.fields[column], other)
    const moves = isField(first.fields[column], other) && isField(second.fields[column], field)
    if (moves && !stays) exchanged.push(column)
    else if (!stays) return undefined
  }
  return first.isTuple && second.isTuple ? exchanged : undefined
}

/** Which column a strict order compares, and whether the first head has the lower value. */
function orderOf(
  relation: Relation,
  a: FlatHead,
  b: FlatHead,
): { readonly column: number; readonly isFirstLow: boolean } | undefined {
  if (relation.kind !== 'order' || !relation.isStrict) return undefined
  const { low, high } = relation
  if (low.kind !== 'slot' || high.kind !== 'slot') return undefined
  for (const isFirstLow of [true, false]) {
    const [lower, upper] = isFirstLow ? [a, b] : [b, a]
    const column = columnOf(lower, low.slot)
    if (column >= 0 && columnOf(upper, high.slot) === column && low.slot !== high.slot)
      return { column, isFirstLow }
  }
  return undefined
}

function* work(rule: ExchangeRule, { matter }: Task): Generator<undefined, Done | undefined> {
  const { n, copies, store } = matter
  if (copies !== undefined || store.isCounted) return undefined
  if (!rule.heads.every((head) => fits(matter, head))) return undefined
  const places = comparable(columnIn(matter, rule.place), n)
  const values = comparable(columnIn(matter, rule.value), n)
  if (places === undefined || values === undefined) return undefined
  const all = ascendingInts(n)
  let byPlace = yield* ascendingOrder(places, all)
  const arePlacesInOrder = byPlace === all
  let { elements: byValue, sorted } = yield* inOrder(values, all)
  if (rule.isDescending) [byValue, sorted] = [byValue.toReversed(), sorted?.toReversed()]
  if (rule.keys.length > 0) {
    const groups = yield* groupsBy(
      rule.keys.map((column) => columnIn(matter, column)),
      n,
    )
    if (groups === undefined) return undefined
    byPlace = yield* ascendingOrder(groups.of, byPlace)
    byValue = yield* ascendingOrder(groups.of, byValue)
    sorted = undefined
  }
  const sorting = { places, values, byPlace, byValue }
  const arePlacesDistinct = areAllDistinct(places, byPlace)
  if (!arePlacesDistinct && !areEqualPlacesAlike(rule, matter)) return undefined
  yield
  const areDistinct =
    arePlacesDistinct &&
    (sorted === undefined ? areAllDistinct(values, byValue) : areNeighboursDistinct(sorted))
  yield
  const { arrangement, exchanges } = areDistinct ? yield* cycled(sorting) : yield* selected(sorting)
  const moved = new Map<number, ArrayLike<Molecule>>()
  for (const column of rule.exchanged) {
    const known = column === rule.value && arePlacesInOrder ? sorted : undefined
    const given = columnIn(matter, column)
    moved.set(column, known ?? (yield* arranged(given, byPlace, arrangement)))
  }
  const left = { elements: undefined, count: n, values: moved, copies: undefined }
  return { reactions: exchanges, left, isExact: true }
}

/** Whether molecules at equal places differ in what is exchanged only: no other field, no 1 beside 1.0. */
function areEqualPlacesAlike(
  { heads, keys, place, exchanged }: ExchangeRule,
  matter: Matter,
): boolean {
  const [{ fields }] = heads
  const known = [...keys, place, ...exchanged]
  if (fields.some(({ kind }, at) => kind !== 'constant' && !known.includes(at))) return false
  const column = columnIn(matter, place)
  return !Array.isArray(column) || typeof column[0] === 'string'
}

function ascendingInts(n: number): Int32Array {
  const ints = new Int32Array(n)
  for (let i = 0; i < n; i++) ints[i] = i
  return ints
}

/** Whether no two neighbours are equal. With keys, equal ones of two groups count as well, which does no harm. */
function areAllDistinct(values: Comparable, order: Int32Array): boolean {
  if (values instanceof Int32Array) {
    for (let i = 1; i < order.length; i++)
      if (values[order[i]!] === values[order[i - 1]!]) return false
    return true
  }
  for (let i = 1; i < order.length; i++) {
    const [a, b] = [values[order[i]!]!, values[order[i - 1]!]!]
    if (!(a < b) && !(a > b)) return false
  }
  return true
}

function areNeighboursDistinct(sorted: Int32Array): boolean {
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) return false
  return true
}

/** Where a sort ends: by place, the element whose value is there; and how many exchanges it took. */
interface Sorted {
  readonly arrangement: Int32Array
  readonly exchanges: number
}

/** Without equal values each exchange of a selection sort brings one value home, and the last of each cycle two. */
function* cycled({ byPlace, byValue }: Sorting): Generator<undefined, Sorted> {
  const n = byPlace.length
  const next = yield* permutation(byPlace, byValue)
  let exchanges = n
  yield* inPieces(n, (from, to) => {
    exchanges -= cyclesFrom(next, from, to)
  })
  return { arrangement: byValue, exchanges }
}

/** By place: where the value that belongs there comes from. */
function* permutation(byPlace: Int32Array, byValue: Int32Array): Generator<undefined, Int32Array> {
  const n = byPlace.length
  let isIdentity = true
  for (let place = 0; place < n && isIdentity; place++) isIdentity = byPlace[place] === place
  yield
  if (isIdentity) return byValue.slice()
  const places = new Int32Array(n)
  yield* inPieces(n, (from, to) => {
    for (let place = from; place < to; place++) places[byPlace[place]!] = place
  })
  return yield* picked(places, byValue)
}

const SEEN = -1

/** Goes around each cycle that begins at one of some places, and forgets it. A cycle can be as long as all there is. */
function cyclesFrom(next: Int32Array, from: number, to: number): number {
  let cycles = 0
  for (let first = from; first < to; first++) {
    if (next[first] === SEEN) continue
    cycles++
    for (let place = first; place !== SEEN;) {
      const after = next[place]!
      next[place] = SEEN
      place = after
    }
  }
  return cycles
}

function* selected(sorting: Sorting): Generator<undefined, Sorted> {
  const n = sorting.byPlace.length
  const sort = new Selection(sorting)
  yield* inPieces(n, (from, to) => {
    sort.go(from, to)
  })
  return { arrangement: sort.arrangement, exchanges: sort.exchanges }
}

/** A column with its values where they have come to be. */
function* arranged(
  column: Column,
  byPlace: Int32Array,
  arrangement: Int32Array,
): Generator<undefined, ArrayLike<Molecule>> {
  const n = byPlace.length
  if (column instanceof Int32Array) {
    const made = new Int32Array(n)
    yield* inPieces(n, (from, to) => {
      for (let i = from; i < to; i++) made[byPlace[i]!] = column[arrangement[i]!]!
    })
    return made
  }
  const made = new Array<Molecule>(n).fill(0)
  yield* inPieces(n, (from, to) => {
    for (let i = from; i < to; i++) made[byPlace[i]!] = column[arrangement[i]!]!
  })
  return made
}

/** What a selection sort goes by. */
interface Sorting {
  readonly places: Comparable
  readonly values: Comparable
  /** Elements by what orders them. */
  readonly byPlace: Int32Array
  /** Elements by what is to be in order. */
  readonly byValue: Int32Array
}

/**
 * Place by place, the value that belongs there comes by an exchange, unless one that is as good is there
 * already. A value is named by the element that it was in at first.
 */
class Selection {
  readonly #sorting: Sorting
  /** By place: the value that is there now. */
  readonly #at: Int32Array
  /** By value: the place where it is now. */
  readonly #where: Int32Array
  /** By place: the value that is to come there. */
  readonly #wanted: Int32Array
  /** By value: the place where it is to come. */
  readonly #goal: Int32Array
  exchanges = 0

  /** By place: the element whose value is there now. */
  get arrangement(): Int32Array {
    return this.#at
  }

  constructor(sorting: Sorting) {
    this.#sorting = sorting
    const { byPlace, byValue } = sorting
    this.#at = byPlace.slice()
    this.#wanted = byValue.slice()
    this.#where = new Int32Array(byPlace.length)
    this.#goal = new Int32Array(byPlace.length)
    for (let place = 0; place < byPlace.length; place++) {
      this.#where[byPlace[place]!] = place
      this.#goal[byValue[place]!] = place
    }
  }

  /** Puts the places from one on, up to another, in order. All before are. */
  go(from: number, to: number): void {
    const { places, values, byPlace } = this.#sorting
    const [at, where, wanted, goal] = [this.#at, this.#where, this.#wanted, this.#goal]
    for (let place = from; place < to; place++) {
      const there = at[place]!
      const comes = wanted[place]!
      if (there === comes) continue
      if (!(values[there]! < values[comes]!) && !(values[there]! > values[comes]!)) {
        // As good as what was to come: that one goes where this one was to go.
        const its = goal[there]!
        wanted[its] = comes
        goal[comes] = its
        continue
      }
      const from = where[comes]!
      at[from] = there
      where[there] = from
      at[place] = comes
      where[comes] = place
      // Which of two equal places a value is in makes no difference.
      const [here, other] = [places[byPlace[place]!]!, places[byPlace[from]!]!]
      if (here < other || here > other) this.exchanges++
    }
  }
}
