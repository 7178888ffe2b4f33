import { SolutionValue } from '../interpreter/index.ts'
import type { Molecule } from '../interpreter/index.ts'
import type { Activation } from './activation.ts'
import { mayHoldMembranes, own } from './inner.ts'
import type { KernelHost } from './kernels/kernels.ts'
import type { ValueKernels } from './kernels/values.ts'
import type { Membrane } from './membrane.ts'
import type { Solutions } from './solutions.ts'
import { HIDDEN, PENDING } from './store/store.ts'
import type { Store } from './store/store.ts'
import { Worklist } from './worklist.ts'

/** So many have their turn in one turn of the membrane around. */
const AT_A_TIME = 64
/** Molecules between two looks at the clock. */
const BETWEEN_LOOKS = 8192

/** What waking needs of the machine. */
interface Waking extends KernelHost {
  /** The turn is over, or the run ends. */
  readonly mustPause: boolean
  countedInside(molecule: SolutionValue, times: number): void
}

/** Whether values in a membrane wait for their turn. */
export function hasSleepers({ sleepers }: Membrane): boolean {
  return sleepers !== undefined && sleepers.size > 0
}

/**
 * Values in a membrane that may react and wait for their turn, each in a slot where nobody can take it yet.
 * Most need no membrane of their own: they are reduced as values, and activated at once, while they are at
 * hand.
 */
export class Sleepers {
  readonly #host: Waking
  readonly #solutions: Solutions
  readonly #values: ValueKernels
  readonly #activation: Activation
  #looked = 0
  /** How many were to have their turn yet when it was cut short. */
  #left: number | undefined

  constructor(host: Waking, solutions: Solutions, values: ValueKernels, activation: Activation) {
    this.#host = host
    this.#solutions = solutions
    this.#values = values
    this.#activation = activation
  }

  /** How many were to have their turn yet when it was cut short. */
  get left(): number | undefined {
    return this.#left
  }

  set left(left: number | undefined) {
    this.#left = left
  }

  /** Puts a molecule that came as values into a membrane; false where nothing in it may react, or it has come to more. */
  put(molecule: Molecule, membrane: Membrane): boolean {
    if (!this.#solutions.mayReact(molecule)) return false
    const { world } = membrane
    const store = membrane.store(world.classOf(molecule))
    const slot = store.add(molecule, 1, HIDDEN)
    mayHoldMembranes(store)
    membrane.waiting++
    world.counted(1)
    world.countedInside(molecule, 1)
    membrane.deepen(molecule)
    membrane.sleepers ??= new Worklist()
    membrane.sleepers.put(store.class.id, slot)
    if (!membrane.isScheduled) world.schedule(membrane)
    return true
  }

  /** Gives some in a membrane their turn; false where the clock cut it short: it is gone on with first. */
  wake(membrane: Membrane): boolean {
    let left = this.#left ?? AT_A_TIME
    this.#left = undefined
    const { sleepers } = membrane
    if (sleepers === undefined || sleepers.size === 0) return true
    for (; left > 0 && sleepers.size > 0 && !this.#host.mustPause; left--) {
      sleepers.take()
      const store = membrane.stores[sleepers.classId]
      if (store !== undefined) this.#wakeIn(membrane, store, sleepers.slot)
      if (this.#looked < BETWEEN_LOOKS) continue
      this.#looked = 0
      this.#host.isOverdue()
    }
    // A search may be broken off: nothing else may happen here before it is gone on with.
    if (!this.#host.mustPause) return true
    if (sleepers.size > 0) this.#left = left
    return false
  }

  #wakeIn(membrane: Membrane, store: Store, slot: number): void {
    if (this.#host.isObserved || !this.#reduceIn(store, slot)) {
      giveMembranes(membrane, store, slot)
      return
    }
    const { worklist } = membrane
    const before = worklist.size
    membrane.reveal(store, slot)
    if (worklist.size === before) return
    worklist.takeNewest()
    const found = membrane.stores[worklist.classId] ?? store
    const at = worklist.slot
    found.state[at] = (found.state[at] ?? 0) & ~PENDING
    this.#activation.activate(membrane, found, at, false)
  }

  /** Reduces the values in a slot; false where one needs a membrane. */
  #reduceIn({ columns }: Store, slot: number): boolean {
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]
      const field = column?.[slot]
      if (!(field instanceof SolutionValue) || this.#solutions.isInert(field)) continue
      const reduced = this.#reduce(field)
      if (reduced === undefined) return false
      // A column with an object in it takes any molecule.
      if (column !== undefined) column[slot] = reduced
    }
    return true
  }

  #reduce(before: SolutionValue): SolutionValue | undefined {
    this.#looked += 1 + before.extent
    const reduced = this.#values.reduce(before)
    if (reduced === undefined || reduced.reactions > this.#host.reactionsLeft) return undefined
    const { value, reactions } = reduced
    if (value !== before) {
      this.#host.countedInside(before, -1)
      this.#host.countedInside(value, 1)
    }
    if (reactions > 0) this.#host.reactedTimes(reactions, 0)
    this.#values.note(reduced)
    return this.#solutions.asInert(value)
  }
}

/** The turn of values in a slot has come, and they take membranes to react. */
function giveMembranes(membrane: Membrane, store: Store, slot: number): void {
  const active: Membrane[] = []
  const { world } = membrane
  const before = store.molecule(slot)
  world.countedInside(before, -1)
  const molecule = world.settle(before, active, membrane)
  world.countedInside(molecule, 1)
  store.fill(slot, molecule)
  own(membrane, store, slot)
  store.setActive(slot, active.length)
  for (const inner of active) world.schedule(inner)
  if (active.length === 0) membrane.reveal(store, slot)
}
