import type { Int } from '../integer.ts'
import type { Molecule } from '../molecule.ts'

/** The formats of data that `--in` reads. `hocl-json` is the exchange form. */
export const INPUT_FORMATS = ['hocl', 'json', 'ndjson', 'csv', 'txt', 'hocl-json'] as const
/** The formats that data is read in. */
export type InputFormat = (typeof INPUT_FORMATS)[number]

/** The formats of data that `--out-format` writes. */
export const OUTPUT_FORMATS = ['hocl', 'json', 'ndjson', 'csv'] as const
/** The formats that a solution is written in. */
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

const SUFFIXES: ReadonlyMap<string, InputFormat> = new Map([
  ['hocl', 'hocl'],
  ['json', 'json'],
  ['ndjson', 'ndjson'],
  ['jsonl', 'ndjson'],
  ['csv', 'csv'],
  ['txt', 'txt'],
])

/** The format that a file's name tells, or undefined. */
export function formatOf(file: string): InputFormat | undefined {
  if (/\.hocl\.json$/i.test(file)) return 'hocl-json'
  const suffix = /\.([^./\\]+)$/.exec(file)?.[1]
  return suffix === undefined ? undefined : SUFFIXES.get(suffix.toLowerCase())
}

/** Molecules that were read, with how many copies of each: two arrays of the same length. */
export interface Batch {
  readonly molecules: Molecule[]
  readonly multiplicities: Int[]
}

/** Reads a text as it arrives; each call gives what it completed. Malformed text throws a `DataError`. */
export interface DataReader {
  push(chunk: string): Batch
  /** After the last chunk. */
  end(): Batch
}

/** Every molecule once. */
export function onceEach(molecules: Molecule[]): Batch {
  return { molecules, multiplicities: new Array<Int>(molecules.length).fill(1) }
}
