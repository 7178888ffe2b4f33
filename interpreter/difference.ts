import { addInt, isInfinite, negateInt } from './integer.ts'
import type { Int } from './integer.ts'
import type { Entry } from './molecule.ts'
import type { SolutionValue } from './multiset.ts'

/** What tells one solution from another: what came and what went, each molecule once, with how many copies. */
export interface Difference {
  readonly added: readonly Entry[]
  readonly removed: readonly Entry[]
}

/**
 * What came and what went between two solutions; numbers of copies are above 0. A solution inside that
 * changed is another molecule: the one that was went, the one that is came. Takes time in proportion to
 * what both hold, and none where they are one object.
 */
export function difference(before: SolutionValue, after: SolutionValue): Difference {
  const added: Entry[] = []
  const removed: Entry[] = []
  if (before === after) return { added, removed }
  const [was, is] = [before.contents(), after.contents()]
  const note = (entry: Entry, there: Int, here: Int): void => {
    const [molecule] = entry
    if (there === here) return
    // From ∞ to some there is no number of copies: all went, and these came.
    if (isInfinite(there)) (there > 0 ? removed : added).push([molecule, Infinity])
    const change = isInfinite(there) || isInfinite(here) ? here : addInt(here, negateInt(there))
    if (change > 0) added.push([molecule, change])
    else if (change < 0) removed.push([molecule, negateInt(change)])
  }
  for (const entry of was.entries()) note(entry, entry[1], is.multiplicityOf(entry[0]))
  for (const entry of is.entries()) if (was.multiplicityOf(entry[0]) === 0) note(entry, 0, entry[1])
  return { added, removed }
}
