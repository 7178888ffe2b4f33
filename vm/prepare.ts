import type { Occurrence } from './dispatch.ts'
import type { Membrane } from './membrane.ts'
import { liveRules } from './rules.ts'
import type { LiveRules } from './rules.ts'
import { piecewise } from './store/piecewise.ts'
import { HIDDEN, PENDING, SPARED } from './store/store.ts'
import type { Store } from './store/store.ts'

/** A worklist that is shorter is gone through as it is. */
const MANY = 64

/**
 * Before the rules of a membrane have been tried: molecules of which all that there will be is there are
 * put where others find them, without being tried themselves. A rule that is tried for the first time
 * looks at all that is there, in the order that its plan likes best, and whatever comes later finds them.
 * So what reactions only read costs no search, and what only they look up needs no index.
 */
export function putGivenInPlace(membrane: Membrane): void {
  const { worklist, stores } = membrane
  const rules = liveRules(membrane)
  const { hasTried, dispatch } = rules
  if (hasTried || worklist.size < MANY) return
  const isGiven = stores.map((store) => store !== undefined && dispatch.isGiven(store.class))
  if (isGiven.includes(true)) worklist.dropAll((classId) => isGiven[classId] === true)
  for (const store of stores)
    if (store !== undefined && dispatch.isGiven(store.class))
      piecewise(store.end, (from, to) => {
        linkWaiting(store, from, to)
      })
  for (const store of stores) if (store !== undefined) spare(store, membrane, rules)
}

/** Puts all that waits where it is found; it waits no more. */
function linkWaiting(store: Store, from: number, to: number): void {
  for (let slot = from; slot < to; slot++) {
    const state = store.state[slot] ?? 0
    if ((state & PENDING) === 0) continue
    store.state[slot] = state & ~PENDING
    if ((state & HIDDEN) === 0) store.link(slot)
  }
}

/**
 * Of a rule that makes a molecule of some class harder to change, and finds it by others of the same class,
 * all matches are found with those others: so all molecules of the class can be found from the start,
 * and the rule need not be tried by itself.
 */
function spare(store: Store, membrane: Membrane, rules: LiveRules): void {
  const { dispatch } = rules
  if (!store.isPlain || store.size < MANY || store.linkedCount > 0) return
  const occurrences = dispatch.occurrences(store.class)
  const spared = occurrences.find(({ hardening }) => hardening !== undefined)
  if (spared === undefined || !isFoundByOthers(spared, occurrences, store)) return
  const ranking = rules.spares(store.class, spared.code.anatomy)
  if (ranking === undefined) return
  const best = membrane.worklist.rank(store, ranking)
  for (let slot = 0; slot < store.end; slot++) {
    const state = store.state[slot] ?? 0
    if ((state & (PENDING | HIDDEN)) !== PENDING) continue
    store.state[slot] = state | SPARED
    store.link(slot)
    best?.put(store, slot)
  }
  for (const entry of rules.of(spared.code)) rules.tried(entry)
}

/** Whether another head takes molecules of the class, and just this class. */
function isFoundByOthers(
  spared: Occurrence,
  occurrences: readonly Occurrence[],
  { class: { id } }: Store,
): boolean {
  return occurrences.some(
    ({ code, head }) =>
      code === spared.code && head !== spared.head && code.classOf(head)?.id === id,
  )
}
