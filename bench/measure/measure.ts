import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { FormName, Workload } from '../workload.ts'
import type { MeasureRequest, Message } from './messages.ts'
import { usageOf } from './process-look.ts'
import { median } from './sampling.ts'

/** All figures of one form of a program at one size. Times are medians of CPU milliseconds. */
export interface Measurement {
  readonly workload: string
  readonly form: FormName
  readonly size: number
  readonly hand: number | undefined
  /** From the loaded solution until it is inert and its result is read. Undefined: it took too long. */
  readonly reacting: number | undefined
  /** How often that was measured. */
  readonly rounds: number
  readonly reactions: number | undefined
  readonly loading: number | undefined
  readonly molecules: number | undefined
  /** What the loaded molecules take. */
  readonly bytes: number | undefined
  /** What it said instead of a right result. */
  readonly wrong: string | undefined
}

/** How much is measured. */
export interface Effort {
  readonly rounds: number
  /** Seconds for the runs of one program at one size; what has no figure by then gets none. */
  readonly budget: number
}

/** Beyond the budget, a process has so many seconds to start, to make its data and to load it. */
const GRACE = 10

/** Measures one form of a program at one size, in a process of its own. */
export async function measure(
  { name }: Workload,
  form: FormName,
  size: number,
  { rounds, budget }: Effort,
): Promise<Measurement> {
  const request: MeasureRequest = {
    workload: name,
    form,
    size,
    rounds,
    milliseconds: budget * 1000,
  }
  const messages = await messagesOf(request, budget + GRACE)
  const of = <K extends Message['kind']>(kind: K): Extract<Message, { kind: K }>[] =>
    messages.filter((message): message is Extract<Message, { kind: K }> => message.kind === kind)
  const reacting = of('reacting')
  const [memory] = of('memory')
  return {
    workload: name,
    form,
    size,
    hand: medianOf(of('hand').map(({ ms }) => ms)),
    reacting: medianOf(reacting.map(({ ms }) => ms)),
    rounds: reacting.length,
    reactions: reacting.at(-1)?.reactions,
    loading: medianOf(of('loading').map(({ ms }) => ms)),
    molecules: memory?.molecules,
    bytes: memory?.bytes,
    wrong: of('wrong')[0]?.text,
  }
}

/** What a process told until it ended, or had worked for so many seconds without a word. */
async function messagesOf(request: MeasureRequest, patience: number): Promise<readonly Message[]> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', join(import.meta.dirname, 'child.ts'), JSON.stringify(request)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  // Its own CPU time counts: on a busy machine it may wait for long. Without that, the time that passes.
  const used = (): number => usageOf(child.pid ?? 0)?.seconds ?? (performance.now() - begin) / 1000
  const begin = performance.now()
  let usedBefore = 0
  const messages: Message[] = []
  createInterface(child.stdout).on('line', (line) => {
    // The child writes nothing but messages.
    messages.push(JSON.parse(line) as Message)
    usedBefore = used()
  })
  const look = setInterval(() => {
    if (used() - usedBefore > patience) child.kill('SIGKILL')
  }, 100)
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk))
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => {
      resolve()
    })
  }).finally(() => {
    clearInterval(look)
  })
  // What kills it otherwise, as no memory, comes with another signal.
  const isGivenUp = child.signalCode === 'SIGKILL'
  if (child.exitCode !== 0 && !isGivenUp) messages.push({ kind: 'wrong', text: lastLine(errors) })
  return messages
}

function medianOf(samples: readonly number[]): number | undefined {
  return samples.length === 0 ? undefined : median(samples)
}

/** What an uncaught error says, without the places that it went through. */
function lastLine(errors: string): string {
  const lines = errors.split('\n').filter((line) => line !== '' && !/^\s+at |^Node\.js/.test(line))
  return lines.findLast((line) => /Error|fatal/i.test(line)) ?? lines.at(-1) ?? 'it ended early'
}
