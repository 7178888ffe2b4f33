import { closeSync, openSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Entry } from '../../interpreter/index.ts'
import { asynchronousCalls, CountsOverTime, Simulation } from '../../vm/index.ts'
import { unwritable } from '../files.ts'
import type { MakeMachine } from '../machine.ts'
import { Rejection } from '../rejection.ts'
import type { Terminal } from '../terminal.ts'
import { csvPieces, svgOf } from './counts.ts'
import type { SimulationRequest } from './kinetics.ts'
import { counted, grouped } from './wording.ts'

/** A simulation that is about to run, and what is counted while it does. */
export class Simulating {
  readonly #request: SimulationRequest
  readonly #counts: CountsOverTime
  #simulation: Simulation | undefined

  constructor(request: SimulationRequest) {
    const { out, plot } = request.counts ?? {}
    for (const file of [out, plot]) if (file !== undefined && file !== '-') checkWritable(file)
    this.#request = request
    this.#counts = new CountsOverTime(request.counts?.columns)
  }

  /** Refuses molecules that would call what answers later. */
  accept(entries: Iterable<Entry>): void {
    const diagnostics = asynchronousCalls(entries)
    if (diagnostics.length > 0) throw new Rejection(diagnostics)
  }

  readonly make: MakeMachine = (first, options) => {
    this.accept(first.contents().entries())
    const { until, counts } = this.#request
    const take = (time: number, entries: Iterable<Entry>): void => {
      this.#counts.take(time, entries)
    }
    this.#simulation = new Simulation(first, {
      ...options,
      ...(until < Infinity && { until }),
      ...(counts !== undefined && { sampling: { every: counts.every, take } }),
    })
    return this.#simulation
  }

  /** How it was simulated, for `--stats`. */
  get text(): string {
    const { method, nullEvents } = this.#simulation ?? { method: undefined, nullEvents: 0 }
    const nulls = nullEvents === 0 ? '' : `, ${counted(nullEvents, 'null event')}`
    switch (method) {
      case 'direct':
        return 'a network, all reactions in a row'
      case 'tree':
        return 'a network, reactions in a tree of sums'
      case 'general':
        return `in the general way${nulls}`
      case undefined:
        return 'nothing'
    }
  }

  /** Writes what was counted to where it is wanted. */
  async write(
    { file, seed }: { readonly file: string; readonly seed: number },
    terminal: Terminal,
  ): Promise<void> {
    const wanted = this.#request.counts
    if (wanted === undefined) return
    if (wanted.out === '-') await terminal.printPieces(csvPieces(this.#counts))
    else if (wanted.out !== undefined) write(wanted.out, [...csvPieces(this.#counts)].join(''))
    const title = file === '-' ? 'counts over time' : basename(file)
    if (wanted.plot !== undefined) write(wanted.plot, svgOf(this.#counts, { title, seed }))
    if (this.#counts.isByTag && wanted.columns === undefined)
      terminal.tell(
        `${grouped(this.#counts.species)} species are counted by tag; \`--columns species\` gives a column to each`,
      )
  }
}

/** A long run should not end with nowhere to write to. */
function checkWritable(file: string): void {
  try {
    closeSync(openSync(file, 'a'))
  } catch (error) {
    throw unwritable(`\`${file}\``, error)
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw unwritable(`\`${file}\``, error)
  }
}
