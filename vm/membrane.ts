import {
  LARGEST_EXTENT,
  addInt,
  equal,
  extentOf,
  hashOf,
  holdsSolution,
  isInfinite,
  isRule,
  negateInt,
  writtenCopies,
} from '../interpreter/index.ts'
import type {
  Contents,
  Entry,
  Int,
  Molecule,
  Pending,
  Rows,
  Solution,
  SolutionValue,
} from '../interpreter/index.ts'
import { countable } from './deep-count.ts'
import { depthBelow } from './depth.ts'
import { freeze, visitOthers, visitRules } from './freeze.ts'
import type { Take } from './freeze.ts'
import { own, release } from './inner.ts'
import type { MoleculeClass } from './store/molecule-class.ts'
import { rowsOf } from './rows.ts'
import { Reserves } from './reserves.ts'
import type { MembraneDetails } from './reserves.ts'
import { ALIVE, HIDDEN, PENDING, Store } from './store/store.ts'
import { Worklist } from './worklist.ts'
import type { MembraneRules, World } from './world.ts'

/** Those of all membranes that are asleep. */
const NO_STORES: readonly (Store | undefined)[] = []
const NO_WORK = new Worklist()

/**
 * A solution that reacts: its molecules in a store for each class, its rules, and what waits to be
 * activated. It is inert when nothing waits, here or inside. An inert membrane is a solution that
 * patterns can open; whoever takes it whole may go on with its stores. One that nobody looks into can
 * sleep: all that it holds is then a value, a tenth of the memory.
 */
export class Membrane implements Solution {
  readonly kind = 'solution'
  hash = 0
  readonly world: World<Membrane>
  worklist = NO_WORK
  /** Slots with values that wait for their turn: see `Sleepers`. */
  sleepers: Worklist | undefined
  /** By class id. */
  stores: readonly (Store | undefined)[] = NO_STORES
  rules: MembraneRules
  /** The membrane around; undefined for the outermost, and while nobody has this one. */
  parent: Membrane | undefined
  /** Where in the parent. */
  parentStore: Store | undefined
  parentSlot = 0
  isScheduled = false
  /** Where the molecule is that is being activated; no store once it is gone, as its slot may then hold another. */
  #activeStore: Store | undefined
  #activeSlot = 0
  /** Slots and elements that are not there yet. */
  waiting = 0
  /** At least as deep as the deepest molecule inside. */
  depth = 0
  /** The extents of all compounds that came in since they were last counted. */
  #nested = 0
  /** Grows with every change: a search that was put off may go on only where nothing changed. */
  version = 0
  /** The latest time at which it became inert, as the dormitory counts. */
  restingSince = 0
  /** Elements that wait for an answer. */
  #pending: Set<Pending> | undefined
  #reserves: Reserves | undefined
  #frozen: SolutionValue | undefined
  /** Without stores: all is in the value, and whether something in it may react. */
  sleep: 'no' | 'inert' | 'active' = 'no'

  /** Asleep where it is given a value: an active one, to be reduced when its turn comes. */
  constructor(world: World<Membrane>, asleep?: SolutionValue) {
    this.world = world
    this.rules = world.noRules
    if (asleep === undefined) this.#furnish()
    else {
      this.sleep = 'active'
      this.waiting = 1
      this.hold(asleep)
      world.countedInside(asleep, 1)
    }
  }

