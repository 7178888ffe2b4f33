import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { usageOf } from '../measure/process-look.ts'

/** A program of any language and what it is given. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly input?: string
  /** Beside what this process has. */
  readonly env?: Readonly<Record<string, string>>
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
/** A process that waits instead of working is cut off as well, after so many times its CPU time: a busy machine is no reason. */
const WAITING = 30

// The shell's `time` counts a child's CPU to the millisecond, which Node does not tell of a child. The
// inner shell says its id and becomes the program, so that the id is the program's. Without the braces
// `time` would be inside the inner shell, and gone with it.
const script = `TIMEFORMAT='TIMES %3U %3S'
time { ( echo $BASHPID >&3; [ -z "$MEMORY_KIB" ] || ulimit -v "$MEMORY_KIB"; exec "$@" 2>&4 3>&- 4>&- ); }
exit $?`

/** Runs a command until it ends or has used so many CPU seconds. */
export async function timed(command: Command, { seconds }: { seconds: number }): Promise<TimedRun> {
  const { file, args, input = '', env, memory } = command
  const child = spawn('bash', ['-c', script, 'bash', file, ...args], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...env,
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
    const usage = usageOf(pid)
    if (usage !== undefined && usage.peakBytes > 0)
      peakBytes = Math.max(usage.peakBytes, peakBytes ?? 0)
    const waited = (performance.now() - begin) / 1000
    if ((usage?.seconds ?? 0) < seconds && waited < WAITING * seconds) return
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
