import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, realpathSync, watch as watchFolder } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { exitCodes } from '../exit-codes.ts'
import type { Terminal } from '../terminal.ts'
import { standardHostNames } from '../standard-hosts.ts'
import { UsageError } from '../usage-error.ts'
import type { RunRequest } from './request.ts'
import { WATCHED } from './watched.ts'

/** An editor writes a file in several steps: they count as one change. */
const SETTLE_MILLISECONDS = 80

/**
 * Runs the program again, in a process of its own, whenever a file changes that the last run has read: the
 * program, its modules, its data or its host modules. Ends with Ctrl-C.
 */
export async function watch(request: RunRequest, terminal: Terminal): Promise<number> {
  if (request.file === '-') throw new UsageError('`--watch` needs a file, not the standard input')
  const inputs = request.inputs.map((given) =>
    existsSync(given) ? given : given.replace(/^[^=]*=/, ''),
  )
  const watched = new WatchedFiles(() => {
    runs.restartSoon()
  })
  const runs = new Runs(terminal, watched)
  const hosts = request.hosts.filter((host) => !standardHostNames().includes(host))
  watched.add([request.file, ...inputs, ...hosts])
  runs.start()
  return new Promise((done) => {
    const stop = (code: number): void => {
      watched.close()
      runs.stop()
      done(code)
    }
    process.once('SIGINT', () => {
      stop(exitCodes.interrupted)
    })
    process.once('SIGTERM', () => {
      stop(exitCodes.terminated)
    })
  })
}

/**
 * Files of which each change is told. It is their folders that are watched: most editors write a file anew
 * and move it to its place.
 */
class WatchedFiles {
  readonly #changed: () => void
  readonly #files = new Set<string>()
  readonly #folders = new Map<string, FSWatcher>()

  constructor(changed: () => void) {
    this.#changed = changed
  }

  add(files: readonly string[]): void {
    for (const file of files)
      for (const path of placesOf(file)) {
        this.#files.add(path)
        this.#watch(dirname(path))
      }
  }

  close(): void {
    for (const watcher of this.#folders.values()) watcher.close()
  }

  #watch(folder: string): void {
    if (this.#folders.has(folder) || !existsSync(folder)) return
    const watcher = watchFolder(folder, (_, name) => {
      if (name === null || this.#files.has(join(folder, name))) this.#changed()
    })
    // A folder that goes away is no reason to stop watching the others.
    watcher.on('error', () => undefined)
    this.#folders.set(folder, watcher)
  }
}

/** The path of a file, and where it is if that is a link. */
function placesOf(file: string): readonly string[] {
  const path = resolve(file)
  try {
    return [path, realpathSync(path)]
  } catch {
    return [path]
  }
}

class Runs {
  readonly #terminal: Terminal
  readonly #watched: WatchedFiles
  #child: ChildProcess | undefined
  #timer: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(terminal: Terminal, watched: WatchedFiles) {
    this.#terminal = terminal
    this.#watched = watched
  }

  start(): void {
    const args = process.argv.slice(1).filter((arg) => arg !== '--watch')
    const child = spawn(process.execPath, args, {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, [WATCHED]: '1' },
    })
    this.#child = child
    // Nothing else is sent by `tellFiles`.
    child.on('message', (message) => {
      this.#watched.add((message as { readonly files: readonly string[] }).files)
    })
    child.on('exit', () => {
      if (this.#child !== child) return
      this.#child = undefined
      if (!this.#isStopped)
        this.#terminal.tell(this.#terminal.palette.faint('… waiting for a change; Ctrl-C ends'))
    })
  }

  restartSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.stopChild()
      this.#terminal.clearScreen()
      this.start()
    }, SETTLE_MILLISECONDS)
  }

  stopChild(): void {
    const child = this.#child
    this.#child = undefined
    child?.kill('SIGTERM')
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    this.stopChild()
  }
}
