/*
 * A process of its own measures one form of one program at one size, so that no other program has
 * shaped the code that V8 made. It tells each figure at once: whoever started it may end it at any time.
 */
import type { Entry, Molecule, Reducer } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import { loadProgram, runOptions } from '../load.ts'
import type { LoadedProgram } from '../load.ts'
import { workloadNamed } from '../workloads/index.ts'
import type { Task } from '../workload.ts'
import type { MeasureRequest, Message } from './messages.ts'
import { bytesInUse, cpuOf, cpuOfLater, repetitions, settle } from './sampling.ts'

/** Code is warm after so many milliseconds in it. */
const WARM = 400
/** A shorter sample says little. */
const ENOUGH_FOR_HAND = 5
const ENOUGH_FOR_OURS = 3
/** So many machines at a time while code gets warm. */
const WARMING = 3
/** So many machines at most are loaded at a time, to be run in one sample. */
const AT_ONCE = 40

function tell(message: Message): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

async function measureHand(task: Task, { rounds, milliseconds }: MeasureRequest): Promise<void> {
  const first = cpuOf(() => task.hand())
  if (first > WARM) tell({ kind: 'hand', ms: first })
  let warm = first
  let once = first
  while (warm < WARM) {
    once = cpuOf(() => task.hand())
    warm += Math.max(once, 0.001)
  }
  const times = repetitions(once, ENOUGH_FOR_HAND)
  let used = first
  for (let round = 0; round < rounds && used < milliseconds; round++) {
    await settle()
    const ms = cpuOf(() => {
      for (let i = 0; i < times; i++) task.hand()
    })
    used += ms
    tell({ kind: 'hand', ms: ms / times })
  }
}

/** What a machine took to load and to run. */
interface Sample {
  readonly loading: number
  readonly reacting: number
  readonly reactions: number
}

/** Loads machines and runs them until they are inert. */
class Subject {
  readonly #request: MeasureRequest
  readonly #task: Task
  readonly #expected: string
  readonly #loaded: LoadedProgram

  constructor(request: MeasureRequest, task: Task) {
    this.#request = request
    this.#task = task
    this.#expected = task.expected()
    this.#loaded = loadProgram(workloadNamed(request.workload), request.form)
  }

  entries(): Entry[] {
    return this.#task.entries(this.#request.form, this.#loaded.rule)
  }

  machine(entries: Iterable<Entry>): Reducer {
    const machine = new Machine(this.#loaded.first, runOptions)
    machine.inject(entries)
    return machine
  }

  /** So many machines, one after the other, and what one of them took. */
  async sample(times: number, { isWarm }: { isWarm: boolean }): Promise<Sample> {
    const machines: Reducer[] = []
    let loading = 0
    for (let i = 0; i < times; i++) {
      const entries = this.entries()
      loading += cpuOf(() => machines.push(this.machine(entries)))
    }
    // Until then there is no need to wait for a quiet moment.
    if (isWarm) await settle()
    const results: string[] = []
    let reactions = 0
    const reacting = await cpuOfLater(async () => {
      for (const machine of machines) {
        const outcome = await machine.run()
        const result = this.#task.result(this.#request.form, outcome.solution)
        results.push(outcome.kind === 'inert' ? result : outcome.kind)
        reactions = outcome.reactions
      }
    })
    const wrong = results.find((result) => result !== this.#expected)
    if (wrong !== undefined) tell({ kind: 'wrong', text: `${wrong} instead of ${this.#expected}` })
    return { loading: loading / times, reacting: reacting / times, reactions }
  }
}

async function measureMemory(subject: Subject): Promise<void> {
  const molecules = deepCount(subject.entries())
  // A few molecules would be lost among what V8 keeps and drops by itself: then it is several machines.
  const copies = Math.min(100, Math.ceil(200_000 / molecules))
  // What is made once, for any number of molecules, is made now.
  const machines = [subject.machine(subject.entries())]
  const before = await bytesInUse()
  for (let i = 0; i < copies; i++) machines.push(subject.machine(subject.entries()))
  const bytes = ((await bytesInUse()) - before) / copies
  // All of them must live until here, the first so that it is not missing from the difference.
  if (machines.some(({ reactions }) => reactions > 0))
    throw new Error('it reacts while it is loaded')
  tell({ kind: 'memory', molecules, bytes })
}

async function measureOurs(
  subject: Subject,
  { rounds, milliseconds }: MeasureRequest,
): Promise<void> {
  let once = await subject.sample(1, { isWarm: false })
  let warm = once.reacting
  // What takes so long is warm within its first run: this is a sample already.
  if (warm > WARM) tellSample(once)
  while (warm < WARM) {
    once = await subject.sample(WARMING, { isWarm: false })
    warm += (once.reacting + once.loading) * WARMING
  }
  const times = Math.min(AT_ONCE, repetitions(once.reacting, ENOUGH_FOR_OURS))
  let used = warm
  for (let round = 0; round < rounds && used < milliseconds; round++) {
    const sample = await subject.sample(times, { isWarm: true })
    used += (sample.reacting + sample.loading) * times
    tellSample(sample)
  }
}

function tellSample(sample: Sample): void {
  tell({ kind: 'loading', ms: sample.loading })
  tell({ kind: 'reacting', ms: sample.reacting, reactions: sample.reactions })
}

/** With the molecules inside of solutions. */
function deepCount(entries: readonly Entry[]): number {
  let count = 0
  const waiting: Molecule[] = entries.map(([molecule]) => molecule)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    count++
    if (typeof next !== 'object') continue
    if (next.kind === 'solution') waiting.push(...next.molecules())
    else if (next.kind === 'tuple')
      for (const field of next.fields)
        if (typeof field === 'object' && field.kind === 'solution')
          waiting.push(...field.molecules())
  }
  return count
}

// What the parent writes, which is a MeasureRequest.
const request = JSON.parse(process.argv[2] ?? '') as MeasureRequest
const task = workloadNamed(request.workload).task(request.size)
if (request.form === 'program' && task.hasHand) await measureHand(task, request)
const subject = new Subject(request, task)
await measureMemory(subject)
await measureOurs(subject, request)
