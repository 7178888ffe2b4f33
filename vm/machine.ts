import { Random } from '../interpreter/index.ts'
import type {
  Reducer,
  Entry,
  EvaluationFailure,
  Molecule,
  Outcome,
  OutcomeKind,
  Pending,
  Reaction,
  Rule,
  SolutionValue,
  Step,
} from '../interpreter/index.ts'
import { Bounds } from './bounds.ts'
import {
  ACTIVATIONS_BETWEEN_LOOKS,
  Activation,
  FAIR,
  SLICE,
  TURN_MILLISECONDS,
} from './activation.ts'
import type { Pace } from './activation.ts'
import type { Reacting } from './code/react.ts'
import { BROKEN_OFF, NOTHING, Run } from './code/run.ts'
import { Answers } from './answers.ts'
import { Dormitory } from './dormitory.ts'
import { freeze } from './freeze.ts'
import type { Reactor } from './generate/react.ts'
import { Kernels } from './kernels/kernels.ts'
import type { KernelHost, KernelReport } from './kernels/kernels.ts'
import { ValueKernels } from './kernels/values.ts'
import type { MachineOptions } from './machine-options.ts'
import { Membrane } from './membrane.ts'
import { pause } from './pause.ts'
import { pour, pourValue } from './pouring.ts'
import { putGivenInPlace } from './prepare.ts'
import type { Counters, CutShort, MachineParts } from './snapshot/machine-parts.ts'
import { stopFor } from './stop.ts'
import type { Failing, Stop } from './stop.ts'
import type { World } from './world.ts'
import { reachableShapes } from './plan/reachable.ts'
import { Ready } from './ready.ts'
import type { Product, Residual } from './residual.ts'
import { RuleTable } from './rule-table.ts'
import { liveRules } from './rules.ts'
import type { LiveRules } from './rules.ts'
import { Selection, isRuleStrategy } from './selection.ts'
import { Sleepers, hasSleepers } from './sleepers.ts'
import { Solutions } from './solutions.ts'
import { PENDING, SPARED } from './store/store.ts'
import { ClassTable } from './store/molecule-class.ts'
import type { MoleculeClass } from './store/molecule-class.ts'
import { SetAside } from './workers/set-aside.ts'
import type { ApartReport } from './workers/set-aside.ts'

/**
 * The compiled machine: membranes that have something to activate take turns; a membrane with an empty
 * worklist is inert once all inside is. It can be stopped between any two reactions and gone on with.
 */
export class Machine implements Reducer, World<Membrane>, Reacting, Reactor, Pace, KernelHost {
  readonly #options: MachineOptions
  readonly #random: Random
  readonly #isFast: boolean
  readonly #classes = new ClassTable()
  readonly #solutions: Solutions
  readonly #bounds: Bounds
  readonly #root: Membrane
  readonly #activation: Activation
  /** Present under the strategies that choose a rule first. */
  readonly #selection: Selection | undefined
  readonly #kernels: Kernels | undefined
  /** Present where solutions can be reduced as values. */
  readonly #sleepers: Sleepers | undefined
  readonly #rules: RuleTable
  readonly noRules: LiveRules
  readonly #dormitory: Dormitory
  readonly #ready = new Ready()
  /** Present where solutions are reduced apart. */
  readonly #setAside: SetAside | undefined
  #cutShort: CutShort | undefined
  #reactions = 0
  /** So many of them were the last that happened in one go. */
  #atOnce = 1
  #lastId = 0
  readonly #answers: Answers
  #stop: Stop | undefined
  /** So many milliseconds of its time were used by a run that is under way; a run that goes on elsewhere has the rest. */
  #used = 0
  #isWorking = false
  #turnEnd = Infinity
  #deadline = Infinity
  #isTurnOver = false
  /** Reactions after which `step` has what it wants. */
  #enough = Infinity
  #looks = 0
  #last: Reaction | undefined
  isObserved: boolean

