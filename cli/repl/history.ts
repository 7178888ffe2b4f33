import { readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseMolecules, Source } from '../../grammar/index.ts'
import { makeFolder } from '../folders.ts'

const MOST_LINES = 1000

/** What was typed in this session and earlier ones, the last first. What had several lines comes back as one. */
export class History {
  /** For readline, which adds each line as it comes. */
  readonly lines: string[]
  readonly #file = historyFile()
  #texts: readonly string[]

  constructor() {
    this.lines = this.#read()
    this.#texts = [...this.lines]
  }

  /** A text is whole: it takes the place of its lines, or of an earlier text that it goes on with. */
  add(text: string, earlier?: string): void {
    const line = onOneLine(text)
    if (line === '') return
    const gone = [line, ...(earlier === undefined ? [] : [onOneLine(earlier)])]
    const others = this.#texts.filter((each) => !gone.includes(each))
    this.#texts = [line, ...others].slice(0, MOST_LINES)
    this.lines.length = 0
    for (const each of this.#texts) this.lines.push(each)
    this.#write()
  }

  #read(): string[] {
    if (this.#file === undefined) return []
    try {
      return readFileSync(this.#file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .reverse()
    } catch {
      return []
    }
  }

  /** A history that cannot be written is no reason to complain: the session itself is not harmed. */
  #write(): void {
    if (this.#file === undefined) return
    try {
      makeFolder(dirname(this.#file))
      writeFileSync(this.#file, `${this.#texts.toReversed().join('\n')}\n`, { mode: 0o600 })
    } catch {
      // Nothing to do.
    }
  }
}

/** Where the lines of earlier sessions are kept; `HOCL_HISTORY` names another file, or none if it is empty. */
function historyFile(): string | undefined {
  const { HOCL_HISTORY: own, XDG_CONFIG_HOME: config, APPDATA: roaming } = process.env
  if (own !== undefined) return own === '' ? undefined : own
  const folder =
    config ?? (process.platform === 'win32' ? roaming : undefined) ?? join(homedir(), '.config')
  return join(folder, 'hocl', 'history')
}

/** A line comment ends with its line, so it cannot stand in the middle of one. */
function onOneLine(text: string): string {
  if (!text.includes('\n')) return text.trim()
  const source = new Source('input', text)
  let line = source.text
  for (const { style, span } of parseMolecules(source).comments)
    if (style !== 'block')
      line = line.slice(0, span.start) + ' '.repeat(span.end - span.start) + line.slice(span.end)
  return line.replace(/\s*\n\s*/g, ' ').trim()
}