  #furnish(): void {
    this.worklist = new Worklist()
    this.stores = []
    this.rules = this.world.rulesOf()
  }

  hold(value: SolutionValue): void {
    this.#frozen = value
    this.depth = depthBelow(value)
    this.#nested = value.extent
  }

  /** Gives an inert membrane's stores up for its value. */
  fallAsleep(): void {
    if (this.sleep !== 'no' || !this.isInert) return
    const value = freeze(this)
    this.sleep = 'inert'
    this.worklist = NO_WORK
    this.stores = NO_STORES
    this.rules = this.world.noRules
    this.#activeStore = undefined
    this.hold(value)
  }

  /** Has stores again. What was active is to be activated. */
  awake(): void {
    const value = this.#frozen
    const sleep = this.sleep
    if (sleep === 'no' || value === undefined) return
    this.sleep = 'no'
    const { parent, isScheduled } = this
    this.world.countedInside(value, -1)
    this.parent = undefined // Nothing changes for whoever has it.
    this.isScheduled = true
    this.waiting = 0
    this.#nested = 0
    this.#furnish()
    if (sleep === 'active')
      for (const visit of [visitRules, visitOthers]) visit(value, this.add.bind(this))
    else this.putBack(value)
    this.parent = parent
    this.isScheduled = isScheduled
    this.#frozen = value
  }

  /** Adds the molecules of an inert value: nothing is to be activated. */
  putBack(value: SolutionValue): void {
    this.isScheduled = true
    value.contents().visit((molecule, copies) => {
      this.add(molecule, copies)
    })
    this.rest()
    this.isScheduled = false
    this.#frozen = value
  }

  /** 0 for the outermost. */
  get level(): number {
    let level = 0
    for (let outer = this.parent; outer !== undefined; outer = outer.parent) level++
    return level
  }

  get isInert(): boolean {
    return this.worklist.size === 0 && this.waiting === 0
  }

  /** As a value; kept until the next change. */
  get frozen(): SolutionValue | undefined {
    return this.#frozen
  }

  /** All that it holds while it is asleep. */
  get asleep(): SolutionValue | undefined {
    return this.sleep === 'no' ? undefined : this.#frozen
  }

  keep(value: SolutionValue): SolutionValue {
    this.#frozen = value
    return value
  }

  contents(): Contents {
    return freeze(this).contents()
  }

  /** Those of its value: molecules that stay the same objects while nothing changes. */
  molecules(): Iterable<Molecule> {
    return freeze(this).molecules()
  }

  visit(take: Take): void {
    if (this.sleep !== 'no') this.#frozen?.contents().visit(take)
    for (const store of this.stores) store?.visit(take)
    this.#reserves?.visit(take)
    for (const pending of this.#pending ?? []) take(pending, 1)
  }

  get rows(): Rows | undefined {
    if (this.sleep !== 'no' || this.waiting > 0 || !this.isPlainInside) return undefined
    return rowsOf(this.stores)
  }

  get isPlainInside(): boolean {
    return this.stores.every((store) => store?.holdsMembranes !== true)
  }

  equals(other: unknown): boolean {
    return other instanceof Object && 'kind' in other && equal(this, other as Solution)
  }

  hashCode(): number {
    return hashOf(this)
  }

  changed(): void {
    this.version++
    this.#frozen = undefined
    this.hash = 0
    // The value of a solution around holds the one of this: where one is kept, so is every one inside.
    let outer = this.parent
    for (; outer?.frozen !== undefined; outer = outer.parent) {
      outer.#frozen = undefined
      outer.hash = 0
    }
  }

  store(moleculeClass: MoleculeClass): Store {
    const known = this.stores[moleculeClass.id]
    if (known !== undefined) return known
    const store = new Store(moleculeClass)
    if (this.world.isCounted(moleculeClass)) store.count()
    const stores = this.stores as (Store | undefined)[]
    while (stores.length < moleculeClass.id) stores.push(undefined)
    stores[moleculeClass.id] = store
    return store
  }

  /** Adds copies of a molecule, or takes away by a negative number; solutions inside come to react here. */
  add(given: Molecule, copies: Int): void {
    if (copies === 0) return
    this.changed()
    if (typeof given !== 'object') {
      if (this.depth === 0) this.depth = 1
      this.#addThere(given, copies)
      return
    }
    if (given.kind === 'pending') {
      ;(this.#pending ??= new Set()).add(given)
      this.waiting++
      this.world.awaited(given, this)
      return
    }
    if (!holdsSolution(given)) {
      this.deepen(given, copies)
      this.#addThere(given, copies)
      return
    }
    if (copies === 1 && this.world.leaves(given, this)) return
    const active: Membrane[] = []
    const molecule = this.world.settle(given, active, this)
    this.world.countedInside(molecule, countable(copies))
    this.deepen(molecule, copies)
    if (active.length > 0) this.#addActive(molecule, copies, active)
    else this.#addThere(molecule, copies)
  }

  /** Flat molecules were put into slots of a plain store, from one on, to be activated. */
  poured(store: Store, from: number, count: number): void {
    this.changed()
    const { id, kind, arity } = store.class
    this.depth = Math.max(this.depth, kind === 'tuple' ? 2 : 1)
    if (kind === 'tuple') this.#nested += arity * count
    this.world.counted(count)
    this.worklist.putRow(id, from, count)
    if (!this.isScheduled) this.world.schedule(this)
  }

  /** A molecule comes in: how deep and how large what is inside may be. */
  deepen(molecule: Molecule, copies: Int = 1): void {
    const depth = 1 + depthBelow(molecule)
    if (depth > this.depth) this.depth = depth
    const extent = extentOf(molecule)
    if (extent > 0) this.#nested += copies === 1 ? extent : 3 * extent
  }

  /** How many molecules are inside, at all depths, or somewhat more: see `extentOf`. */
  get extent(): number {
    if (this.#extentAtMost() > LARGEST_EXTENT) {
      // Much of it may be gone again.
      this.#nested = 0
      this.visit((molecule, copies) => {
        this.#nested += extentOf(molecule) * writtenCopies(copies)
      })
    }
    return this.#extentAtMost()
  }

  #extentAtMost(): number {
    let extent = this.#nested
    for (const store of this.stores) if (store !== undefined) extent += store.size
    return extent
  }

  /** A molecule in which something still reacts. Several copies react apart, one after the other. */
  #addActive(molecule: Molecule, copies: Int, active: readonly Membrane[]): void {
    const isApart = copies > 1 && !isInfinite(copies)
    if (isApart) (this.#reserves ??= new Reserves(this)).put(molecule, Number(copies) - 1)
    const store = this.store(this.world.classOf(molecule))
    const slot = store.add(molecule, isApart ? 1 : copies, HIDDEN)
    store.setActive(slot, active.length)
    this.waiting++
    own(this, store, slot)
    this.world.counted(1)
    for (const inner of active) this.world.schedule(inner)
  }

  #addThere(molecule: Molecule, copies: Int): void {
    const store = this.store(this.world.classOf(molecule))
    if (!store.isCounted && (copies < 0 || isInfinite(copies))) this.countCopies(store)
    this.world.counted(countable(copies))
    if (store.isCounted) {
      const same = store.find(molecule)
      if (same >= 0) {
        this.#changeCopies(store, same, addInt(store.copiesOf(same), copies))
        return
      }
    }
    const slot = store.add(molecule, copies, 0)
    if (holdsSolution(molecule)) own(this, store, slot)
    this.#there(store, slot)
  }

  /** Molecules of which there are many copies come to share slots. Between reactions only. */
  tidy(): void {
    for (const store of this.stores) if (store?.isRepetitive === true) this.countCopies(store)
  }

  /** From now on equal molecules of the class share a slot. */
  countCopies(store: Store): void {
    for (const [kept, merged] of store.count()) {
      const copies = addInt(store.copiesOf(kept), store.copiesOf(merged))
      this.#drop(store, merged)
      this.#changeCopies(store, kept, copies)
    }
  }

  /** A slot's molecule can be taken from now on. */
  #there(store: Store, slot: number): void {
    if (store.class.kind === 'rule' && store.copiesOf(slot) > 0) this.#addRule(store, slot)
    this.wake(store, slot)
  }

  #addRule(store: Store, slot: number): void {
    const rule = store.molecule(slot)
    if (isRule(rule)) this.rules.add(rule, slot)
  }

  /** Puts a slot on the worklist. */
  wake(store: Store, slot: number): void {
    const state = store.state[slot] ?? 0
    if ((state & (PENDING | HIDDEN)) !== 0 || state === 0) return
    store.state[slot] = state | PENDING
    this.worklist.put(store.class.id, slot)
    if (!this.isScheduled) this.world.schedule(this)
  }

  /** What only a snapshot asks for. */
  get details(): MembraneDetails {
    const { kinds = [] } = this.#reserves ?? {}
    return { nested: this.#nested, pending: [...(this.#pending ?? [])], reserves: kinds }
  }

  /** Has stores where it is not asleep. */
  restore({ nested, pending, reserves }: MembraneDetails, sleep: Membrane['sleep']): void {
    this.sleep = sleep
    if (sleep !== 'no') return
    this.#frozen = undefined
    this.#furnish()
    this.#nested = nested
    if (pending.length > 0) this.#pending = new Set(pending)
    if (reserves.length > 0) this.#reserves = new Reserves(this, reserves)
  }

  /** All that waits counts as activated: others find it. */
  rest(): void {
    const { worklist } = this
    while (worklist.size > 0) {
      worklist.take()
      const store = this.stores[worklist.classId]
      const { slot } = worklist
      if (store === undefined) continue
      store.state[slot] = (store.state[slot] ?? 0) & ~PENDING
      if (((store.state[slot] ?? 0) & ALIVE) !== 0) store.link(slot)
      if (store.class.kind === 'rule') this.rules.rest(slot)
    }
  }

  #changeCopies(store: Store, slot: number, copies: Int): void {
    const before = store.copiesOf(slot)
    if (copies === 0) {
      this.#drop(store, slot)
      return
    }
    store.setCopies(slot, copies)
    if (store.class.kind === 'rule') {
      if (before > 0 && copies < 0) this.rules.remove(slot)
      if (before < 0 && copies > 0) this.#addRule(store, slot)
    }
    this.wake(store, slot)
  }

  /** Takes copies of what a slot holds; from ∞ any number leaves it as it is. Anti-copies go by a negative number. */
  take(store: Store, slot: number, copies: Int): void {
    this.changed()
    const before = store.copiesOf(slot)
    this.world.counted(-countable(copies))
    if (before === copies) {
      this.#drop(store, slot)
      return
    }
    if (isInfinite(before)) return
    const left = addInt(before, negateInt(copies))
    store.setCopies(slot, left)
    if (store.class.kind === 'rule' && before > 0 && left < 0) this.rules.remove(slot)
    // How many there are may matter to a rule that takes them all, and fewer can then mean a match.
    if (store.isCounted) this.wake(store, slot)
  }

  #drop(store: Store, slot: number): void {
    if (store.class.kind === 'rule' && store.copiesOf(slot) > 0) this.rules.remove(slot)
    if (store.holdsMembranes) release(store, slot)
    if (slot === this.#activeSlot && store === this.#activeStore) this.#activeStore = undefined
    store.remove(slot)
  }

  /** What a slot holds is another molecule now. */
  rewritten(store: Store, slot: number): void {
    if (slot === this.#activeSlot && store === this.#activeStore) this.#activeStore = undefined
  }

  /** Takes the one copy of a molecule in a plain store. */
  consume(store: Store, slot: number): void {
    if (slot === this.#activeSlot && store === this.#activeStore) this.#activeStore = undefined
    store.remove(slot)
  }

  /** Notes which molecule is being activated. */
  activate(store: Store, slot: number): void {
    this.#activeStore = store
    this.#activeSlot = slot
  }

  /** The id of the class of the molecule that is being activated; −1 once it was taken. */
  get activeClass(): number {
    return this.#activeStore?.class.id ?? -1
  }

  /** Whether the molecule that is being activated was taken since. */
  get isActiveGone(): boolean {
    return this.#activeStore === undefined
  }

  /** Tells the membrane around that this one is inert. */
  settled(): void {
    const { parent, parentStore, parentSlot } = this
    if (parent === undefined || parentStore === undefined) return
    const left = parentStore.activeIn(parentSlot) - 1
    if (left > 0) {
      parentStore.setActive(parentSlot, left)
      return
    }
    if (left < 0) return
    parentStore.setActive(parentSlot, 0)
    parent.reveal(parentStore, parentSlot)
  }

  /** What a slot holds can be taken from now on. */
  reveal(store: Store, slot: number): void {
    this.changed()
    this.waiting--
    this.#reserves?.next(store, slot)
    const copies = store.copiesOf(slot)
    if (!store.isCounted && (copies < 0 || isInfinite(copies))) this.countCopies(store)
    const same = store.isCounted ? store.find(store.molecule(slot)) : -1
    if (same >= 0) {
      store.state[slot] = (store.state[slot] ?? 0) & ~HIDDEN
      this.#drop(store, slot)
      this.#changeCopies(store, same, addInt(store.copiesOf(same), copies))
    } else {
      store.reveal(slot)
      this.#there(store, slot)
    }
    if (!this.isScheduled) this.world.schedule(this)
  }

  /** An awaited element has its molecules. */
  answer(pending: Pending, entries: Iterable<Entry>): void {
    if (this.#pending?.delete(pending) !== true) return
    this.waiting--
    this.changed()
    for (const [molecule, copies] of entries) this.add(molecule, copies)
    if (!this.isScheduled) this.world.schedule(this)
  }
}