  constructor(first: SolutionValue, options: MachineOptions) {
    this.#options = options
    this.#isFast = options.strategy === 'fast'
    this.#solutions = new Solutions(this, this.#classes)
    this.#rules = RuleTable.of(this, this.#solutions, options)
    this.noRules = this.#rules.rules()
    this.#bounds = new Bounds(options)
    this.#random = new Random(options.seed)
    this.#answers = new Answers(options, () => this.#reactions)
    this.isObserved = options.observe !== undefined
    this.#setAside = SetAside.of(options, (apart, how) => new Machine(apart, how))
    for (const shape of reachableShapes([first])) this.#rules.expect(shape, this.#classes)
    this.#root = new Membrane(this)
    const run = new Run(this.#root, this.#answers.around(this.#random), () => this.isOverdue())
    const drawing = options.strategy === 'random' ? this.#random : undefined
    if (drawing !== undefined) run.random = (n) => drawing.below(n)
    if (options.strategy === 'fast') run.mayGoOn = () => !this.mustPause && !this.hasPassed(SLICE)
    this.#activation = new Activation(run, this, drawing)
    if (isRuleStrategy(options.strategy))
      this.#selection = new Selection(options.strategy, run, this, this.#random)
    const { kernels = 'when-many', awakeSolutions = 16_384 } = options
    this.#dormitory = new Dormitory(awakeSolutions)
    if (this.#isFast && kernels !== 'never' && !this.#bounds.areValuesBounded) {
      this.#kernels = new Kernels(this, new Run(this.#root, run.surroundings, () => false), kernels)
      const values = new ValueKernels(this.#rules, this.#classes, this.#kernels)
      if (this.#setAside === undefined)
        this.#sleepers = new Sleepers(this, this.#solutions, values, this.#activation)
    }
    pourValue(this.#root, first)
  }

  get solution(): SolutionValue {
    return freeze(this.#root)
  }

  /** The membrane around all others. Who looks into it must not change it. */
  get outermost(): Membrane {
    return this.#root
  }

  get reactions(): number {
    return this.#reactions
  }

  /** What recognised rules did in one go so far. */
  get kernelReports(): readonly KernelReport[] {
    return this.#kernels?.reports ?? []
  }

  /** What was reduced apart so far. Undefined where nothing can be. */
  get apartReport(): ApartReport | undefined {
    return this.#setAside?.report
  }

  /** All that its course depends on, to be looked at and set by a snapshot: between two turns only. */
  get parts(): MachineParts {
    return {
      ...{ root: this.#root, random: this.#random, classes: this.#classes, rules: this.#rules },
      ...{ ready: this.#ready, dormitory: this.#dormitory, isWorking: this.#isWorking },
      ...{ activation: this.#activation, selection: this.#selection, kernels: this.#kernels },
      ...{ sleepers: this.#sleepers, answers: this.#answers, cutShort: this.#cutShort },
      ...{ reactions: this.#reactions, atOnce: this.#atOnce, lastId: this.#lastId },
      ...{ looks: this.#looks, used: this.#used, ...this.#bounds.counters },
    }
  }

  /** Goes on from such numbers; the other parts were set already. */
  restore(from: Counters & { readonly cutShort: CutShort | undefined }): void {
    ;({ cutShort: this.#cutShort, reactions: this.#reactions, atOnce: this.#atOnce } = from)
    ;({ lastId: this.#lastId, looks: this.#looks, used: this.#used } = from)
    this.#bounds.restore(from)
  }

  inject(entries: Iterable<Entry>): void {
    pour(this.#root, entries)
    this.#answers.wake()
  }

  step(): Step {
    const [before, wasObserved] = [this.#reactions, this.isObserved]
    this.isObserved = true
    const ended = this.advance(1)
    ;[this.isObserved, this.#bounds.since] = [wasObserved, this.#reactions]
    if (typeof ended === 'object') return { kind: 'stopped', outcome: ended }
    if (this.#reactions > before && this.#last !== undefined)
      return { kind: 'reacted', reaction: this.#last }
    return { kind: ended === 'waiting' ? 'waiting' : 'inert' }
  }

  /** So many reactions, or more where some come in one go, without waiting for anything; gives what stops them. */
  advance(most: number): Outcome | 'more' | 'inert' | 'waiting' {
    const enough = this.#reactions + most
    ;[this.#enough, this.#turnEnd, this.#deadline] = [enough, Infinity, Infinity]
    this.#stop = undefined
    this.#answers.add()
    for (const membrane of this.#setAside?.release() ?? []) this.#ready.put(membrane)
    this.#work()
    this.#enough = Infinity
    const rest = this.#answers.pending > 0 ? 'waiting' : 'inert'
    return this.#stopped() ?? (this.#reactions >= enough ? 'more' : rest)
  }

  async run(): Promise<Outcome> {
    const { clock, limits, signal } = this.#options
    const start = clock() - this.#used
    this.#deadline = start + (limits.milliseconds ?? Infinity)
    this.#stop = undefined
    const passed = this.#bounds.passedIn(this.#root)
    if (passed !== undefined) return this.#outcome(passed.kind, passed)
    for (;;) {
      if (signal?.aborted === true) return this.#outcome('aborted')
      const now = clock()
      if (now >= this.#deadline) return this.#outcome('time-limit')
      this.#used = now - start
      this.#turnEnd = now + TURN_MILLISECONDS
      this.#isTurnOver = false
      this.#answers.add()
      this.#work()
      const stop = this.#stopped()
      if (stop !== undefined) return stop
      if (this.#setAside?.isDue === true) {
        const reduced = await this.#setAside.reduce(this.#deadline, this.#ready)
        this.#reactions += reduced.reactions
        this.#stop = reduced.stop
      } else if (this.#isAtRest) {
        if (this.#answers.pending === 0) return this.#outcome('inert')
        this.#options.onTurn?.()
        await this.#answers.next(this.#deadline)
      } else {
        this.#options.onTurn?.()
        await pause()
      }
    }
  }

  get #isBrokenOff(): boolean {
    return this.#activation.isBrokenOff || this.#selection?.brokenOffIn !== undefined
  }

  /** Whether nothing can be done before an answer comes. */
  get #isAtRest(): boolean {
    if (this.#isBrokenOff || this.#cutShort !== undefined) return false
    return this.#ready.isEmpty && this.#setAside?.isEmpty !== false
  }

  #stopped(): Outcome | undefined {
    const stop = this.#stop
    this.#stop = undefined
    return stop && this.#outcome(stop.kind, stop)
  }

  #outcome(kind: OutcomeKind, more?: Stop): Outcome {
    const { solution, reactions } = this
    ;[this.#used, this.#bounds.since] = [0, reactions]
    return { ...more, kind, solution, reactions, pending: this.#answers.pending }
  }

  // — the loop

  #work(): void {
    this.#isWorking = true
    try {
      this.#workOn()
    } finally {
      this.#isWorking = false
    }
  }

  /** Activates molecules until nothing waits, the turn is over, or something stops the run. */
  #workOn(): void {
    if (this.#kernels?.resume() === false) return
    const resumed = this.#activation.resume()
    if (resumed !== undefined && resumed !== this.#cutShort?.membrane) this.#settleIfInert(resumed)
    while (!this.mustPause) {
      const cut = this.#cutShort
      this.#cutShort = undefined
      const membrane = cut?.membrane ?? this.#nextReady()
      if (membrane === undefined) break
      if (cut === undefined) membrane.isScheduled = false
      this.#solutions.awake(membrane)
      if (this.#selection === undefined) this.#turn(membrane, cut)
      else this.#selectIn(this.#selection, membrane, cut)
    }
  }

  #turn(membrane: Membrane, cut: CutShort | undefined): void {
    const until = cut?.until
    const isAwake = cut?.isAwake === true || this.#sleepers?.wake(membrane) !== false
    const isCut =
      !isAwake ||
      (until === undefined && !this.isObserved && this.#kernels?.react(membrane) === false)
    if (isCut) this.#cutShort = { membrane, until, isAwake }
    else {
      if (this.#isFast) putGivenInPlace(membrane)
      this.#workIn(membrane, until ?? this.#reactions + SLICE)
    }
    if (this.#cutShort !== undefined) return
    if (membrane.worklist.size > 0 || hasSleepers(membrane)) this.schedule(membrane)
    else this.#settleIfInert(membrane)
  }

  #settleIfInert(membrane: Membrane): void {
    const isSearched = this.#activation.isBrokenOffIn(membrane)
    if (!membrane.isInert || membrane.isScheduled || isSearched) return
    membrane.settled()
    if (!this.#isBrokenOff) this.#dormitory.enter(membrane)
  }

  hasPassed(step: number): boolean {
    return this.#reactions % step < this.#atOnce
  }

  get isStopped(): boolean {
    return this.#stop !== undefined
  }

  get mustPause(): boolean {
    return this.#stop !== undefined || this.#isTurnOver || this.#reactions >= this.#enough
  }

  #nextReady(): Membrane | undefined {
    const setAside = this.isObserved ? undefined : this.#setAside
    return setAside === undefined
      ? this.#ready.next()
      : setAside.next(this.#ready, this.#reactions, this.reactionsLeft)
  }

  /** A turn for one membrane: others wait for theirs. */
  #workIn(membrane: Membrane, until: number): void {
    const { worklist } = membrane
    while (worklist.size > 0 && this.#reactions < until && !this.mustPause) {
      if (++this.#looks >= ACTIVATIONS_BETWEEN_LOOKS) {
        this.#looks = 0
        membrane.tidy()
        if (this.isOverdue()) break
      }
      this.#next(membrane)
      const store = membrane.stores[worklist.classId]
      const { slot } = worklist
      const state = store?.state[slot] ?? 0
      if (store === undefined || (state & PENDING) === 0) continue
      store.state[slot] = state & ~(PENDING | SPARED)
      const isSpared = (state & SPARED) !== 0 && liveRules(membrane).isSparing
      this.#activation.activate(membrane, store, slot, isSpared)
    }
    if (this.mustPause) this.#cutShort = { membrane, until, isAwake: true }
  }

  /** A turn for one membrane, rule by rule. */
  #selectIn(selection: Selection, membrane: Membrane, cut: CutShort | undefined): void {
    const until = cut?.until ?? this.#reactions + SLICE
    while (this.#reactions < until && !this.mustPause) {
      const answer = selection.react(membrane)
      if (answer === NOTHING) {
        this.#settleIfInert(membrane)
        return
      }
      if (answer === BROKEN_OFF || this.isOverdue()) break
    }
    // The turn is gone on with first: pauses change nothing.
    if (this.mustPause) this.#cutShort = { membrane, until, isAwake: true }
    else this.schedule(membrane)
  }

  #next(membrane: Membrane): void {
    const { worklist } = membrane
    if (this.#options.strategy === 'random') {
      worklist.takeAt(this.#random.below(worklist.size))
      return
    }
    if (this.hasPassed(FAIR)) worklist.take()
    else if (liveRules(membrane).dispatch.isNewestFirst) worklist.takeNewest()
    else worklist.takeBest()
  }

  isOverdue(): boolean {
    const now = this.#options.clock()
    if (now >= this.#deadline) this.#stop = { kind: 'time-limit' }
    if (now >= this.#turnEnd) this.#isTurnOver = true
    return this.#stop !== undefined || this.#isTurnOver
  }

  // — what reactions ask for

  mayReact(): boolean {
    if (this.#reactions < this.#bounds.reactions) return true
    this.#stop = { kind: 'reaction-limit' }
    return false
  }

  mayAdd(product: Product, to: Membrane, gone: () => readonly Entry[], calls: number): boolean {
    const { pending } = this.#answers
    const stop = this.#bounds.passedBy(product, to, { root: this.#root, gone, calls, pending })
    this.#stop ??= stop
    return stop === undefined
  }

  failed(error: EvaluationFailure, failing: Failing): void {
    this.#stop = stopFor(error, failing)
  }

  nextId(): number {
    return ++this.#lastId
  }

  awaited(element: Pending, membrane: Membrane): void {
    this.#answers.await(element, membrane)
  }

  reacted(
    rule: Rule,
    reactants: readonly Entry[],
    products: readonly Entry[],
    membrane: Membrane,
  ): void {
    this.reactedTimes(1, 0)
    if (!this.isObserved) return
    this.#last = { number: this.#reactions, rule, reactants, products, level: membrane.level }
    this.#options.observe?.(this.#last)
  }

  arePlainIn(membrane: Membrane, reactions: number): boolean {
    return !this.isObserved && this.#bounds.arePlain(membrane, this.#reactions + reactions)
  }

  timesIn(membrane: Membrane, reactions: number): number {
    if (!this.arePlainIn(membrane, reactions)) return 0
    const enough = Math.min(this.#enough, this.#bounds.reactions) - this.#reactions
    return Math.max(1, Math.floor(Math.min(enough, SLICE - (this.#reactions % SLICE)) / reactions))
  }

  get reactionsLeft(): number {
    return this.#bounds.reactions - this.#reactions
  }

  reactedTimes(reactions: number, molecules: number): void {
    this.#atOnce = 0
    this.reactedToo(reactions, molecules)
  }

  reactedToo(reactions: number, molecules: number): void {
    this.#atOnce += reactions
    this.#reactions += reactions
    this.#bounds.molecules.atMost += molecules
  }

  splice(residual: Residual, times: number | bigint, into: Membrane): void {
    this.#solutions.splice(residual, times, into)
  }

  // — what membranes ask for

  classOf(molecule: Molecule): MoleculeClass {
    return this.#classes.of(molecule)
  }

  schedule(membrane: Membrane): void {
    if (membrane.isScheduled) return
    membrane.isScheduled = true
    this.#ready.put(membrane)
  }

  rulesOf(): LiveRules {
    return this.#rules.rules()
  }

  isCounted(moleculeClass: MoleculeClass): boolean {
    return this.#rules.isCounted(moleculeClass)
  }

  settle(molecule: Molecule, active: Membrane[], claimant: Membrane): Molecule {
    return this.#solutions.settle(molecule, active, claimant)
  }

  leaves(molecule: Molecule, claimant: Membrane): boolean {
    return this.#sleepers?.put(molecule, claimant) === true
  }

  noteInert(molecule: Molecule): void {
    this.#solutions.noteInert(molecule)
  }

  counted(molecules: number): void {
    this.#bounds.molecules.atMost += molecules
  }

  countedInside(molecule: Molecule, times: number): void {
    this.#bounds.molecules.addInside(molecule, times)
  }

  get makesAsleep(): boolean {
    return this.#setAside !== undefined
  }

  get moleculeCount(): number {
    return this.#bounds.molecules.atMost
  }
}
