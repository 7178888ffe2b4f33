import type { Molecule, Pattern } from '../../interpreter/index.ts'
import type { Opened } from '../plan/heads.ts'
import { Residual } from '../residual.ts'
import type { ClassTable } from '../store/molecule-class.ts'
import { acceptsCode } from './candidates.ts'
import { Inside } from './inside.ts'
import { BROKEN_OFF, NOTHING } from './run.ts'
import type { Run, Step } from './run.ts'

/*
 * Looking into inert solutions that are small values: their molecules are tried in the order in which a
 * membrane out of them would have them, but no membrane is made.
 */

/** A head that is looked for in a value. */
export interface FindingInValue {
  readonly index: number
  readonly within: Opened
  readonly pattern: Pattern
  readonly level: number
  /** Other heads of the same solution that are found before. */
  readonly rivals: readonly number[]
  readonly match: (molecule: Molecule, run: Run) => boolean
  readonly cursor: { at: number }
  readonly classes: ClassTable
}

/** Tries the molecules of a value as a head: class by class, as stores are gone through. */
export function findInValueCode(
  { index, within, pattern, level, rivals, match, cursor, classes }: FindingInValue,
  next: Step,
): Step {
  const accepts = acceptsCode(pattern)
  return (run) => {
    const seen = run.inside[within.slot] ?? NOTHING_INSIDE
    const { molecules, ids } = seen
    const from = run.resumed(level)
    let end: number
    for (let first = from?.store ?? 0; first < molecules.length; first = end) {
      const id = ids[first]!
      end = first + 1
      while (end < molecules.length && ids[end] === id) end++
      if (!accepts(classes.all[id]!)) continue
      const n = end - first
      const isHere = from?.store === first
      const begin = level === 0 ? cursor.at : run.turn
      const offset = isHere ? from.offset : n > 1 ? run.first(n, begin) : 0
      for (let i = isHere ? from.candidate : 0; i < n; i++) {
        if (--run.looks <= 0 && run.isOverdue()) {
          run.save(level, first, 0, i, offset)
          return BROKEN_OFF
        }
        const at = i + offset < n ? i + offset : i + offset - n
        const place = first + at
        if (isTaken(run, rivals, place) || !match(molecules[place]!, run)) continue
        run.stores[index] = undefined
        run.chosen[index] = place
        run.needs[index] = 1
        const answer = next(run)
        if (answer === NOTHING) continue
        if (answer === BROKEN_OFF) run.save(level, first, 0, i, offset)
        else if (level === 0) cursor.at = at
        return answer
      }
    }
    return NOTHING
  }
}

function isTaken(run: Run, rivals: readonly number[], place: number): boolean {
  for (let i = 0; i < rivals.length; i++) if (run.chosen[rivals[i]!] === place) return true
  return false
}

/** What is left of a value when its heads have theirs; undefined where that is to be nothing and is not. */
export function restInValue(run: Run, { slot, heads, pattern }: Opened): Residual | undefined {
  const { molecules } = run.inside[slot] ?? NOTHING_INSIDE
  if (pattern.rests.length === 0) return molecules.length === heads.length ? EMPTY : undefined
  return leftOf(
    molecules,
    heads.map(({ index }) => run.chosen[index] ?? 0),
  )
}

/** All but the molecules at some places. */
export function leftOf(molecules: readonly Molecule[], taken: readonly number[]): Residual {
  const left: Molecule[] = []
  for (let place = 0; place < molecules.length; place++)
    if (!taken.includes(place)) left.push(molecules[place]!)
  return new Residual(undefined, [], left)
}

const NOTHING_INSIDE = new Inside()
const EMPTY = new Residual(undefined, [])
