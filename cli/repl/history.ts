import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

const MOST_LINES = 1000

/** Where the lines of earlier sessions are kept; `HOCL_HISTORY` names another file, or none if it is empty. */
function historyFile(): string | undefined {
  const { HOCL_HISTORY: own, XDG_CONFIG_HOME: config, APPDATA: roaming } = process.env
  if (own !== undefined) return own === '' ? undefined : own
  const folder =
    config ?? (process.platform === 'win32' ? roaming : undefined) ?? join(homedir(), '.config')
  return join(folder, 'hocl', 'history')
}

/** The lines of earlier sessions, the last one first, as readline wants them. */
export function readHistory(): string[] {
  const file = historyFile()
  if (file === undefined) return []
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .reverse()
  } catch {
    return []
  }
}

/** Keeps the lines, the last one first. A history that cannot be written is no reason to complain. */
export function writeHistory(lines: readonly string[]): void {
  const file = historyFile()
  if (file === undefined) return
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${lines.slice(0, MOST_LINES).reverse().join('\n')}\n`, { mode: 0o600 })
  } catch {
    // The session itself was not harmed.
  }
}
