import { Tuple, equal } from '../../interpreter/index.ts'
import type { Block, Int, Molecule } from '../../interpreter/index.ts'
import {
  ANY,
  NUMBER,
  appended,
  columnOf,
  grown,
  kindOf,
  kindOfColumn,
  retainIn,
  widened,
  written,
} from './column.ts'
import type { Column, ColumnKind } from './column.ts'
import { ContentIndex } from './content-index.ts'
import type { ContentSpec } from './content-index.ts'
import { fileAll } from './filing.ts'
import { HashIndex, WHOLE } from './hash-index.ts'
import type { IndexSpec } from './hash-index.ts'
import { keyOf } from './key.ts'
import type { MoleculeClass } from './molecule-class.ts'
import { OrderedIndex } from './ordered-index.ts'
import type { OrderSpec } from './ordered-index.ts'
import { seemsRepetitive } from './repetition.ts'
import { SlotList } from './slot-list.ts'
import type { Retained, SlotIndex, StoreDetails, StoreState } from './store-state.ts'

/** A slot's state. A slot is free when it is 0. */
export const ALIVE = 1
/** In every index: it has been activated. */
export const LINKED = 2
/** On the worklist. */
export const PENDING = 4
/** Something inside it is still active: nobody can take it. */
export const HIDDEN = 8
/** It was in every index before it changed, and the search of the rule that changed it need not be made again. */
export const SPARED = 16

const FIRST_CAPACITY = 8

/** Up to so many slots, looking at each beats any index. */
export const FEW = 16

/** From this capacity on a store looks for copies each time that it grows. */
const LARGE = 8192

const NO_INDEXES: readonly SlotIndex[] = []

/**
 * The molecules of one class in one solution, a struct of arrays: a molecule is a slot, and a column
 * holds one field of every slot. A tagged class does not store its first column.
 *
 * Invariants: every index holds exactly the LINKED slots; LINKED and HIDDEN never meet; in a counted
 * store no two slots that are neither HIDDEN nor free hold equal molecules.
 */
export class Store {
  readonly class: MoleculeClass
  columns: Column[]
  #kinds: ColumnKind[]
  state = new Uint8Array(FIRST_CAPACITY)
  #alone: readonly Store[] | undefined
  /** Multiplicities by slot; absent while every one is 1. */
  copies: Int[] | undefined
  /** How many slots are LINKED. */
  linkedCount = 0
  /** How many active solutions a HIDDEN slot holds. */
  #active: Map<number, number> | undefined
  /** Whether some molecule was put here that holds a machine's own solution. */
  holdsMembranes = false
  /** One copy of each molecule in a slot of its own, and none of them anybody's: slots can be filled directly. */
  isPlain: boolean
  #free: number[] | undefined
  /** Whoever wants to look at every linked slot asks for it; kept from then on. */
  #all: SlotList | undefined
  #indexes: readonly SlotIndex[] = NO_INDEXES
  /** Whether equal molecules share a slot. */
  isCounted = false
  /** By whole molecule, of all slots that are neither HIDDEN nor free; present in a large counted store only. */
  #whole: HashIndex | undefined
  #size = 0
  #end = 0
  #capacity = FIRST_CAPACITY

  constructor(moleculeClass: MoleculeClass) {
    this.class = moleculeClass
    this.isPlain = moleculeClass.kind !== 'rule'
    // What the class's molecules needed before, they will need again.
    this.#kinds = [...moleculeClass.columns]
    this.columns = this.#kinds.map((kind) => columnOf(kind, FIRST_CAPACITY))
  }

