import type { Place } from '../rule.ts'
import { LARGEST_EXTENT } from '../size-limits.ts'
import type { Molecule } from '../molecule.ts'
import { extentOf } from '../molecule.ts'
import type { Lowering } from './context.ts'

/** Beyond this the text of rules, with all values that definitions put into it, could not be written out. */
const MOST_WRITTEN = LARGEST_EXTENT / 2

/** Counts a value that a definition puts into the text of a rule. */
export function countWritten(value: Molecule, place: Place, lowering: Lowering): void {
  lowering.written += extentOf(value)
  if (lowering.written > MOST_WRITTEN)
    reportTooMuch(
      place,
      'this value, with all others that rules are given by name',
      'give it to the rule as a molecule: put it into the solution, and let the rule take it',
      lowering,
    )
}

/** Definitions with parameters that use one another too often or too deeply. */
export function reportExpansion(place: Place, lowering: Lowering): void {
  reportTooMuch(
    place,
    'with all that is put in for this',
    'let fewer definitions with parameters use one another',
    lowering,
  )
}

/** One report is enough: what comes after it is cut off, too. */
function reportTooMuch(place: Place, text: string, hint: string, lowering: Lowering): void {
  if (lowering.diagnostics.some((d) => d.code === 'HOCL214')) return
  lowering.error('HOCL214', 'the definitions expand to too much', { ...place, text }, hint)
}
