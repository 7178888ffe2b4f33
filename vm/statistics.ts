import { storesCode } from './code/candidates.ts'
import { indexSpecFor } from './code/index-specs.ts'
import type { Run } from './code/run.ts'
import type { Membrane } from './membrane.ts'
import type { Anatomy, Head } from './plan/heads.ts'
import type { Access } from './plan/plan.ts'
import type { Estimate } from './plan/planner.ts'
import { joinedKey, keyOf } from './store/key.ts'
import type { Key } from './store/key.ts'
import { ALIVE } from './store/store.ts'
import type { Store } from './store/store.ts'

/** Molecules that are looked at to tell how many share a key. */
const SAMPLE = 64
/** Slots that are looked at for that: many may be free. */
const TRIES = 1024
/** A plan is made anew when some count is so many times what it was. */
const DRIFT = 8

/** How many molecules each head of a rule had to choose from when its search was planned. */
export class Counts {
  readonly #heads: readonly Head[]
  readonly #counts: readonly number[]

  /** What is there now, or what was noted before. */
  constructor(anatomy: Anatomy, there: Membrane | readonly number[]) {
    this.#heads = anatomy.heads.filter((head) => head.within === undefined)
    this.#counts = 'stores' in there ? this.#heads.map((head) => countOf(head, there)) : there
  }

  get noted(): readonly number[] {
    return this.#counts
  }

  /** Whether the solution has become another one since. */
  haveDrifted(membrane: Membrane): boolean {
    return this.#heads.some((head, i) => {
      const [before, now] = [(this.#counts[i] ?? 0) + DRIFT, countOf(head, membrane) + DRIFT]
      return now > DRIFT * before || before > DRIFT * now
    })
  }
}

function countOf(head: Head, membrane: Membrane): number {
  let count = 0
  for (const store of storesCode(head.reactant.pattern)(membrane)) count += store?.linkedCount ?? 0
  return count
}

/** How many candidates an access path gives, told from a sample; undefined where it depends on what is found. */
export function estimateFrom(run: Run, anatomy: Anatomy): Estimate {
  return (head, access) => {
    if (head.within !== undefined) return undefined
    let count = 0
    for (const store of storesCode(head.reactant.pattern)(run.membrane))
      if (store !== undefined) count += candidatesIn(store, access, anatomy, run)
    // Where none is, the search ends at once.
    return Math.max(1, count)
  }
}

function candidatesIn(store: Store, access: Access, anatomy: Anatomy, run: Run): number {
  if (access.kind === 'scan' || store.linkedCount === 0) return store.linkedCount
  if (access.kind === 'ordered' || access.kind === 'content') return 0.9 * store.linkedCount
  const spec = indexSpecFor(access, anatomy)(run, store)
  const keys = new Map<Key, number>()
  let looked = 0
  for (let i = 0; i < Math.min(TRIES, store.end) && looked < SAMPLE; i++) {
    // Scattered: what comes in a regular order must not look all different or all alike.
    const slot = store.end <= TRIES ? i : (Math.imul(i + 1, 0x9e3779b1) >>> 0) % store.end
    if (((store.state[slot] ?? 0) & ALIVE) === 0) continue
    looked++
    const key =
      spec.kind === 'computed'
        ? spec.keyOf(store, slot)
        : joinedKey(spec.columns.map((column) => keyOf(store.field(slot, column) ?? 0)))
    if (key !== undefined) keys.set(key, (keys.get(key) ?? 0) + 1)
  }
  return looked === 0 ? store.linkedCount : store.linkedCount / distinct(keys, looked, store)
}

/** How many keys there are, from those that were seen once and twice (Chao 1984). */
function distinct(keys: ReadonlyMap<Key, number>, looked: number, store: Store): number {
  let once = 0
  let twice = 0
  for (const times of keys.values()) {
    if (times === 1) once++
    if (times === 2) twice++
  }
  if (looked >= store.linkedCount) return Math.max(1, keys.size)
  const unseen =
    twice === 0 ? (once === looked ? store.linkedCount : once) : (once * once) / (2 * twice)
  return Math.min(store.linkedCount, Math.max(1, keys.size + unseen))
}
