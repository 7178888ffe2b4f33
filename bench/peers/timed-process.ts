import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'

/** A program of any language and what it is given. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly input?: string
  /** Bytes of address space; what needs more fails. */
  readonly memory?: number
}

/** How a process ended, and what it cost: CPU seconds, user and system, and the most memory at a time. */
export interface TimedRun {
  readonly ending: 'finished' | 'cut off' | 'failed'
  readonly seconds: number
  /** Undefined where the process was too short to look at, or the system does not tell. */
  readonly peakBytes: number | undefined
  readonly output: string
  readonly errors: string
}

/** Looks at a process so often, for its memory and whether it is to be cut off. */
const LOOK_MILLISECONDS = 10
/** A process that waits instead of working is cut off as well, after so many times its CPU time. */
const WAITING = 4

// The shell's `time` counts a child's CPU to the millisecond, which Node does not tell of a child. The
// inner shell says its id and becomes the program, so that the id is the program's. Without the braces
// `time` would be inside the inner shell, and gone with it.
const script = `TIMEFORMAT='TIMES %3U %3S'
time { ( echo $BASHPID >&3; [ -z "$MEMORY_KIB" ] || ulimit -v "$MEMORY_KIB"; exec "$@" 2>&4 3>&- 4>&- ); }
exit $?`

/** Runs a command until it ends or has used so many CPU seconds. */
export async function timed(command: Command, { seconds }: { seconds: number }): Promise<TimedRun> {
  const { file, args, input = '', memory } = command
  const child = spawn('bash', ['-c', script, 'bash', file, ...args], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      MEMORY_KIB: memory === undefined ? '' : String(Math.floor(memory / 1024)),
    },
  })
  // A program that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const output = collected(child.stdout)
  const times = collected(child.stderr)
  const id = collected(child.stdio[3])
  const errors = collected(child.stdio[4])
  const begin = performance.now()
  let peakBytes: number | undefined
  const state: { ending?: 'cut off' } = {}
  const look = setInterval(() => {
    const pid = Number.parseInt(id.text)
    if (Number.isNaN(pid)) return
    const seen = lookAt(pid)
    peakBytes = Math.max(seen.peakBytes, peakBytes ?? 0) || undefined
    const waited = (performance.now() - begin) / 1000
    if (seen.seconds < seconds && waited < WAITING * seconds) return
    state.ending = 'cut off'
    kill(pid)
  }, LOOK_MILLISECONDS)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  }).finally(() => {
    clearInterval(look)
  })
  const [, user, system] = /TIMES ([0-9.]+) ([0-9.]+)/.exec(times.text) ?? []
  if (user === undefined || system === undefined)
    throw new Error(`bash did not tell what ${file} took: ${times.text}`)
  return {
    ending: state.ending ?? (code === 0 ? 'finished' : 'failed'),
    seconds: Number(user) + Number(system),
    peakBytes,
    output: output.text,
    errors: errors.text,
  }
}

/** The text of a stream so far. */
function collected(stream: unknown): { text: string } {
  const seen = { text: '' }
  // `stdio` has streams where pipes were asked for.
  const readable = stream as Readable
  readable.setEncoding('utf8')
  readable.on('data', (chunk: string) => {
    seen.text += chunk
  })
  return seen
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

/** CPU so far and the most memory so far, where there is `/proc`. */
function lookAt(pid: number): { seconds: number; peakBytes: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const kib = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0)
    // Fields 14 and 15, in hundredths of a second. The name before them may hold anything but `)`.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    return { seconds: ticks / 100, peakBytes: kib * 1024 }
  } catch {
    return { seconds: 0, peakBytes: 0 }
  }
}
