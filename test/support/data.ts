import { DataError } from '../../interpreter/errors.ts'
import type { Batch } from '../../interpreter/data/formats.ts'
import { readDataSync } from '../../interpreter/data/read.ts'
import type { ReadOptions } from '../../interpreter/data/read.ts'
import { intText } from '../../interpreter/atom-text.ts'
import { print } from '../../interpreter/print.ts'

/** The molecules of a text, printed with blanks between them, or the code, place and message of what is wrong. */
export function read(text: string, options: Omit<ReadOptions, 'file'>): string {
  try {
    return shown(readDataSync([text], { ...options, file: 'f' }))
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    const place = error.place === undefined ? '' : ` ${String(error.line)}:${String(error.column)}`
    return `${error.code}${place} ${error.message}`
  }
}

export function shown(batches: Iterable<Batch>): string {
  const all: string[] = []
  for (const { molecules, multiplicities } of batches)
    molecules.forEach((molecule, i) => {
      const multiplicity = multiplicities[i] ?? 0
      all.push(
        print(molecule, { width: Infinity }) +
          (multiplicity === 1 ? '' : `^${intText(multiplicity)}`),
      )
    })
  return all.join(' ')
}

/** A text cut at these places. */
export function inPieces(text: string, cuts: readonly number[]): readonly string[] {
  const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length]
  places.sort((a, b) => a - b)
  return places.map((place, i) => text.slice(places[i - 1] ?? 0, place))
}
