import type { Arriving } from './arriving.ts'
import { storesCode } from './code/candidates.ts'
import { fieldsSpec } from './code/index-specs.ts'
import { searchCode } from './code/search.ts'
import type { Cursor, StartCode } from './code/search.ts'
import { NOTHING } from './code/run.ts'
import type { Answer, Run, Step } from './code/run.ts'
import type { PatternContext } from './code/patterns.ts'
import { canGenerateFor, generatedSearch } from './generate/search.ts'
import { followCode } from './generate/follow.ts'
import type { FollowCode, Joined, Reactor } from './generate/react.ts'
import { canGenerate } from './generate/text.ts'
import type { Membrane } from './membrane.ts'
import { leavesAlone } from './plan/follower.ts'
import type { Anatomy, Head } from './plan/heads.ts'
import type { ReactionPlan } from './plan/outcome.ts'
import { goesOnAt } from './plan/go-on.ts'
import type { GoingOn } from './plan/go-on.ts'
import { withoutScans } from './plan/plan.ts'
import type { MatchPlan } from './plan/plan.ts'
import { planFor } from './plan/planner.ts'
import type { Estimate } from './plan/planner.ts'
import { Counts, estimateFrom } from './statistics.ts'
import { gather } from './store/gathering.ts'
import type { ClassTable, MoleculeClass } from './store/molecule-class.ts'
import type { Store } from './store/store.ts'

/** When searches are made into functions of their own: closures are ready at once, generated code is faster. */
export type CodeGeneration = 'when-hot' | 'always' | 'never'

/** What generating code needs of the machine. */
export interface Generation {
  readonly when: CodeGeneration
  readonly classes: ClassTable
  readonly reactor: Reactor
  readonly arrivals: Arriving
  /** What is sure to follow on a rule's reactions in a membrane, where that may be done with them. */
  readonly joined: (anatomy: Anatomy, membrane: Membrane) => Joined | undefined
  /** Whether a reaction may be made again at once where others are possible. */
  readonly mayRepeat: boolean
}

/** The rule that a search is for. */
interface Searched {
  readonly anatomy: Anatomy
  readonly react: Step
  readonly opening: PatternContext['opening']
  readonly reaction: ReactionPlan | undefined
}

/** Starts of a search until it is worth a function of its own: making one costs some tens of microseconds. */
const HOT = 64
/** Starts between two looks at whether the plan still suits the solution; fewer at first. */
const REVIEW_AT_MOST = 8192

/** Candidates a start from which such an index pays. */
const LONG = 32

/** The search for the other heads of a rule when one is given. Runs as closures until it is hot. */
export class HeadSearch {
  readonly #rule: Searched
  readonly #generation: Generation
  readonly #head: Head | undefined
  readonly #cursor: Cursor = { at: 0 }
  #starts = 0
  /** The start at which the plan is looked at again. */
  #review = HOT
  #counts: Pick<Counts, 'haveDrifted' | 'noted'> | undefined
  /** What the search was last planned from. */
  #planned: Planned | undefined
  #start: StartCode | undefined
  /** Whether an index that costs more to keep could take the place of looking at each candidate, and how many were looked at. */
  #mayIndex = false
  #looked = 0
  #isIndexed = false

  constructor(rule: Searched, head: Head | undefined, generation: Generation) {
    this.#rule = rule
    this.#head = head
    this.#generation = generation
  }

