import { isSymbolName } from '../atom-text.ts'
import { DataError } from '../errors.ts'
import { SizeFailure } from '../failures.ts'
import type { JsonContext } from '../json-read.ts'
import { symbol, Tuple } from '../molecule.ts'
import type { Molecule } from '../molecule.ts'
import { CsvReader } from './csv-reader.ts'
import { ExchangeReader } from './exchange-reader.ts'
import type { Batch, DataReader, InputFormat } from './formats.ts'
import { HoclDataReader } from './hocl-reader.ts'
import { JsonDataReader } from './json-molecules.ts'
import { TextReader } from './text-reader.ts'

/** How data is read and what becomes of each record. */
export interface ReadOptions {
  readonly format: InputFormat
  /** For messages. */
  readonly file: string
  /** With a name each molecule becomes `NAME:molecule`; a row is joined, `NAME:f1:f2`. */
  readonly name?: string
  /** CSV: whether the first row is skipped. It is, unless this is false. */
  readonly hasHeader?: boolean
  /** CSV: one character, a comma where not given. */
  readonly separator?: string
  /** The exchange form: what gives rules and host values back. */
  readonly context?: JsonContext
}

/** Reads text chunk by chunk into batches of molecules; memory is bounded by a chunk and what is yielded. */
export async function* readData(
  chunks: AsyncIterable<string> | Iterable<string>,
  options: ReadOptions,
): AsyncGenerator<Batch> {
  const reader = dataReader(options)
  for await (const chunk of chunks) {
    const batch = reader.push(chunk)
    if (batch.molecules.length > 0) yield batch
  }
  const last = reader.end()
  if (last.molecules.length > 0) yield last
}

/** `readData` for text that is there already. */
export function* readDataSync(chunks: Iterable<string>, options: ReadOptions): Generator<Batch> {
  const reader = dataReader(options)
  for (const chunk of chunks) {
    const batch = reader.push(chunk)
    if (batch.molecules.length > 0) yield batch
  }
  const last = reader.end()
  if (last.molecules.length > 0) yield last
}

/** The reader of a format, for whoever drives it by hand. */
export function dataReader(options: ReadOptions): DataReader {
  const { file, format } = options
  const name = options.name === undefined ? undefined : nameOf(options.name)
  switch (format) {
    case 'csv':
      return new CsvReader(file, { ...options, name })
    case 'hocl':
      return named(new HoclDataReader(file), name)
    case 'json':
      return named(new JsonDataReader('elements', file), name)
    case 'ndjson':
      return named(new JsonDataReader('lines', file), name)
    case 'txt':
      return named(new TextReader(file), name)
    case 'hocl-json':
      return named(new ExchangeReader(file, options.context), name)
  }
}

function nameOf(name: string): Molecule {
  if (isSymbolName(name)) return symbol(name)
  throw new DataError('HOCL634', `\`${name}\` cannot stand before data`, {
    hint: 'a name for data is a symbol: one word that starts in upper case',
  })
}

function named(reader: DataReader, name: Molecule | undefined): DataReader {
  if (name === undefined) return reader
  const join = ({ molecules, multiplicities }: Batch): Batch => ({
    molecules: molecules.map((molecule) => joined(name, molecule)),
    multiplicities,
  })
  return { push: (chunk) => join(reader.push(chunk)), end: () => join(reader.end()) }
}

function joined(name: Molecule, molecule: Molecule): Molecule {
  try {
    return new Tuple([name, molecule])
  } catch (error) {
    if (error instanceof SizeFailure) throw new DataError('HOCL625', error.message)
    throw error
  }
}
