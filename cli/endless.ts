import {
  ArithmeticFailure,
  DataError,
  Multiset,
  isInfinite,
  printBriefly,
} from '../interpreter/index.ts'
import type { Entry } from '../interpreter/index.ts'

/** Refuses ∞ and −∞ copies of one molecule, of which there is no sum, wherever each of them came from. */
export function refuseEndlessSums(...sources: readonly Iterable<Entry>[]): void {
  let endless = Multiset.empty
  for (const source of sources)
    for (const entry of source) {
      if (!isInfinite(entry[1])) continue
      try {
        endless = endless.plus([entry])
      } catch (error) {
        if (!(error instanceof ArithmeticFailure)) throw error
        throw new DataError(
          'HOCL628',
          `there are ∞ and −∞ copies of ${printBriefly(entry[0], 40)}, which have no sum`,
          { hint: 'leave one of them out', cause: error },
        )
      }
    }
}
