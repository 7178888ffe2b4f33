import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Source } from '../grammar/index.ts'
import type { Diagnostic } from '../grammar/index.ts'
import { HoclError, hostWith, namespaceOfFile, prelude } from '../interpreter/index.ts'
import type { Host, HostModule } from '../interpreter/index.ts'
import { checkFile, codeOf } from './files.ts'
import { Rejection } from './rejection.ts'
import { UsageError } from './usage-error.ts'

/** The prelude with what these JavaScript and TypeScript files export. They run as they are loaded. */
export async function loadHosts(files: readonly string[]): Promise<Host> {
  const modules: HostModule[] = []
  for (const file of new Set(files)) modules.push(await loadHost(file))
  return hostWith(prelude, modules)
}

async function loadHost(file: string): Promise<HostModule> {
  if (!/\.[cm]?[jt]s$/.test(file))
    throw new UsageError(
      `\`${file}\` is no host module`,
      'a host module is a .ts, .js or .mjs file',
    )
  checkFile(file)
  try {
    // The keys of a module are names; its values can be anything.
    const exports = (await import(pathToFileURL(resolve(file)).href)) as Readonly<
      Record<string, unknown>
    >
    return { name: namespaceOfFile(file), origin: `\`${file}\``, exports }
  } catch (error) {
    throw loadError(file, error)
  }
}

/** Why a file does not load, at its place if Node tells it; never with a trace of the stack. */
function loadError(file: string, error: unknown): Error {
  const message = messageOf(error)
  const hint = hintFor(error)
  const place = placeIn(error) ?? checkedPlace(file, error)
  if (place === undefined)
    return new HoclError('HOCL610', `the host module \`${file}\` does not load: ${message}`, {
      hint,
      cause: error,
    })
  const { path, line, column, width } = place
  const source = new Source(
    resolve(path) === resolve(file) ? file : path,
    readFileSync(path, 'utf8'),
  )
  const start = (source.lineStarts[line - 1] ?? 0) + column - 1
  const diagnostic: Diagnostic = {
    code: 'HOCL610',
    severity: 'error',
    title: `the host module \`${file}\` does not load`,
    labels: [{ source, span: { start, end: start + width }, text: message }],
    ...(hint !== undefined && { hint }),
  }
  return new Rejection([diagnostic])
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `it throws ${String(error)}`
  if (codeOf(error) === 'ERR_MODULE_NOT_FOUND')
    return error.message.replace(/ imported from .*/s, '')
  return error.message === '' ? error.name : (error.message.split('\n')[0] ?? '')
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
  readonly column: number
  readonly width: number
}

/**
 * What Node writes above a message, `file:2`, the line and carets under it; or the first frame of the stack
 * that is a file of the user.
 */
function placeIn(error: unknown): Place | undefined {
  if (!(error instanceof Error) || error.stack === undefined) return undefined
  return excerptPlace(error.stack) ?? framePlace(error.stack)
}

function excerptPlace(text: string): Place | undefined {
  const [head = '', ...lines] = text.split('\n')
  const [, where = '', line = ''] = /^(\S.*):([0-9]+)$/.exec(head) ?? []
  if (where === '') return undefined
  const carets = /^( *)(\^+)\s*$/m.exec(lines.slice(1).join('\n'))
  return {
    path: where.startsWith('file:') ? fileURLToPath(where) : where,
    line: Number(line),
    column: (carets?.[1]?.length ?? 0) + 1,
    width: carets?.[2]?.length ?? 1,
  }
}

function framePlace(stack: string): Place | undefined {
  const frame = /\(?(file:\/\/\S+?):([0-9]+):([0-9]+)\)?$/m.exec(stack)
  if (frame === null) return undefined
  const [, url = '', line = '', column = ''] = frame
  return { path: fileURLToPath(url), line: Number(line), column: Number(column), width: 1 }
}

/** JavaScript that does not parse has no place in its error; `node --check` tells it. */
function checkedPlace(file: string, error: unknown): Place | undefined {
  if (!(error instanceof SyntaxError)) return undefined
  const { stderr } = spawnSync(process.execPath, ['--check', resolve(file)], { encoding: 'utf8' })
  return excerptPlace(stderr)
}
