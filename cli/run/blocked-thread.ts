import { writeSync } from 'node:fs'
import { Session } from 'node:inspector'
import { fileURLToPath } from 'node:url'
import { workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'

/*
 * Runs beside a program that calls host functions, in a thread of its own. While a host function does not come
 * back, the main thread hears neither signals nor the clock. Then this thread, which reaches it as a debugger
 * does, lets signals end the process again, and stops the function when the time of the run is over.
 */

/** What the main thread hands over. */
export interface BlockedData {
  /** Counted up by the main thread whenever it is free. */
  readonly beats: Int32Array
  /** Folders of our own files: what they do comes back. */
  readonly ours: readonly string[]
  /** In milliseconds since the epoch; ∞ for none. */
  readonly deadline: number
  readonly isWatched: boolean
  readonly port: MessagePort
}

/** What it tells the main thread, which hears it when it is free again. */
export interface BlockedMessage {
  readonly kind: 'released' | 'terminated'
  /** Where the host function is: `file:line:column`. */
  readonly place: string
}

const LOOK_MILLISECONDS = 100
const BLOCKED_MILLISECONDS = 1000
/** After the deadline a run that is not blocked has ended by itself. */
const GRACE_MILLISECONDS = 300

// The main thread passes nothing else.
const { beats, ours, deadline, isWatched, port } = workerData as BlockedData
let seen = Atomics.load(beats, 0)
/** When the main thread was last seen to be free, or asked. */
let asked = Date.now()
let session: Session | undefined
/** Where the host function is that does not come back, as far as it is known. */
let place: string | undefined
let isTerminated = false

setInterval(look, LOOK_MILLISECONDS)

function look(): void {
  const beat = Atomics.load(beats, 0)
  const now = Date.now()
  if (beat !== seen) {
    seen = beat
    asked = now
    place = undefined
    isTerminated = false
    session?.disconnect()
    session = undefined
  } else if (place !== undefined) {
    if (now >= deadline + GRACE_MILLISECONDS) terminate(place)
  } else if (now - asked >= BLOCKED_MILLISECONDS) {
    asked = now
    inquire()
  }
}

/** Asks the main thread what it does. If that is a host function, signals are let through. */
function inquire(): void {
  if (session === undefined) {
    session = new Session()
    session.connectToMainThread()
  }
  const own = session
  own.post('Runtime.evaluate', { expression: `(${stackText.toString()})()` }, (error, answer) => {
    const stack: unknown = error === null ? answer.result.value : undefined
    const found = typeof stack === 'string' ? hostPlace(stack) : undefined
    if (found === undefined || own !== session) return
    place = found
    // Told when it is true: who reads it may press Ctrl-C at once.
    own.post('Runtime.evaluate', { expression: `(${letSignalsThrough.toString()})()` }, () => {
      tell({ kind: 'released', place: found })
      if (isWatched)
        writeSync(2, `\r… waiting for a host function, at ${found} · Ctrl-C ends hocl at once\n`)
    })
  })
}

function terminate(at: string): void {
  if (isTerminated) return
  isTerminated = true
  tell({ kind: 'terminated', place: at })
  session?.post('Runtime.terminateExecution')
}

/** Evaluated in the main thread, on top of what it is doing. */
function stackText(): string | undefined {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = 200
  const { stack } = new Error()
  Error.stackTraceLimit = before
  return stack
}

/** Evaluated in the main thread, whose handlers would only run when it is free. */
function letSignalsThrough(): void {
  process.removeAllListeners('SIGINT')
  process.removeAllListeners('SIGTERM')
}

/** The innermost frame that is in a file, unless that file is ours. */
function hostPlace(stack: string): string | undefined {
  for (const [, where = '', position = ''] of stack.matchAll(
    /^ +at (?:.*\()?(\S.*?):([0-9]+:[0-9]+)\)?$/gm,
  )) {
    if (where.startsWith('node:') || !/^(file:|\/|[A-Za-z]:\\)/.test(where)) continue
    const path = where.startsWith('file:') ? fileURLToPath(where) : where
    return ours.some((folder) => path.startsWith(folder)) ? undefined : `${path}:${position}`
  }
  return undefined
}

function tell(message: BlockedMessage): void {
  port.postMessage(message)
}
