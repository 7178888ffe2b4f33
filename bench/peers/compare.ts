import { median } from '../measure/sampling.ts'
import type { Workload } from '../workload.ts'
import type { Side } from './installed.ts'
import { EMPTY } from './peer.ts'
import type { Peer } from './peer.ts'
import { timed } from './timed-process.ts'
import type { Command } from './timed-process.ts'

/** What one side needed for a program at a size, as fresh processes. */
export interface Figure {
  readonly ending: 'finished' | 'cut off' | 'failed' | 'wrong' | 'not tried'
  /** CPU seconds less the side's own start; of what was cut off, the limit. Medians. */
  readonly seconds: number
  readonly peakBytes: number | undefined
  readonly rounds: number
  /** What went wrong. */
  readonly text?: string
}

/** One program at one size: ours, and those that have it. */
export interface Comparison {
  readonly workload: string
  readonly size: number
  readonly ours: Figure
  readonly others: Readonly<Record<string, Figure>>
}

/** What it takes to start each side: CPU seconds. */
export type Starts = Readonly<Record<string, number>>

/** How much is compared. */
export interface CompareEffort {
  readonly rounds: number
  /** CPU seconds after which a process is cut off. */
  readonly cutOff: number
}

/** Everything that is compared: all in one run, so that all have the same machine. */
export class Comparing {
  readonly #sides: readonly Side[]
  readonly #effort: CompareEffort
  #starts: Starts = {}

  constructor(ours: Side, peers: readonly Peer[], effort: CompareEffort) {
    this.#sides = [ours, ...peers.map((peer) => ({ ...peer, runsBefore: 0 }))]
    this.#effort = effort
  }

  /** What each side costs before it does anything. To be asked for before the first comparison. */
  async starts(): Promise<Starts> {
    const starts: Record<string, number> = {}
    for (const side of this.#sides) {
      const command = side.command(EMPTY, 1)
      if (command === undefined) throw new Error(`${side.name} has no empty program`)
      // The first one fills the system's caches.
      await this.#runBefore(command, Math.max(1, side.runsBefore))
      const samples: number[] = []
      for (let round = 0; round < Math.max(5, this.#effort.rounds); round++)
        samples.push((await timed(command, { seconds: this.#effort.cutOff })).seconds)
      starts[side.name] = median(samples)
    }
    this.#starts = starts
    return starts
  }

  /** A program at all sizes, ascending. Who was cut off at one is not tried at a larger one. */
  async sizes(
    workload: Workload,
    sizes: readonly number[],
    tell: (text: string) => void,
  ): Promise<readonly Comparison[]> {
    const out = new Set<string>()
    const comparisons: Comparison[] = []
    const [smallest = 1] = sizes
    for (const { command, runsBefore } of this.#sides)
      await this.#runBefore(command(workload.name, smallest), runsBefore)
    for (const size of sizes) {
      tell(`${workload.name} ${size} beside peers`)
      const figures = await this.#figures(workload, size, out)
      for (const [name, { ending }] of figures) if (ending !== 'finished') out.add(name)
      const { ours: own, ...others } = Object.fromEntries(figures)
      if (own === undefined) throw new Error('our own figure is missing')
      comparisons.push({ workload: workload.name, size, ours: own, others })
    }
    return comparisons
  }

  async #runBefore(command: Command | undefined, times: number): Promise<void> {
    for (let i = 0; i < times && command !== undefined; i++)
      await timed(command, { seconds: this.#effort.cutOff })
  }

  /** Rounds in which all sides take turns. */
  async #figures(
    workload: Workload,
    size: number,
    out: ReadonlySet<string>,
  ): Promise<Map<string, Figure>> {
    const task = workload.peerTask(size)
    const expected = task.expected()
    const isRight = (result: string): boolean => result === expected || task.isRight(result)
    const figures = new Map<string, Figure>()
    const running = new Map<Side, { command: Command; runs: Sample[] }>()
    for (const side of this.#sides) {
      const command = side.command(workload.name, size)
      if (command === undefined) continue
      if (out.has(side.name)) figures.set(side.name, notTried)
      else running.set(side, { command, runs: [] })
    }
    for (let round = 0; round < this.#effort.rounds; round++)
      for (const [side, { command, runs }] of running) {
        if (runs.some(({ ending }) => ending !== 'finished')) continue
        runs.push(await this.#run(side, command, { expected, isRight }))
      }
    for (const [side, { runs }] of running) figures.set(side.name, this.#figure(side, runs))
    return figures
  }

  async #run(
    side: Side,
    command: Command,
    { expected, isRight }: { expected: string; isRight: (result: string) => boolean },
  ): Promise<Sample> {
    const run = await timed(command, { seconds: this.#effort.cutOff })
    if (run.ending !== 'finished')
      return { ...run, text: run.errors.trim().split('\n').at(-1) ?? '' }
    const result = side.result(run.output)
    // CLIPS says that it has no memory left and ends as if all were well.
    if (result === undefined) return { ...run, ending: 'failed', text: run.output.trim() }
    if (isRight(result)) return { ...run, text: '' }
    return { ...run, ending: 'wrong', text: `${result} instead of ${expected}` }
  }

  #figure(side: Side, runs: readonly Sample[]): Figure {
    const bad = runs.find(({ ending }) => ending !== 'finished')
    const peaks = runs.flatMap(({ peakBytes }) => (peakBytes === undefined ? [] : [peakBytes]))
    const peakBytes = peaks.length === 0 ? undefined : Math.max(...peaks)
    const net = median(runs.map(({ seconds }) => seconds)) - (this.#starts[side.name] ?? 0)
    const seconds = Math.max(0.001, net)
    const rounds = runs.length
    if (bad === undefined) return { ending: 'finished', seconds, peakBytes, rounds }
    const { ending, text } = bad
    const spent = ending === 'cut off' ? this.#effort.cutOff : bad.seconds
    return { ending, seconds: spent, peakBytes, rounds, text }
  }
}

interface Sample {
  readonly ending: 'finished' | 'cut off' | 'failed' | 'wrong'
  readonly seconds: number
  readonly peakBytes: number | undefined
  readonly text: string
}

const notTried: Figure = { ending: 'not tried', seconds: NaN, peakBytes: undefined, rounds: 0 }
