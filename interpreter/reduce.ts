import { append } from './append.ts'
import { EvaluationFailure, SizeFailure } from './failures.ts'
import { PlacedFailure } from './evaluate.ts'
import { HostCalls } from './host-calls.ts'
import { isInfinite } from './integer.ts'
import { locations, replaced } from './locate.ts'
import type { Matching } from './match.ts'
import { depthOf } from './depth.ts'
import { inside } from './molecule.ts'
import type { Entry, Molecule } from './molecule.ts'
import { Multiset, SolutionValue } from './multiset.ts'
import type { Reducer, Outcome, OutcomeKind, Reaction, RunOptions, Step } from './outcome.ts'
import { PendingElement } from './pending.ts'
import { Random } from './random.ts'
import { Inertness, react, search } from './react.ts'
import type { Possible, Reacted } from './react.ts'
import { shapeOf } from './rule.ts'
import { passedValueLimit } from './value-limits.ts'

/** How long a run goes on before it lets the host breathe. */
const TURN_MILLISECONDS = 10
/** Candidates that a search tries between two looks at the clock. */
const CANDIDATES_BETWEEN_LOOKS = 256

/**
 * The reference machine: after each reaction it looks at everything again. Slow and short; what it can
 * reach is what a program means.
 */
export class Reference implements Reducer {
  #root: SolutionValue
  #reactions = 0
  /** The reactions when the run began. */
  #since = 0
  #lastId = 0
  #pending = 0
  readonly #options: RunOptions
  readonly #random: Random
  readonly #inertness = new Inertness()
  readonly #matching: Matching
  readonly #host: HostCalls
  /** Answers that came and are not yet added. */
  readonly #answered: { readonly element: PendingElement; readonly entries: readonly Entry[] }[] =
    []
  #wake: (() => void) | undefined
  /** When the run is over, and when it lets the host breathe. */
  #deadline = Infinity
  #turnEnd = Infinity
  #candidates = 0