  start(run: Run, store: Store | undefined, slot: number): Answer {
    // A search that is gone on with was counted when it began.
    if (!run.isResuming && ++this.#starts >= this.#review) this.#reconsider(run, store)
    if (this.#start === undefined && this.#hasTooFew(run.membrane)) return NOTHING
    const start = (this.#start ??= this.#code(run, store))
    if (!this.#mayIndex) return start(run, store, slot)
    const before = run.looked
    const answer = start(run, store, slot)
    this.#looked += run.looked - before
    return answer
  }

  /** Whether there are fewer molecules than reactants: a rule of hundreds takes long to plan. */
  #hasTooFew({ stores }: Membrane): boolean {
    const { heads } = this.#rule.anatomy
    // What is being activated stands in no list yet.
    let there = 1
    for (const store of stores) {
      if (store?.copies !== undefined) return false
      there += store?.linkedCount ?? 0
    }
    return (
      heads.filter(({ within, reactant }) => within === undefined && reactant.kind === 'single')
        .length > there
    )
  }

  #reconsider(run: Run, store: Store | undefined): void {
    const before = this.#review
    this.#review = this.#starts + Math.min(this.#starts, REVIEW_AT_MOST)
    const takesLong = this.#mayIndex && this.#looked > LONG * before
    this.#looked = 0
    if (takesLong) this.#isIndexed = true
    // The first time is when the search is hot.
    else if (this.#starts > HOT && this.#counts?.haveDrifted(run.membrane) === false) return
    this.#start = this.#code(run, store)
  }

  #code(run: Run, active: Store | undefined): StartCode {
    const { anatomy } = this.#rule
    this.#counts = this.#isOrdered ? new Counts(anatomy, run.membrane) : UNCHANGING
    const estimates: (number | undefined)[] = []
    const estimate = this.#isOrdered ? estimateFrom(run, anatomy) : undefined
    const { when, joined } = this.#generation
    this.#planned = {
      estimates,
      isIndexed: this.#isIndexed,
      isHot: when === 'always' || (when === 'when-hot' && this.#starts >= HOT),
      joined: joined(anatomy, run.membrane),
    }
    const plan = this.#planOf(
      this.#planned,
      estimate &&
        ((head, access) => {
          const candidates = estimate(head, access)
          estimates.push(candidates)
          return candidates
        }),
    )
    if (this.#generation.mayRepeat && !run.isResuming) gatherFor(plan, run.membrane, active)
    return this.#codeOf(this.#planned, plan)
  }

  /** A rule with one head has nothing to put in order. */
  get #isOrdered(): boolean {
    return this.#rule.anatomy.heads.length > (this.#head === undefined ? 1 : 2)
  }

  #planOf({ isIndexed }: Planned, estimate: Estimate | undefined): MatchPlan {
    const scanning = planFor(this.#rule.anatomy, this.#head, estimate)
    const indexed = withoutScans(scanning)
    this.#mayIndex = indexed !== undefined && !isIndexed
    return isIndexed ? (indexed ?? scanning) : scanning
  }

  #codeOf({ isHot, joined }: Planned, plan: MatchPlan): StartCode {
    const { classes, reactor, arrivals, mayRepeat } = this.#generation
    const { react, reaction, opening } = this.#rule
    const cursor = this.#cursor
    const products = [...(reaction?.products ?? []), ...(joined?.chain?.plan.products ?? [])]
    const made = products.map(({ expression }) => expression)
    const goesOn = goesOnAt(plan, reaction, made, classes)
    let closures: StartCode | undefined
    const general: StartCode = (search, store, slot) =>
      (closures ??= searchCode(plan, react, { opening, cursor, goesOn }))(search, store, slot)
    return isHot && canGenerateFor(plan) && canGenerate()
      ? generatedSearch(plan, {
          ...{ classes, reactor, arrivals, react, reaction },
          ...{ cursor, goesOn, joined, mayRepeat, opening, general },
          follow: (moleculeClass) => this.#follow(moleculeClass, joined, goesOn),
        })
      : searchCode(plan, react, { opening, cursor, goesOn })
  }

  /** What takes what reactions make at once, where it lets alone what the search goes on with. */
  #follow(
    moleculeClass: MoleculeClass,
    joined: Joined | undefined,
    { level }: GoingOn,
  ): FollowCode | undefined {
    const { classes, reactor, arrivals } = this.#generation
    const follower = joined?.dispatch.follower(moleculeClass)
    if (joined === undefined || follower === undefined) return undefined
    if (level >= 0 && !leavesAlone(follower, this.#rule.anatomy, classes)) return undefined
    return followCode(follower, { classes, reactor, arrivals, dispatch: joined.dispatch })
  }

  /** How far it has come; undefined where it was never begun. */
  get state(): SearchState | undefined {
    if (this.#starts === 0) return undefined
    return {
      ...{ starts: this.#starts, review: this.#review, looked: this.#looked },
      ...{ isIndexed: this.#isIndexed, cursor: this.#cursor.at },
      planned: this.#planned && { ...this.#planned, counts: this.#counts?.noted ?? [] },
    }
  }

  /** Goes on from there: with the same plan, which is made from what was known when it was made. */
  restore({ planned, ...from }: SearchState): void {
    this.#starts = from.starts
    this.#review = from.review
    this.#looked = from.looked
    this.#isIndexed = from.isIndexed
    this.#cursor.at = from.cursor
    if (planned === undefined) return
    this.#planned = planned
    this.#counts = this.#isOrdered ? new Counts(this.#rule.anatomy, planned.counts) : UNCHANGING
    let asked = 0
    const estimate = this.#isOrdered ? () => planned.estimates[asked++] : undefined
    this.#start = this.#codeOf(planned, this.#planOf(planned, estimate))
  }
}

/**
 * When a search has been planned and not begun, nobody holds slots but of what is being activated: what it
 * will look up by fields is put in a good order.
 */
function gatherFor({ steps }: MatchPlan, membrane: Membrane, active: Store | undefined): void {
  for (const step of steps) {
    if (step.kind !== 'find' || step.access.kind !== 'fields' || step.head.within !== undefined)
      continue
    const spec = fieldsSpec(step.access.keys.map(({ column }) => column))
    for (const store of storesCode(step.head.reactant.pattern)(membrane))
      if (store !== undefined && store !== active && gather(store, spec)) membrane.changed()
  }
}

/** What a search is planned from beside its rule. */
interface Planned {
  /** How many candidates each access path seemed to have, in the order in which the planner asked. */
  readonly estimates: readonly (number | undefined)[]
  readonly isIndexed: boolean
  readonly isHot: boolean
  readonly joined: Joined | undefined
}

/** What the course of a search depends on beside what is there. */
export interface SearchState {
  readonly starts: number
  readonly review: number
  readonly looked: number
  readonly isIndexed: boolean
  readonly cursor: number
  readonly planned: (Planned & { readonly counts: readonly number[] }) | undefined
}

/** Of a search that has but one order. */
const UNCHANGING = { noted: [], haveDrifted: (): boolean => false }
