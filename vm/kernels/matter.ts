import { isInfinite } from '../../interpreter/index.ts'
import type { Entry, Molecule } from '../../interpreter/index.ts'
import type { Membrane } from '../membrane.ts'
import { overwritten } from '../store/column.ts'
import type { Column } from '../store/column.ts'
import { ALIVE, HIDDEN, PENDING } from '../store/store.ts'
import type { Store } from '../store/store.ts'
import type { Retained } from '../store/store-state.ts'

/** The molecules of a store as kernels read them: element i of each column, with nothing in between. */
export interface Matter {
  readonly store: Store
  /** How many elements; with copies there are more molecules. */
  readonly n: number
  /** The slot of each element, ascending; undefined where it is the element itself. */
  readonly slots: Int32Array | undefined
  /** Copies by element; undefined where every one is there once. */
  readonly copies: readonly number[] | undefined
  /** How many molecules there are. */
  readonly total: number
}

/** What a kernel leaves of it: some of its elements, or molecules that it lists. */
export type Left = Elements | { readonly anew: readonly Entry[] }

/** Elements that stay, with what has changed in them. */
export interface Elements {
  /** Ascending; undefined where it is the first ones. */
  readonly elements: Int32Array | undefined
  readonly count: number
  /** New values of a column, one for each element that stays. */
  readonly values: ReadonlyMap<number, ArrayLike<Molecule>>
  /** New copies of each; undefined where one is left of each. */
  readonly copies: readonly number[] | undefined
}

/** The molecules of a store; undefined where some cannot be taken by number: supplies without end, anti-molecules, solutions at work. */
export function matterOf(store: Store): Matter | undefined {
  if (store.holdsMembranes) return undefined
  const { state, end, size } = store
  let slots: Int32Array | undefined
  if (size < end) {
    slots = new Int32Array(size)
    let n = 0
    for (let slot = 0; slot < end; slot++) if ((state[slot]! & ALIVE) !== 0) slots[n++] = slot
  }
  if (store.copies === undefined) return { store, n: size, slots, copies: undefined, total: size }
  const copies: number[] = []
  let total = 0
  for (let i = 0; i < size; i++) {
    const there = store.copiesOf(slots === undefined ? i : slots[i]!)
    if (typeof there !== 'number' || there < 1 || isInfinite(there)) return undefined
    copies.push(there)
    total += there
  }
  return Number.isSafeInteger(total) ? { store, n: size, slots, copies, total } : undefined
}

/** A column of the elements. */
export function columnIn({ store, n, slots }: Matter, column: number): Column {
  const { tag } = store.class
  if (column === 0 && tag !== undefined) return new Array<Molecule>(n).fill(tag)
  const all = store.columns[column] ?? []
  if (slots === undefined) return all
  if (all instanceof Int32Array) {
    const dense = new Int32Array(n)
    for (let i = 0; i < n; i++) dense[i] = all[slots[i]!]!
    return dense
  }
  if (all instanceof Float64Array) {
    const dense = new Float64Array(n)
    for (let i = 0; i < n; i++) dense[i] = all[slots[i]!]!
    return dense
  }
  const dense: Molecule[] = []
  for (let i = 0; i < n; i++) dense.push(all[slots[i]!]!)
  return dense
}

/** How many slots wait to be activated; none where some are hidden. */
export function waitingIn({ state, end }: Store): number {
  let waiting = end < FEW ? 0 : 8 * waitingEights(state, end)
  for (let slot = waiting; slot < end; slot++) {
    if ((state[slot]! & HIDDEN) !== 0) return 0
    if ((state[slot]! & PENDING) !== 0) waiting++
  }
  return waiting
}

/** What was just loaded waits as a whole: eight slots are looked at in one go. */
function waitingEights(state: Uint8Array, end: number): number {
  const words = new Float64Array(state.buffer, state.byteOffset, end >> 3)
  for (let from = 0; from < words.length; from += EIGHTS_AT_A_TIME) {
    const to = Math.min(words.length, from + EIGHTS_AT_A_TIME)
    const first = otherEight(words, from, to)
    if (first < to) return first
  }
  return words.length
}

/** By itself so that it is soon compiled well, being called often. */
function otherEight(words: Float64Array, from: number, to: number): number {
  for (let at = from; at < to; at++) if (words[at] !== ALL_WAIT) return at
  return to
}

const EIGHTS_AT_A_TIME = 1 << 8

/** In so few slots one by one is as quick. */
const FEW = 256

/** Eight slots that wait and are nothing else. */
const ALL_WAIT = new Float64Array(new Uint8Array(8).fill(ALIVE | PENDING).buffer)[0] ?? 0

/** Puts into a store what a kernel left: at rest where nothing there can react with it, else to be activated. */
export function settle(membrane: Membrane, matter: Matter, left: Left, isAtRest: boolean): void {
  const { store, slots } = matter
  const waiting = waitingIn(store)
  if ('anew' in left) {
    retain(membrane, store, { slots: NONE, count: 0, copies: undefined, isAtRest }, waiting)
    for (const entry of left.anew) restore(membrane, store, entry, isAtRest)
    return
  }
  const { elements, count, values, copies } = left
  let kept = elements
  if (slots !== undefined)
    kept = elements === undefined ? slots.subarray(0, count) : elements.map((at) => slots[at]!)
  retain(membrane, store, { slots: kept, count, copies, isAtRest }, waiting)
  for (const [column, wanted] of values) {
    const into = store.columns[column]
    if (into === undefined || !overwritten(into, wanted, count))
      for (let slot = 0; slot < count; slot++) store.write(slot, column, wanted[slot]!)
  }
}

const NONE = new Int32Array(0)

/** Of a store, of which so many slots wait at least, only some stay. */
function retain(membrane: Membrane, store: Store, retained: Retained, waiting: number): void {
  const { worklist, world } = membrane
  membrane.changed()
  worklist.drop(store.class.id, waiting)
  store.retain(retained)
  if (retained.isAtRest || retained.count === 0) return
  worklist.putRow(store.class.id, 0, retained.count)
  if (!membrane.isScheduled) world.schedule(membrane)
}

/** Puts a flat molecule into a store that holds none of it. */
function restore(
  membrane: Membrane,
  store: Store,
  [molecule, copies]: Entry,
  isAtRest: boolean,
): void {
  membrane.deepen(molecule, copies)
  const slot = store.add(molecule, copies, 0)
  if (isAtRest) store.link(slot)
  else membrane.wake(store, slot)
}
