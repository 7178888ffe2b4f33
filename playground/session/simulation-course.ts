import { DEFAULT_DEPTH, SolutionValue, countOf, negateInt } from '../../interpreter/index.ts'
import type { Entry, Outcome, Step } from '../../interpreter/index.ts'
import { Simulation, pause } from '../../vm/index.ts'
import type { Program } from '../../vm/index.ts'
import { NEVER } from './course.ts'
import type { Course, CourseOptions } from './course.ts'

/** Milliseconds after which others may do something. */
const TURN = 10

/** A course in simulated time, by the exact stochastic algorithm. */
export class SimulationCourse implements Course {
  readonly #program: Program
  readonly #options: CourseOptions
  readonly #simulation: Simulation
  #solution: SolutionValue | undefined

  constructor(program: Program, options: CourseOptions) {
    const { seed, limits, clock, until } = options
    this.#program = program
    this.#options = options
    this.#simulation = new Simulation(program.first(seed), {
      ...{ seed, clock },
      limits: { depth: DEFAULT_DEPTH, ...limits, milliseconds: NEVER },
      ...(until !== undefined && { until }),
    })
  }

  get solution(): SolutionValue {
    return (this.#solution ??= this.#simulation.solution)
  }

  get reactions(): number {
    return this.#simulation.reactions
  }

  get molecules(): number {
    return countOf(this.solution)
  }

  get time(): number {
    return this.#simulation.time
  }

  step(): Step {
    this.#solution = undefined
    return this.#simulation.step()
  }

  async run(reactions: number): Promise<Outcome> {
    this.#solution = undefined
    if (reactions < Infinity) return this.#runTo(this.reactions + reactions)
    return this.#simulation.run().finally(() => {
      this.#solution = undefined
    })
  }

  /** A simulation is told from its beginning how far its runs go, so this one goes step by step. */
  async #runTo(most: number): Promise<Outcome> {
    const { clock } = this.#options
    for (let due = clock() + TURN; this.reactions < most;) {
      const step = this.#simulation.step()
      if (step.kind === 'stopped') return step.outcome
      if (step.kind !== 'reacted') return this.#ended('inert')
      if (clock() < due) continue
      if (clock() === Infinity) return this.#ended('time-limit')
      await pause()
      due = clock() + TURN
    }
    return this.#ended('reaction-limit')
  }

  #ended(kind: Outcome['kind']): Outcome {
    this.#solution = undefined
    const { solution, reactions, time } = this
    return { kind, solution, reactions, pending: 0, simulatedTime: time }
  }

  inject(molecules: string): void {
    this.#put(this.#program.molecules(molecules, this.#options.seed))
  }

  remove(molecules: string): void {
    const wanted = SolutionValue.of(this.#program.molecules(molecules, this.#options.seed))
    const there = this.solution.contents()
    const taken: Entry[] = []
    for (const [molecule, copies] of wanted.contents().entries()) {
      const present = there.multiplicityOf(molecule)
      if (present < copies)
        throw new RangeError(
          `of ${String(copies)} molecules to remove ${String(present)} are there`,
        )
      taken.push([molecule, negateInt(copies)])
    }
    this.#put(taken)
  }

  #put(entries: readonly Entry[]): void {
    this.#simulation.inject(entries)
    this.#solution = undefined
  }

  keep(): void {
    // A simulation tells its solution whenever it is asked.
  }

  rewind(reactions: number): boolean {
    return reactions === 0
  }
}
