import { searchCode } from './code/search.ts'
import type { Cursor, StartCode } from './code/search.ts'
import type { Answer, Run, Step } from './code/run.ts'
import type { PatternContext } from './code/patterns.ts'
import { canGenerateFor, generatedSearch } from './generate/search.ts'
import type { Reactor } from './generate/react.ts'
import { canGenerate } from './generate/text.ts'
import type { Anatomy, Head } from './plan/heads.ts'
import type { ReactionPlan } from './plan/outcome.ts'
import { planFor } from './plan/planner.ts'
import type { ClassTable } from './store/molecule-class.ts'
import type { Store } from './store/store.ts'

/** When searches are made into functions of their own: closures are ready at once, generated code is faster. */
export type CodeGeneration = 'when-hot' | 'always' | 'never'

/** What generating code needs of the machine. */
export interface Generation {
  readonly when: CodeGeneration
  readonly classes: ClassTable
  readonly reactor: Reactor
}

/** The rule that a search is for. */
interface Searched {
  readonly anatomy: Anatomy
  readonly react: Step
  readonly open: PatternContext['open']
  readonly reaction: ReactionPlan | undefined
}

/** Starts of a search until it is worth a function of its own: making one costs some tens of microseconds. */
const HOT = 64

/** The search for the other heads of a rule when one is given. Runs as closures until it is hot. */
export class HeadSearch {
  readonly #rule: Searched
  readonly #generation: Generation
  readonly #head: Head | undefined
  readonly #cursor: Cursor = { at: 0 }
  #starts = 0
  #start: StartCode | undefined

  constructor(rule: Searched, head: Head | undefined, generation: Generation) {
    this.#rule = rule
    this.#head = head
    this.#generation = generation
    if (generation.when === 'always') this.#starts = HOT - 1
  }

  start(run: Run, store: Store | undefined, slot: number): Answer {
    if (this.#starts < HOT && !run.isResuming && ++this.#starts === HOT) this.#generate()
    this.#start ??= this.#closures()
    return this.#start(run, store, slot)
  }

  #closures(): StartCode {
    const { anatomy, react, open } = this.#rule
    return searchCode(planFor(anatomy, this.#head), react, { open, cursor: this.#cursor })
  }

  #generate(): void {
    const { when, classes, reactor } = this.#generation
    const { anatomy, react, reaction } = this.#rule
    const plan = planFor(anatomy, this.#head)
    if (when === 'never' || !canGenerateFor(plan) || !canGenerate()) return
    this.#start = generatedSearch(plan, {
      classes,
      reactor,
      react,
      reaction,
      cursor: this.#cursor,
    })
  }
}
