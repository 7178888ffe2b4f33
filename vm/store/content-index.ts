import { extentOf } from '../../interpreter/index.ts'
import type { Molecule, Solution, Symbol } from '../../interpreter/index.ts'
import { isChanging } from '../freeze.ts'
import type { IndexedStore } from './hash-index.ts'
import { keyOf } from './key.ts'
import type { Key } from './key.ts'
import { append, appendOne } from './found.ts'
import type { Found } from './found.ts'
import { SlotList } from './slot-list.ts'

/** The index on one field of the tuples of one form inside a solution. */
export interface ContentSpec {
  readonly kind: 'content'
  /** The fields that lead to the solution. */
  readonly path: readonly number[]
  readonly tag: Symbol | undefined
  readonly arity: number
  readonly column: number
}

/** Larger solutions stand aside and are always found: to list what they hold would cost more each time. */
const MOST = 256

/**
 * Slots by what the solutions in them hold: a slot is filed under each key that some tuple inside has.
 * A solution that others can find is inert, so what it holds stays the same while it is here.
 */
export class ContentIndex {
  readonly spec: ContentSpec
  /** Every column. */
  readonly reads = -1
  /** Most keys are in one solution only. */
  readonly #byKey = new Map<Key, number | Set<number>>()
  readonly #aside = new SlotList()
  /** All slots, as they came. */
  readonly #all = new Set<number>()
  /** By slot; undefined for what stands aside or is not here. */
  readonly #keys: (ReadonlySet<Key> | undefined)[] = []

  constructor(spec: ContentSpec) {
    this.spec = spec
  }

  add(store: IndexedStore, slot: number): void {
    this.#all.add(slot)
    const solution = solutionAt(store.molecule(slot), this.spec.path)
    // What holds no solution there cannot be wanted.
    const keys = solution === undefined ? new Set<Key>() : keysIn(solution, this.spec)
    while (this.#keys.length < slot) this.#keys.push(undefined)
    this.#keys[slot] = keys
    if (keys === undefined) this.#aside.add(slot)
    else for (const key of keys) this.#file(key, slot)
  }

  /** Slots as they came, but those that stand aside, which come as they stand. */
  get order(): readonly number[] {
    const aside = this.#aside.slots
    const isAside = new Set(aside)
    return [...[...this.#all].filter((slot) => !isAside.has(slot)), ...aside]
  }

  #file(key: Key, slot: number): void {
    const there = this.#byKey.get(key)
    if (there === undefined) this.#byKey.set(key, slot)
    else if (typeof there === 'number') this.#byKey.set(key, new Set([there, slot]))
    else there.add(slot)
  }

  remove(slot: number): void {
    this.#all.delete(slot)
    const keys = this.#keys[slot]
    this.#keys[slot] = undefined
    if (keys === undefined) {
      this.#aside.remove(slot)
      return
    }
    for (const key of keys) {
      const there = this.#byKey.get(key)
      if (typeof there === 'object' && there.size > 1) there.delete(slot)
      else this.#byKey.delete(key)
    }
  }

  /** The slots of solutions that hold a tuple with that field, and those that stand aside. */
  find(key: Key, found: Found): void {
    found.count = 0
    append(found, this.#aside.items, 0, this.#aside.length)
    const there = this.#byKey.get(key)
    if (typeof there === 'number') appendOne(found, there)
    else if (there !== undefined) for (const slot of there) appendOne(found, slot)
  }
}

function solutionAt(molecule: Molecule, path: readonly number[]): Solution | undefined {
  let at: Molecule | undefined = molecule
  for (const i of path) {
    if (typeof at !== 'object' || at.kind !== 'tuple') return undefined
    at = at.fields[i]
  }
  return typeof at === 'object' && at.kind === 'solution' ? at : undefined
}

/** Undefined where there is too much to list. */
function keysIn(
  solution: Solution,
  { tag, arity, column }: ContentSpec,
): ReadonlySet<Key> | undefined {
  if (extentOf(solution) > MOST) return undefined
  const keys = new Set<Key>()
  const inside = isChanging(solution) ? solution : solution.contents()
  inside.visit((molecule) => {
    if (typeof molecule !== 'object' || molecule.kind !== 'tuple') return
    const { fields } = molecule
    const field = fields[column]
    if (fields.length !== arity || field === undefined) return
    if (tag === undefined || fields[0] === tag) keys.add(keyOf(field))
  })
  return keys
}
