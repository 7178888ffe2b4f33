import type { Membrane } from './membrane.ts'
import { liveRules } from './rules.ts'

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
  const { hasTried, dispatch } = liveRules(membrane)
  if (hasTried || worklist.size < MANY) return
  const isGiven = stores.map((store) => store !== undefined && dispatch.isGiven(store.class))
  if (!isGiven.includes(true)) return
  worklist.dropAll((classId) => isGiven[classId] === true)
  for (const store of stores)
    if (store !== undefined && dispatch.isGiven(store.class)) store.linkWaiting()
}
