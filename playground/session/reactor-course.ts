import type { Outcome, SolutionValue, Step, Strategy } from '../../interpreter/index.ts'
import { Reactor } from '../../vm/index.ts'
import type { Program, ReactorOptions } from '../../vm/index.ts'
import { NEVER } from './course.ts'
import type { Course, CourseOptions } from './course.ts'

/** So many reactions can be undone for good. */
export const MOST_RECORDED = 10_000

interface ReactorCourseOptions extends CourseOptions {
  readonly strategy: Strategy
  readonly isKept: boolean
}

/** A course by a reactor. While each solution is kept, it is observed; otherwise it runs at its full speed. */
export class ReactorCourse implements Course {
  readonly #options: ReactorOptions
  #reactor: Reactor
  #isKept: boolean

  constructor(program: Program, { isKept, limits, ...options }: ReactorCourseOptions) {
    this.#options = { ...options, timer, limits: { ...limits, milliseconds: NEVER } }
    this.#isKept = isKept
    this.#reactor = Reactor.create(program, { ...this.#options, ...keeping(isKept) })
  }

  get solution(): SolutionValue {
    return this.#reactor.solution
  }

  get reactions(): number {
    return this.#reactor.stats().reactions
  }

  get molecules(): number {
    return this.#reactor.stats().molecules
  }

  get time(): undefined {
    return undefined
  }

  step(): Step {
    return this.#reactor.step()
  }

  run(reactions: number): Promise<Outcome> {
    // A reactor is told from its beginning how far its runs go.
    if (reactions < Infinity) this.#goOn({ reactions })
    return this.#reactor.run()
  }

  inject(molecules: string): void {
    this.#reactor.inject(molecules)
  }

  remove(molecules: string): void {
    this.#reactor.remove(molecules)
  }

  /** The reactor goes on as another one, which was told from its beginning whether it is observed. */
  keep(eachSolution: boolean): void {
    if (eachSolution === this.#isKept) return
    const snapshot = this.#reactor.snapshot()
    this.#isKept = eachSolution
    this.#goOn({}, snapshot)
  }

  #goOn(limits: ReactorOptions['limits'], from = this.#reactor.snapshot()): void {
    this.#reactor = Reactor.restore(from, {
      ...this.#options,
      ...keeping(this.#isKept),
      limits: { ...this.#options.limits, ...limits },
    })
  }

  rewind(reactions: number): boolean {
    if (this.#reactor.history.length < reactions) return false
    for (let i = 0; i < reactions; i++) this.#reactor.stepBack()
    return true
  }
}

function keeping(isKept: boolean): Pick<ReactorOptions, 'history'> {
  return isKept ? { history: MOST_RECORDED } : {}
}

const LONGEST_TIMER = 2 ** 31 - 1
const LOOKS_AGAIN = 50

/** Who waits for longer than a timer can last looks again now and then: the clock may have jumped. */
function timer(milliseconds: number, then: () => void): () => void {
  const capped = milliseconds > LONGEST_TIMER ? LOOKS_AGAIN : milliseconds
  const timeout = setTimeout(then, capped)
  return () => {
    clearTimeout(timeout)
  }
}