  constructor(solution: SolutionValue, options: RunOptions) {
    this.#root = solution
    this.#options = options
    this.#random = new Random(options.seed)
    this.#host = new HostCalls(options.calls ?? {}, options.signal, () => this.#reactions)
    this.#matching = {
      host: this.#host,
      random: () => this.#random.float(),
      isThere: (molecule) => this.#inertness.isThere(molecule),
      order: (entries) => this.#order(entries),
      isPauseDue: () => ++this.#candidates % CANDIDATES_BETWEEN_LOOKS === 0 && this.#isTurnOver(),
    }
    this.#start(pendingIn(solution))
  }

  get solution(): SolutionValue {
    return this.#root
  }

  get reactions(): number {
    return this.#reactions
  }

  inject(entries: Iterable<Entry>): void {
    const given = [...entries]
    this.#root = new SolutionValue(this.#root.contents().plus(given))
    this.#start(pendingIn(SolutionValue.of(given)))
  }

  step(): Step {
    this.#turnEnd = Infinity
    const found = this.#search()
    for (;;) {
      const { value } = found.next()
      this.#since = this.#reactions
      if (value !== undefined) return value
    }
  }

  async run(): Promise<Outcome> {
    const { clock, limits } = this.#options
    this.#deadline = clock() + (limits.milliseconds ?? Infinity)
    this.#turnEnd = clock() + TURN_MILLISECONDS
    let found = this.#search()
    for (;;) {
      const end = await this.#interruption()
      if (end !== undefined) return this.#outcome(end)
      const { value: step } = found.next()
      if (step === undefined) continue
      if (step.kind === 'stopped') return step.outcome
      if (step.kind === 'inert') return this.#outcome('inert')
      if (step.kind === 'waiting') await this.#answer()
      found = this.#search()
    }
  }

  /** At most one reaction, after pauses in a long search: `undefined` for each of them. */
  *#search(): Generator<undefined, Step> {
    this.#addAnswers()
    const stop = this.#limit()
    if (stop !== undefined) return { kind: 'stopped', outcome: stop }
    const next = yield* this.#first()
    if (next === undefined) return { kind: this.#pending > 0 ? 'waiting' : 'inert' }
    const { limits } = this.#options
    if (this.#reactions - this.#since >= (limits.reactions ?? Infinity))
      return { kind: 'stopped', outcome: this.#outcome('reaction-limit') }
    return this.#react(next)
  }

  /** The first reaction that is possible. Molecules that are injected in a pause make it search anew. */
  *#first(): Generator<undefined, Possible | undefined> {
    const root = this.#root
    for (const found of search(root, this.#inertness, this.#matching)) {
      if (found !== 'pause') return found
      yield
      if (root !== this.#root) return yield* this.#first()
    }
    return undefined
  }

  /** Lets the host breathe when the turn is over; gives what ended the run from outside. */
  async #interruption(): Promise<OutcomeKind | undefined> {
    const { clock, signal } = this.#options
    if (this.#isTurnOver()) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      this.#turnEnd = clock() + TURN_MILLISECONDS
    }
    if (clock() >= this.#deadline) return 'time-limit'
    return signal?.aborted === true ? 'aborted' : undefined
  }

  #isTurnOver(): boolean {
    const now = this.#options.clock()
    return now >= this.#turnEnd || now >= this.#deadline
  }

  #react(next: Possible): Step {
    const { limits, observe } = this.#options
    let reacted: Reacted
    try {
      reacted = react(next, this.#matching, () => ++this.#lastId)
    } catch (error) {
      return { kind: 'stopped', outcome: this.#failed(error, next) }
    }
    const { solution, products, pending } = reacted
    if (products.some(([m]) => next.location.level + 1 + depthOf(m, limits.depth) > limits.depth))
      return { kind: 'stopped', outcome: this.#outcome('depth-limit') }
    const limit = passedValueLimit(
      products.map(([molecule]) => molecule),
      limits,
    )
    if (limit !== undefined)
      return { kind: 'stopped', outcome: this.#outcome('size-limit', { limit }) }
    if (limits.molecules !== undefined && countOf(solution) > limits.molecules)
      return { kind: 'stopped', outcome: this.#outcome('molecule-limit') }
    if (pending.length > 0 && this.#pending + pending.length > (limits.calls ?? Infinity))
      return { kind: 'stopped', outcome: this.#outcome('call-limit') }
    this.#root = solution
    this.#reactions++
    this.#start(pending)
    const { rule, match, location } = next
    const reaction: Reaction = {
      number: this.#reactions,
      rule,
      reactants: match.reactants,
      products: [...products, ...pending.map((p) => [p, 1] as const)],
      level: location.level,
    }
    observe?.(reaction)
    return { kind: 'reacted', reaction }
  }

  #failed(error: unknown, { rule, match }: Possible): Outcome {
    if (error instanceof SizeFailure) return this.#outcome('size-limit')
    if (!(error instanceof EvaluationFailure)) throw error
    const place = error instanceof PlacedFailure ? error.place : shapeOf(rule).place
    const failure = { message: error.message, place, rule, reactants: match.reactants }
    return this.#outcome('failed', { failure })
  }

  /** What the first solution passes already. */
  #limit(): Outcome | undefined {
    const { limits } = this.#options
    if (this.#reactions > 0) return undefined
    if (limits.molecules !== undefined && countOf(this.#root) > limits.molecules)
      return this.#outcome('molecule-limit')
    const limit = passedValueLimit([this.#root], limits)
    return limit && this.#outcome('size-limit', { limit })
  }

  #outcome(kind: OutcomeKind, more: Pick<Outcome, 'failure' | 'limit'> = {}): Outcome {
    const at = { solution: this.#root, reactions: this.#reactions, pending: this.#pending }
    this.#since = this.#reactions
    return { kind, ...at, ...more }
  }

  /** Every run of one seed the same, and no candidate put off for ever: a turn of the list for `fast`, a shuffle for `random`. */
  #order(entries: Iterable<Entry>): Entry[] {
    const list = [...entries]
    if (this.#options.strategy === 'fast') {
      const turn = list.length === 0 ? 0 : this.#reactions % list.length
      return [...list.slice(turn), ...list.slice(0, turn)]
    }
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.#random.below(i + 1)
      const [a, b] = [list[i], list[j]]
      if (a !== undefined && b !== undefined) [list[i], list[j]] = [b, a]
    }
    return list
  }

  #start(pending: readonly PendingElement[]): void {
    for (const element of pending) {
      this.#pending++
      void element.answer(this.#host).then((entries) => {
        if (this.#host.isAborted) return
        this.#answered.push({ element, entries })
        this.#wake?.()
      })
    }
  }

  /** Waits for an answer, the time limit or an abort. */
  async #answer(): Promise<void> {
    const { clock, signal } = this.#options
    if (this.#answered.length > 0) return
    const left = this.#deadline - clock()
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      signal?.addEventListener(
        'abort',
        () => {
          resolve()
        },
        { once: true },
      )
      const stop = left === Infinity ? undefined : this.#host.timer(Math.max(0, left), resolve)
      this.#wake = () => {
        stop?.()
        resolve()
      }
    })
    this.#wake = undefined
  }

  #addAnswers(): void {
    for (const { element, entries } of this.#answered.splice(0)) {
      const place = locations(this.#root, () => false).find(
        (l) => l.contents.multiplicityOf(element) !== 0,
      )
      if (place === undefined) continue
      this.#root = replaced(place, place.contents.without(element).plus(entries))
      this.#pending--
    }
  }
}

function pendingIn(solution: SolutionValue): readonly PendingElement[] {
  return locations(solution, () => false).flatMap((l) =>
    [...l.contents.molecules()].filter(isPending),
  )
}

function isPending(molecule: Molecule): molecule is PendingElement {
  return molecule instanceof PendingElement
}

/** All molecules at every depth, copies counted, anti-molecules too; ∞ counts as one. */
export function countOf(root: SolutionValue): number {
  let count = 0
  const waiting: { molecules: Multiset; copies: number }[] = [
    { molecules: root.contents(), copies: 1 },
  ]
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    for (const [molecule, multiplicity] of top.molecules.entries()) {
      const copies = top.copies * (isInfinite(multiplicity) ? 1 : Math.abs(Number(multiplicity)))
      count += copies
      const stack = [molecule]
      for (let m = stack.pop(); m !== undefined; m = stack.pop()) {
        if (typeof m !== 'object' || m.kind === 'rule') continue
        if (m.kind === 'solution')
          waiting.push({ molecules: Multiset.of(m.contents().entries()), copies })
        else append(stack, inside(m) ?? [])
      }
    }
  }
  return count
}
