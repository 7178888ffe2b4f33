import { existsSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { HoclError } from '../interpreter/index.ts'
import { meantFile } from './meant.ts'
import { UsageError } from './usage-error.ts'

/** What `-` stands for where a file is expected, in messages. */
export const STDIN = 'standard input'

/** The text of a program or module; `-` is the standard input. */
export function readText(file: string): string {
  return decode(readBytes(file), file === '-' ? STDIN : file)
}

/** UTF-8, or an error that says where it stops being that. */
export function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    const hint = 'save it as UTF-8; a compiled or compressed file is no text'
    throw new HoclError('HOCL606', `${name} is not UTF-8 text${lineOf(bytes)}`, { hint, cause })
  }
}

/** Where the bytes stop being UTF-8, as the line of the longest readable beginning. */
function lineOf(bytes: Uint8Array): string {
  const readable = new TextDecoder().decode(bytes)
  const at = readable.indexOf('\uFFFD')
  return at < 0 ? '' : `: see line ${readable.slice(0, at).split('\n').length}`
}

function readBytes(file: string): Uint8Array {
  if (file === '-') return readStdin()
  checkFile(file)
  try {
    return readFileSync(file)
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** All of the standard input, however slowly it comes. */
function readStdin(): Uint8Array {
  const pieces: Uint8Array[] = []
  for (;;) {
    const piece = Buffer.alloc(2 ** 16)
    try {
      const count = readSync(0, piece)
      if (count === 0) return Buffer.concat(pieces)
      pieces.push(piece.subarray(0, count))
    } catch (error) {
      if (codeOf(error) === 'EOF') return Buffer.concat(pieces)
      // A terminal or a pipe has nothing yet: ask again a little later.
      if (codeOf(error) !== 'EAGAIN') throw unreadable(STDIN, error)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

/** Refuses what is not there or is no file, with what was perhaps meant. */
export function checkFile(file: string): void {
  let isFolder: boolean
  try {
    isFolder = statSync(file).isDirectory()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw unreadable(file, error)
    throw new UsageError(`there is no file \`${file}\``, similarFile(file))
  }
  if (isFolder) throw new UsageError(`\`${file}\` is a folder, not a file`, 'name a file in it')
}

function similarFile(file: string): string | undefined {
  const folder = dirname(file)
  let names: readonly string[]
  try {
    names = readdirSync(folder)
  } catch {
    if (folder === '.') return undefined
    return existsSync(folder)
      ? `\`${folder}\` is a file, not a folder`
      : `there is no folder \`${folder}\` either`
  }
  const similar = meantFile(basename(file), names)
  if (similar === undefined) return undefined
  return `did you mean \`${file.slice(0, file.length - basename(file).length)}${similar}\`?`
}

/** The file is there, or its folder is, and it cannot be opened. */
export function unreadable(file: string, error: unknown): UsageError {
  return new UsageError(`\`${file}\` cannot be opened: ${reasonOf(error)}`)
}

/** What was to be written could not be: a file, as `\`file\``, or the output. */
export function unwritable(what: string, error: unknown): UsageError {
  return new UsageError(`${what} cannot be written: ${reasonOf(error)}`)
}

function reasonOf(error: unknown): string {
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'this user may not',
    EPERM: 'this user may not',
    EISDIR: 'it is a folder',
    EIO: 'the device failed',
    ENOENT: 'there is no such folder',
    ENOTDIR: 'a part of its path is no folder',
    ELOOP: 'it is a link to itself',
    EMFILE: 'too many files are open',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk space of this user is used up',
    EFBIG: 'it would be too large',
    EROFS: 'the disk is read-only',
    ETXTBSY: 'it is being run',
    ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GB',
    ENAMETOOLONG: 'its name is too long',
  }
  return reasons[codeOf(error)] ?? (error instanceof Error ? error.message : String(error))
}

/** `ENOENT` and the like; empty for what is no system error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}
