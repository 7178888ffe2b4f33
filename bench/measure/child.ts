/*
 * A process of its own measures one form of one program at one size, so that no other program has
 * shaped the code that V8 made. It tells each figure at once: whoever started it may end it at any time.
 */
import { setFlagsFromString } from 'node:v8'
import type { Entry, Molecule, Reducer } from '../../interpreter/index.ts'
import { loadProgram, machineFor, resultOf } from '../load.ts'
import type { LoadedProgram } from '../load.ts'
import { workloadNamed } from '../workloads/index.ts'
import type { Task } from '../workload.ts'
import type { MeasureRequest, Message } from './messages.ts'
import { bytesInUse, cpuOf, cpuOfLater, repetitions, settle } from './sampling.ts'

/** Code is warm after so many milliseconds in it: V8 is done with the larger generated functions by then. */
const WARM = 2_000
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

/** What the hand-written program takes, so many times over. */
function handTimes(task: Task, times: number): number {
  let printed = 0
  const ms = cpuOf(() => {
    for (let i = 0; i < times; i++) printed += task.hand().length
  })
  // What it gives is used: nobody can leave its work out.
  if (printed === 0) throw new Error('a result is at least a digit')
  return ms
}

async function measureHand(task: Task, { rounds, milliseconds }: MeasureRequest): Promise<void> {
  // V8's middle compiler puts a loop that its best one had compiled into a caller that is not that hot
  // yet, and the loop is five times as slow for some hundred calls. By hand is to mean at its best.
  setFlagsFromString('--no-maglev')
  let once = handTimes(task, 1)
  if (once > WARM) tell({ kind: 'hand', ms: once })
  let used = once
  while (used < WARM) {
    const times = repetitions(once, ENOUGH_FOR_HAND)
    const ms = handTimes(task, times)
    used += Math.max(ms, 0.1)
    once = ms / times
  }
  const times = repetitions(once, ENOUGH_FOR_HAND)
  for (let round = 0; round < rounds && used < milliseconds; round++) {
    await settle()
    const ms = handTimes(task, times)
    used += ms
    tell({ kind: 'hand', ms: ms / times })
  }
  setFlagsFromString('--maglev')
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

  batches(): readonly Iterable<Entry>[] {
    return this.#task.batches(this.#request.form, this.#loaded.rule)
  }

  machine(batches: readonly Iterable<Entry>[]): Reducer {
    const machine = machineFor(this.#task, this.#loaded.first)
    for (const batch of batches) machine.inject(batch)
    return machine
  }

  /** So many machines, one after the other, and what one of them took. */
  async sample(times: number, { isWarm }: { isWarm: boolean }): Promise<Sample> {
    const machines: Reducer[] = []
    let loading = 0
    for (let i = 0; i < times; i++) {
      const batches = this.batches()
      loading += cpuOf(() => machines.push(this.machine(batches)))
    }
    // Until then there is no need to wait for a quiet moment.
    if (isWarm) await settle()
    const results: string[] = []
    let reactions = 0
    const reacting = await cpuOfLater(async () => {
      for (const machine of machines) {
        const outcome = await machine.run()
        results.push(resultOf(this.#task, this.#request.form, outcome))
        reactions = outcome.reactions
      }
    })
    const wrong = results.find((result) => result !== this.#expected && !this.#task.isRight(result))
    if (wrong !== undefined) tell({ kind: 'wrong', text: `${wrong} instead of ${this.#expected}` })
    return { loading: loading / times, reacting: reacting / times, reactions }
  }
}

async function measureMemory(subject: Subject): Promise<void> {
  const molecules = deepCount(subject.batches())
  if (molecules === 0) return
  // A few molecules would be lost among what V8 keeps and drops by itself: then it is several machines.
  const copies = Math.min(100, Math.ceil(200_000 / molecules))
  // What is made once, for any number of molecules, is made now.
  const machines = [subject.machine(subject.batches())]
  const before = await bytesInUse()
  for (let i = 0; i < copies; i++) machines.push(subject.machine(subject.batches()))
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
function deepCount(batches: readonly Iterable<Entry>[]): number {
  let count = 0
  const waiting: Molecule[] = batches.flatMap((batch) =>
    Array.from(batch, ([molecule]) => molecule),
  )
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
