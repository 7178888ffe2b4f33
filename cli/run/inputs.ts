import { TextDecoder } from 'node:util'
import { createReadStream, existsSync } from 'node:fs'
import { Source } from '../../grammar/index.ts'
import {
  DataError,
  exchangeContext,
  formatOf,
  INPUT_FORMATS,
  moleculesOf,
  readData,
} from '../../interpreter/index.ts'
import type { Batch, Entry, InputFormat } from '../../interpreter/index.ts'
import { checkFile, STDIN, unreadable } from '../files.ts'
import type { Loaded } from '../load.ts'
import { hasErrors, Rejection } from '../rejection.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import type { RunRequest } from './request.ts'
import { counted } from './wording.ts'

/** What is added to the first solution before it reacts: data from files, and molecules from the command line. */
export interface Inputs {
  readonly batches: readonly Batch[]
  readonly injected: readonly Entry[]
  /** The files that were read. */
  readonly files: readonly string[]
}

/** A signal came before anything had reacted: there is nothing to show. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Where data comes from: `NAME=FILE`, `FILE`, or `-` for the standard input. */
interface DataFile {
  readonly file: string
  readonly name: string | undefined
  readonly format: InputFormat
}

/** Reads all data and injections. Anything malformed is an error, and then nothing runs. */
export async function readInputs(
  request: RunRequest,
  loaded: Pick<Loaded, 'program' | 'host'>,
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<Inputs> {
  const sources = request.inputs.map((given) => dataFile(given, request.inFormat))
  for (const { file } of sources) if (file !== '-') checkFile(file)
  const injected = request.injections.flatMap((text, i) => injection(text, i, request, loaded))
  const batches: Batch[] = []
  let molecules = 0
  for (const source of sources) {
    for await (const batch of batchesOf(source, request, loaded)) {
      batches.push(batch)
      molecules += batch.molecules.length
      if (signal.aborted) throw new Interrupted('interrupted while reading data')
      terminal.showProgress(`reading ${source.file} · ${counted(molecules, 'molecule')}`)
    }
  }
  terminal.clearProgress()
  return {
    batches,
    injected,
    files: sources.map(({ file }) => file).filter((file) => file !== '-'),
  }
}

/** The molecules of batches, one entry after the other. */
export function* entriesOf(batches: Iterable<Batch>): Generator<Entry> {
  for (const { molecules, multiplicities } of batches) {
    for (const [i, molecule] of molecules.entries()) yield [molecule, multiplicities[i] ?? 1]
  }
}

function dataFile(given: string, asked: InputFormat | undefined): DataFile {
  const named = existsSync(given) ? null : /^([\p{L}_$][\p{L}\p{M}\p{Nd}_$']*)=(.+)$/u.exec(given)
  const name = named?.[1]
  const file = named?.[2] ?? given
  if (name !== undefined && !/^[\p{Lu}\p{Lt}]/u.test(name))
    throw new UsageError(
      `\`${name}\` cannot stand before data`,
      `a name for data is a symbol: \`--in ${name.charAt(0).toUpperCase()}${name.slice(1)}=${file}\``,
    )
  const format = asked ?? formatOf(file)
  if (format !== undefined) return { file, name, format }
  if (file !== '-') checkFile(file)
  throw new UsageError(
    file === '-'
      ? 'the standard input does not tell its format'
      : `the name of \`${file}\` does not tell its format`,
    `say \`--in-format\` and one of ${INPUT_FORMATS.join(', ')}`,
  )
}

async function* batchesOf(
  { file, name, format }: DataFile,
  { hasHeader, separator }: RunRequest,
  { program, host }: Pick<Loaded, 'program' | 'host'>,
): AsyncGenerator<Batch> {
  const shown = file === '-' ? STDIN : file
  yield* readData(textOf(file, shown), {
    format,
    file: shown,
    hasHeader,
    ...(name !== undefined && { name }),
    ...(separator !== undefined && { separator }),
    context: exchangeContext(program, host),
  })
}

/** The text of a file as it is read. What is not UTF-8 is an error with its line. */
async function* textOf(file: string, shown: string): AsyncGenerator<string> {
  const stream = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 2 ** 18 })
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let line = 1
  try {
    for await (const chunk of stream) {
      const text = decodePart(decoder, chunk as Uint8Array, { file: shown, line, column: 1 })
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++
      yield text
    }
    yield decodePart(decoder, undefined, { file: shown, line, column: 1 })
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw unreadable(shown, error)
    throw error
  }
}

function decodePart(
  decoder: TextDecoder,
  bytes: Uint8Array | undefined,
  place: { readonly file: string; readonly line: number; readonly column: number },
): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch (cause) {
    const readable = bytes === undefined ? '' : new TextDecoder().decode(bytes)
    const before = readable.slice(0, Math.max(0, readable.indexOf('\uFFFD')))
    const line = place.line + before.split('\n').length - 1
    const hint = 'save it as UTF-8; a compiled or compressed file is no text'
    throw new DataError('HOCL606', 'this is not UTF-8 text', {
      place: { ...place, line },
      hint,
      cause,
    })
  }
}

function injection(
  text: string,
  index: number,
  { seed, injections }: RunRequest,
  { program }: Pick<Loaded, 'program'>,
): readonly Entry[] {
  const name = injections.length === 1 ? '--inject' : `--inject ${index + 1}`
  const { molecules, diagnostics } = program.molecules(new Source(name, text))
  if (hasErrors(diagnostics)) throw new Rejection(diagnostics)
  const loaded = moleculesOf(molecules, seed)
  if (loaded.value === undefined) throw new Rejection([loaded.diagnostic])
  return loaded.value
}
