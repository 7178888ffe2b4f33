import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { Source } from '../grammar/index.ts'
import type { DiagnosticCode } from '../grammar/index.ts'
import { HoclError } from '../interpreter/index.ts'
import { codeOf } from './files.ts'
import { Rejection } from './rejection.ts'
import { isOurs } from './stray-errors.ts'

/** Where to look for the place of an error. */
interface Files {
  /** The host module as it was named: messages show it so. */
  readonly file?: string
  /** All files that were loaded, in their order. */
  readonly files: readonly string[]
}

/** What a host module threw, at its place if Node tells it; never with a trace of the stack. */
export function hostError(
  code: DiagnosticCode,
  title: string,
  error: unknown,
  { file, files }: Files,
): Error {
  const message = messageOf(error)
  const hint = hintFor(error)
  const place = placeIn(error) ?? placeOfSyntaxError(error, files)
  if (place === undefined)
    return new HoclError(code, `${title}: ${message}`, { hint, cause: error })
  const { path, line, column, width } = place
  const isNamed = file !== undefined && resolve(path) === resolve(file)
  const source = new Source(isNamed ? file : nearPath(path), readFileSync(path, 'utf8'))
  const from =
    source.lineStart(line) + (column === undefined ? source.line(line).length : column - 1)
  return new Rejection([
    {
      code,
      severity: 'error',
      title,
      labels: [{ source, span: { start: from, end: from + width }, text: message }],
      ...(hint !== undefined && { hint }),
    },
  ])
}

/** A path as somebody in this folder would write it. */
function nearPath(path: string): string {
  const near = relative('', path)
  return near.startsWith('..') || isAbsolute(near) ? path : near
}

/** What was thrown, in one line: anything can be. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error))
    return `it throws ${inspect(error, { breakLength: Infinity, compact: true, depth: 1 })}`
  if (codeOf(error) === 'ERR_MODULE_NOT_FOUND')
    return error.message.replace(/ imported from .*/s, '')
  return error.message === '' ? error.name : error.message.replace(/\s*\n\s*/g, ' ')
}

function hintFor(error: unknown): string | undefined {
  switch (codeOf(error)) {
    case 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX':
      return 'Node only takes types away: write it without, or compile the file to JavaScript first'
    case 'ERR_MODULE_NOT_FOUND':
      return 'a path is relative to the file that imports it, and has its suffix: `./other.ts`'
    default:
      return undefined
  }
}

interface Place {
  readonly path: string
  readonly line: number
  /** Undefined for the end of the line. */
  readonly column: number | undefined
  readonly width: number
}

/**
 * What Node writes above a message, `file:2`, the line and carets under it; or the first frame of the stack
 * that is a file of the user.
 */
function placeIn(error: unknown): Place | undefined {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return undefined
  return excerptPlace(error.stack) ?? framePlace(error.stack)
}

function excerptPlace(text: string): Place | undefined {
  const [head = '', ...lines] = text.split('\n')
  const [, where = '', line = ''] = /^(\S.*):([0-9]+)$/.exec(head) ?? []
  const path = where.startsWith('file:') ? fileURLToPath(where) : where
  // A message can look the same, `Error: no answer from host:80`.
  if (where === '' || !existsSync(path)) return undefined
  const carets = /^( *)(\^+)\s*$/m.exec(lines.slice(1).join('\n'))
  // Without carets it is the end of the text that is wrong.
  const column = carets?.[1] === undefined ? undefined : carets[1].length + 1
  return { path, line: Number(line), column, width: carets?.[2]?.length ?? 1 }
}

/** A module has its address in a frame, a script of CommonJS its path. */
function framePlace(stack: string): Place | undefined {
  for (const [, where = '', line, column] of stack.matchAll(
    /^ +at (?:.*\()?(\S.*?):([0-9]+):([0-9]+)\)?$/gm,
  )) {
    if (where.startsWith('node:')) continue
    const path = where.startsWith('file:') ? fileURLToPath(where) : where
    if (!isOurs(path) && existsSync(path))
      return { path, line: Number(line), column: Number(column), width: 1 }
  }
  return undefined
}

/** JavaScript that does not parse has no place in its error; `node --check` tells it, of the file that was read last first. */
function placeOfSyntaxError(error: unknown, files: readonly string[]): Place | undefined {
  if (!(error instanceof SyntaxError)) return undefined
  for (const file of files.toReversed()) {
    const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' })
    const place = excerptPlace(stderr)
    if (place !== undefined) return place
  }
  return undefined
}
