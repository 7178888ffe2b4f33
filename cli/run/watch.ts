import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, watch as watchFolder } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { exitCodes } from '../exit-codes.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import type { RunRequest } from './request.ts'

/** An editor writes a file in several steps: they count as one change. */
const SETTLE_MILLISECONDS = 80

/**
 * Runs the program again, in a process of its own, whenever a file changes near the program, its data or
 * its host modules. Ends with Ctrl-C.
 */
export async function watch(request: RunRequest, terminal: Terminal): Promise<number> {
  if (request.file === '-') throw new UsageError('`--watch` needs a file, not the standard input')
  const inputs = request.inputs.map((given) =>
    existsSync(given) ? given : given.replace(/^[^=]*=/, ''),
  )
  const folders = new Set(
    [request.file, ...inputs, ...request.hosts].map((file) => dirname(resolve(file))),
  )
  const runs = new Runs(terminal)
  runs.start()
  const watchers = [...folders]
    .filter((folder) => existsSync(folder))
    .map((folder) => watching(folder, runs))
  return new Promise((done) => {
    const stop = (code: number): void => {
      for (const watcher of watchers) watcher.close()
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

function watching(folder: string, runs: Runs): FSWatcher {
  const watcher = watchFolder(folder, { recursive: true }, (_, name) => {
    if (name === null || isOfInterest(name)) runs.restartSoon()
  })
  // A folder that goes away is no reason to stop watching the others.
  watcher.on('error', () => undefined)
  return watcher
}

/** Programs, data and host modules; not what editors, version control and packages write. */
function isOfInterest(name: string): boolean {
  if (/(^|[/\\])(\.|node_modules[/\\])/.test(name)) return false
  return /\.(hocl|json|ndjson|jsonl|csv|txt|m?[jt]s)$/i.test(name)
}

class Runs {
  readonly #terminal: Terminal
  #child: ChildProcess | undefined
  #timer: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  start(): void {
    const args = process.argv.slice(1).filter((arg) => arg !== '--watch')
    const child = spawn(process.execPath, args, { stdio: 'inherit' })
    this.#child = child
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