  /** This store in an array, for whoever looks through several. */
  get alone(): readonly Store[] {
    return (this.#alone ??= [this])
  }

  /** Slots in use. */
  get size(): number {
    return this.#size
  }

  /** One past the last slot that was ever used. */
  get end(): number {
    return this.#end
  }

  field(slot: number, column: number): Molecule | undefined {
    if (column === 0 && this.class.tag !== undefined) return this.class.tag
    return this.columns[column]?.[slot]
  }

  /** The molecule in a slot. A tuple is put together anew. */
  molecule(slot: number): Molecule {
    const { class: moleculeClass, columns } = this
    if (moleculeClass.kind !== 'tuple') return found(columns[0]?.[slot])
    const fields: Molecule[] = new Array<Molecule>(moleculeClass.arity)
    for (let i = 0; i < fields.length; i++) fields[i] = found(this.field(slot, i))
    return new Tuple(fields, Infinity)
  }

  /** Every molecule that is here, hidden ones too. */
  visit(take: (molecule: Molecule, copies: Int) => void): void {
    const { state, copies } = this
    const whole = this.class.kind === 'tuple' ? undefined : this.columns[0]
    for (let slot = 0; slot < this.#end; slot++) {
      if (((state[slot] ?? 0) & ALIVE) === 0) continue
      const molecule = whole === undefined ? this.molecule(slot) : found(whole[slot])
      take(molecule, copies === undefined ? 1 : (copies[slot] ?? 1))
    }
  }

  copiesOf(slot: number): Int {
    return this.copies === undefined ? 1 : (this.copies[slot] ?? 1)
  }

  setCopies(slot: number, copies: Int): void {
    if (this.copies === undefined) {
      if (copies === 1) return
      this.copies = new Array<Int>(this.#end).fill(1)
      this.isPlain = false
    }
    this.copies[slot] = copies
  }

  /** How many active solutions a HIDDEN slot holds. */
  activeIn(slot: number): number {
    return this.#active?.get(slot) ?? 0
  }

  setActive(slot: number, count: number): void {
    if (count === 0) this.#active?.delete(slot)
    else (this.#active ??= new Map()).set(slot, count)
  }

  /** Puts a molecule of this class into a free slot. */
  add(molecule: Molecule, copies: Int, state: number): number {
    const slot = this.take(state)
    this.fill(slot, molecule)
    if (this.copies !== undefined || copies !== 1) this.setCopies(slot, copies)
    if ((state & HIDDEN) === 0) this.#whole?.add(this, slot)
    return slot
  }

  /** A free slot, to be filled. Not for counted stores. */
  take(state: number): number {
    const free = this.#free
    let slot: number
    if (free !== undefined && free.length > 0) slot = free.pop() ?? 0
    else {
      slot = this.#end++
      if (slot === this.#capacity) this.#grow(slot * 2)
    }
    this.state[slot] = ALIVE | state
    this.#size++
    return slot
  }

  /** Whether slots in between are free: those are to be taken first. */
  get hasHoles(): boolean {
    return this.#free !== undefined && this.#free.length > 0
  }

  /** Puts some flat molecules of this class, from one on, into slots at the end, to be activated; gives how many. Not for counted stores, nor where there are holes. */
  pour(molecules: readonly Molecule[], from: number, to: number): number {
    const first = this.#end
    if (first === this.#capacity) this.#grow(first * 2)
    const count = Math.min(to - from, this.#capacity - first)
    const isTuple = this.class.kind === 'tuple'
    this.#extend(count, (column, at) =>
      written(column, first, { molecules, from, count, field: isTuple ? at : -1 }),
    )
    return count
  }

  /** The same with all of a block, whose molecules are of this class. */
  pourBlock({ tag, columns, count }: Block): void {
    const first = this.#end
    this.reserve(count)
    const shift = this.columns.length - columns.length
    this.#extend(count, (column, at) =>
      appended(column, first, columns[at - shift] ?? new Array<Molecule>(count).fill(tag ?? 0)),
    )
    if (this.#capacity >= LARGE) this.isRepetitive = seemsRepetitive(this)
  }

  /** Fills slots at the end. What writes a column gives the first value that does not fit into it, and is asked again. */
  #extend(count: number, write: (column: Column, at: number) => Molecule | undefined): void {
    for (let at = this.class.tag === undefined ? 0 : 1; at < this.columns.length; at++) {
      for (;;) {
        const column = this.columns[at]
        const misfit = column && write(column, at)
        if (misfit === undefined) break
        this.#widen(at, kindOf(misfit))
      }
    }
    this.state.fill(ALIVE | PENDING, this.#end, this.#end + count)
    this.#size += count
    this.#end += count
  }

  /** Makes room for so many slots at once. */
  reserve(slots: number): void {
    if (this.#end + slots > this.#capacity) this.#grow(this.#end + slots)
  }

  /** Set once the store is large and most of its molecules seem to be copies of others: then they are to share slots. */
  isRepetitive = false

  #grow(capacity: number): void {
    if (capacity >= LARGE && this.isPlain) this.isRepetitive = seemsRepetitive(this)
    this.#capacity = capacity
    const state = new Uint8Array(capacity)
    state.set(this.state)
    this.state = state
    for (let i = 0; i < this.columns.length; i++) {
      const column = this.columns[i]
      if (column !== undefined) this.columns[i] = grown(column, capacity)
    }
  }

  /** Writes a molecule of this class into a slot; indexes are not told. */
  fill(slot: number, molecule: Molecule): void {
    if (typeof molecule !== 'object' || molecule.kind !== 'tuple') {
      this.write(slot, 0, molecule)
      return
    }
    const { fields } = molecule
    for (let i = this.class.tag === undefined ? 0 : 1; i < fields.length; i++) {
      const field = fields[i]
      if (field !== undefined) this.write(slot, i, field)
    }
  }

  /** Writes one field; the column widens where the value asks for it. */
  write(slot: number, at: number, value: Molecule): void {
    const kind = this.#kinds[at] ?? ANY
    const column = this.columns[at]
    if (column === undefined) return
    if (kind !== ANY) {
      if (typeof value === 'number' && (kind === NUMBER || (value | 0) === value)) {
        ;(column as Int32Array)[slot] = value
        return
      }
      this.#widen(at, kindOf(value))
      this.write(slot, at, value)
      return
    }
    const values = column as Molecule[]
    while (values.length < slot) values.push(0)
    values[slot] = value
  }

  #widen(at: number, wanted: ColumnKind): void {
    const kind = wanted > (this.class.columns[at] ?? ANY) ? wanted : (this.class.columns[at] ?? ANY)
    this.#kinds[at] = kind
    this.class.columns[at] = kind
    const column = this.columns[at]
    if (column === undefined) return
    this.columns[at] = widened(column, kind, this.#end)
  }

  /** Takes a slot out of every index and out of use. */
  remove(slot: number): void {
    this.unlink(slot)
    this.#whole?.remove(slot)
    this.state[slot] = 0
    if (this.#active !== undefined && this.#active.size > 0) this.#active.delete(slot)
    ;(this.#free ??= []).push(slot)
    this.#size--
    // Nothing may be kept alive by a slot that is free.
    for (let i = 0; i < this.#kinds.length; i++) if (this.#kinds[i] === ANY) this.#clear(slot, i)
  }

  #clear(slot: number, at: number): void {
    const column = this.columns[at]
    if (column !== undefined && typeof column[slot] === 'object') column[slot] = 0
  }

  link(slot: number): void {
    const state = this.state[slot] ?? 0
    if ((state & LINKED) !== 0) return
    this.state[slot] = state | LINKED
    this.linkedCount++
    this.#all?.add(slot)
    const indexes = this.#indexes
    for (let i = 0; i < indexes.length; i++) indexes[i]?.add(this, slot)
  }

  unlink(slot: number): void {
    const state = this.state[slot] ?? 0
    if ((state & LINKED) === 0) return
    this.state[slot] = state & ~LINKED
    this.linkedCount--
    this.#all?.remove(slot)
    const indexes = this.#indexes
    for (let i = 0; i < indexes.length; i++) indexes[i]?.remove(slot)
  }

  /** Before some columns of a slot change (bit c: column c): the indexes that read them let go of it. */
  unfile(slot: number, changed: number): void {
    if (((this.state[slot] ?? 0) & LINKED) === 0) return
    const indexes = this.#indexes
    for (let i = 0; i < indexes.length; i++) {
      const index = indexes[i]
      if (index !== undefined && (index.reads & changed) !== 0) index.remove(slot)
    }
  }

  /** After they changed. */
  refile(slot: number, changed: number): void {
    if (((this.state[slot] ?? 0) & LINKED) === 0) return
    const indexes = this.#indexes
    for (let i = 0; i < indexes.length; i++) {
      const index = indexes[i]
      if (index !== undefined && (index.reads & changed) !== 0) index.add(this, slot)
    }
  }

  /** Every linked slot. */
  get all(): SlotList {
    if (this.#all !== undefined) return this.#all
    const all = new SlotList()
    for (let slot = 0; slot < this.#end; slot++)
      if (((this.state[slot] ?? 0) & LINKED) !== 0) all.add(slot)
    this.#all = all
    return all
  }

  /** The index that a plan asks for; built when it is first wanted. */
  index(spec: IndexSpec): HashIndex {
    const indexes = this.#indexes
    for (let i = 0; i < indexes.length; i++) {
      const index = indexes[i]
      // What is filed by such a spec is a hash index.
      if (index?.spec === spec) return index as HashIndex
    }
    return this.#build(new HashIndex(spec))
  }

  /** The same for the order of a field. */
  ordered(spec: OrderSpec): OrderedIndex {
    for (const index of this.#indexes)
      if (index instanceof OrderedIndex && index.spec === spec) return index
    return this.#build(new OrderedIndex(spec))
  }

  /** The same for what solutions hold. */
  contents(spec: ContentSpec): ContentIndex {
    for (const index of this.#indexes)
      if (index instanceof ContentIndex && index.spec === spec) return index
    return this.#build(new ContentIndex(spec))
  }

  #build<Index extends SlotIndex>(index: Index): Index {
    const isFiled = index instanceof HashIndex && fileAll(index, this, LINKED)
    for (let slot = 0; slot < this.#end && !isFiled; slot++)
      if (((this.state[slot] ?? 0) & LINKED) !== 0) index.add(this, slot)
    this.#indexes = [...this.#indexes, index]
    return index
  }

  get details(): StoreDetails {
    const [free, active] = [this.#free ?? [], [...(this.#active ?? [])]]
    // `#build` is the only one that adds any.
    const indexes = this.#indexes as StoreDetails['indexes']
    return { capacity: this.#capacity, free, active, listed: this.#all?.slots, indexes }
  }

  /** Becomes what such a store was, without its indexes. */
  restore(from: StoreState): void {
    ;({ columns: this.columns, state: this.state, copies: this.copies } = from)
    ;({ end: this.#end, capacity: this.#capacity, linkedCount: this.linkedCount } = from)
    ;({ isCounted: this.isCounted, isPlain: this.isPlain } = from)
    ;({ holdsMembranes: this.holdsMembranes, isRepetitive: this.isRepetitive } = from)
    this.#kinds = from.columns.map(kindOfColumn)
    this.#free = [...from.free]
    this.#active = new Map(from.active)
    this.#size = from.end - from.free.length
    this.#all = from.listed && SlotList.of(from.listed)
  }

  /** Has an index again, in which these slots were filed in this order. */
  restoreIndex(index: SlotIndex, order: Iterable<number>): void {
    for (const slot of order) index.add(this, slot)
    this.#indexes = [...this.#indexes, index]
  }

  /** The slot that holds an equal molecule, in a counted store; −1 where there is none. */
  find(molecule: Molecule): number {
    if (!this.isCounted) return -1
    if (this.#whole === undefined) {
      if (this.#end > FEW) this.#fileWhole()
      else {
        for (let slot = 0; slot < this.#end; slot++)
          if (this.#isThere(slot) && equal(this.molecule(slot), molecule)) return slot
        return -1
      }
    }
    const whole = this.#whole
    const group = whole?.group1(keyOf(molecule)) ?? -1
    if (whole === undefined || group < 0) return -1
    const list = whole.listOf(group)
    const start = whole.startOf(group)
    const end = start + whole.lengthOf(group)
    for (let i = start; i < end; i++) {
      const slot = list[i] ?? 0
      if (equal(this.molecule(slot), molecule)) return slot
    }
    return -1
  }

  #isThere(slot: number): boolean {
    const state = this.state[slot] ?? 0
    return state !== 0 && (state & HIDDEN) === 0
  }

  #fileWhole(): void {
    const whole = new HashIndex(WHOLE)
    for (let slot = 0; slot < this.#end; slot++) if (this.#isThere(slot)) whole.add(this, slot)
    this.#whole = whole
  }

  /** From now on equal molecules share a slot. The slots that hold equal ones now come back, to be merged. */
  count(): [kept: number, merged: number][] {
    this.isRepetitive = false
    if (this.isCounted) return []
    this.isCounted = true
    this.isPlain = false
    const merges: [number, number][] = []
    if (this.#size === 0) return merges
    const whole = new HashIndex(WHOLE)
    this.#whole = whole
    for (let slot = 0; slot < this.#end; slot++) {
      if (!this.#isThere(slot)) continue
      const same = this.find(this.molecule(slot))
      if (same < 0) whole.add(this, slot)
      else merges.push([same, slot])
    }
    return merges
  }

  /** Drops all slots but some, which become the first. No index is left: whoever wants one has it built anew. */
  retain({ slots, count, copies, isAtRest }: Retained): void {
    const end = this.#end
    const state = isAtRest ? LINKED : PENDING
    for (let at = this.class.tag === undefined ? 0 : 1; at < this.columns.length; at++) {
      const column = this.columns[at]
      if (column === undefined) continue
      if (slots !== undefined) retainIn(column, slots, count)
      if (Array.isArray(column)) column.length = count
    }
    this.state.fill(ALIVE | state, 0, count)
    this.state.fill(0, count, end)
    this.#size = count
    this.#end = count
    this.linkedCount = (state & LINKED) === 0 ? 0 : count
    this.#free = undefined
    this.#all = undefined
    this.#indexes = NO_INDEXES
    this.#whole = undefined
    this.isRepetitive = false
    this.copies = undefined
    this.isPlain = !this.isCounted && !this.holdsMembranes && this.class.kind !== 'rule'
    for (let slot = 0; copies !== undefined && slot < count; slot++)
      this.setCopies(slot, copies[slot] ?? 1)
  }

  /** A HIDDEN slot whose molecule is there now. In a counted store it must have been merged before if it could be. */
  reveal(slot: number): void {
    this.state[slot] = (this.state[slot] ?? 0) & ~HIDDEN
    this.#whole?.add(this, slot)
  }
}

/** Every column of a slot that is in use holds a molecule. */
function found(molecule: Molecule | undefined): Molecule {
  if (molecule === undefined) throw new Error('a slot that is not in use was read')
  return molecule
}
