import { DEFAULT_DEPTH, EvaluationFailure, PlacedFailure, Random, SizeFailure, depthOf, holdsSolution, isInfinite, isRule, isSymbol } from '../interpreter/index.ts'
import type {
  Engine,
  Entry,
  Failure,
  Molecule,
  Outcome,
  OutcomeKind,
  PendingElement,
  Reaction,
  Rule,
  RuleShape,
  RunOptions,
  SolutionValue,
  Step,
} from '../interpreter/index.ts'
import { reactCode } from './code/react.ts'
import type { Reacting } from './code/react.ts'
import { BROKEN_OFF, NOTHING, Run } from './code/run.ts'
import type { SearchCode } from './code/search.ts'
import { depthBelow } from './depth.ts'
import { freeze, frozenMolecule, isChanging, solutionsIn } from './freeze.ts'
import { Membrane } from './membrane.ts'
import type { World } from './membrane.ts'
import { pause } from './pause.ts'
import { reachableShapes } from './plan/reachable.ts'
import type { Product, Residual } from './residual.ts'
import { Dispatch, LiveRules, RuleCode } from './rules.ts'
import type { RuleEntry } from './rules.ts'
import { Solutions } from './solutions.ts'
import { ALIVE, PENDING } from './store/store.ts'
import type { Store } from './store/store.ts'
import { ClassTable } from './store/molecule-class.ts'
import type { MoleculeClass } from './store/molecule-class.ts'
import { classOf, slotOf } from './worklist.ts'

/** How long a run goes on before it lets the host breathe. */
const TURN_MILLISECONDS = 10
/** Activations between two looks at the clock. */
const ACTIVATIONS_BETWEEN_LOOKS = 256
/** Reactions of one membrane before others have their turn. */
const SLICE = 64
/** After so many reactions the oldest molecule goes first, and searches begin one candidate further on. */
const FAIR = 1024

/** A search that was broken off to let the host breathe. */
interface BrokenOff {
  readonly membrane: Membrane
  readonly version: number
  readonly store: Store
  readonly slot: number
  readonly entry: RuleEntry
  readonly search: SearchCode
  /** Where among the occurrences of the molecule's class; −1 for a new rule. */
  readonly occurrence: number
  readonly instance: number
}

/**
 * The compiled machine. Each molecule is activated once: tried as every head of every rule with the
 * molecules that were activated before it, and only then put where others find it. So no reaction is
 * possible among molecules that have been activated, and a membrane with an empty worklist is inert
 * once all inside is (given-clause loop, as in CHR: Holzbaur & Frühwirth 1999).
 */
export class Machine implements Engine, World, Reacting {
  readonly #options: RunOptions
  readonly #random: Random
  readonly #classes = new ClassTable()
  readonly #solutions: Solutions
  readonly #root: Membrane
  readonly #run: Run
  readonly #codes = new Map<RuleShape, RuleCode>()
  readonly #noRules = new Dispatch([], new Map<string, Dispatch>())
  /** Patterns that count copies: classes that they take must be counted. */
  readonly #counting: ((moleculeClass: MoleculeClass) => boolean)[] = []
  #ready: Membrane[] = []
  #firstReady = 0
  #reactions = 0
  #lastId = 0
  #pending = 0
  #molecules = 0
  readonly #answered: { readonly element: PendingElement; readonly membrane: Membrane; readonly entries: readonly Entry[] }[] = []
  #wake: (() => void) | undefined
  #stop: { readonly kind: OutcomeKind; readonly failure?: Failure } | undefined
  #turnEnd = Infinity
  #deadline = Infinity
  #isTurnOver = false
  /** Reactions after which `step` has what it wants. */
  #enough = Infinity
  #looks = 0
  #broken: BrokenOff | undefined
  #last: Reaction | undefined
  isObserved: boolean

  constructor(first: SolutionValue, options: RunOptions) {
    this.#options = options
    this.#random = new Random(options.seed)
    this.#solutions = new Solutions(this)
    this.isObserved = options.observe !== undefined
    for (const shape of reachableShapes([first])) this.#tag(shape)
    this.#root = new Membrane(this)
    this.#run = new Run(this.#root, { random: () => this.#random.float() }, () => this.#isOverdue())
    if (options.strategy === 'random') this.#run.random = (n) => this.#random.below(n)
    const entries = [...first.contents().entries()]
    for (const [molecule, copies] of entries) if (isRule(molecule)) this.#root.add(molecule, copies)
    for (const [molecule, copies] of entries) if (!isRule(molecule)) this.#place(molecule, copies)
  }

  get solution(): SolutionValue {
    return freeze(this.#root)
  }

  get reactions(): number {
    return this.#reactions
  }

  inject(entries: Iterable<Entry>): void {
    for (const [molecule, copies] of entries) this.#place(molecule, copies)
  }

  /** An element that came with the first solution may wait for an answer already. */
  #place(molecule: Molecule, copies: Entry[1]): void {
    this.#root.add(molecule, copies)
    if (isPendingElement(molecule)) this.started(molecule, this.#root)
  }

  step(): Step {
    const before = this.#reactions
    this.#enough = before + 1
    const wasObserved = this.isObserved
    this.isObserved = true
    this.#turnEnd = Infinity
    this.#deadline = Infinity
    this.#stop = undefined
    this.#addAnswers()
    this.#work()
    this.isObserved = wasObserved
    this.#enough = Infinity
    const stop = this.#stopped()
    if (stop !== undefined) return { kind: 'stopped', outcome: stop }
    if (this.#reactions > before && this.#last !== undefined) return { kind: 'reacted', reaction: this.#last }
    return { kind: this.#pending > 0 ? 'waiting' : 'inert' }
  }

  async run(): Promise<Outcome> {
    const { clock, limits, signal } = this.#options
    const start = clock()
    this.#deadline = start + (limits.milliseconds ?? Infinity)
    this.#stop = undefined
    if (limits.molecules !== undefined && this.#molecules > limits.molecules && this.#recount() > limits.molecules)
      return this.#outcome('molecule-limit')
    for (;;) {
      if (signal?.aborted === true) return this.#outcome('aborted')
      if (clock() >= this.#deadline) return this.#outcome('time-limit')
      this.#turnEnd = clock() + TURN_MILLISECONDS
      this.#isTurnOver = false
      this.#addAnswers()
      this.#work()
      const stop = this.#stopped()
      if (stop !== undefined) return stop
      if (this.#broken === undefined && this.#firstReady === this.#ready.length) {
        if (this.#answered.length > 0) continue
        if (this.#pending === 0) return this.#outcome('inert')
        await this.#answer()
      } else {
        await pause()
      }
    }
  }

  #stopped(): Outcome | undefined {
    const stop = this.#stop
    if (stop === undefined) return undefined
    this.#stop = undefined
    return this.#outcome(stop.kind, stop.failure)
  }

  #outcome(kind: OutcomeKind, failure?: Failure): Outcome {
    const ended = { kind, solution: this.solution, reactions: this.#reactions, pending: this.#pending }
    return failure === undefined ? ended : { ...ended, failure }
  }

  // — the loop

  /** Activates molecules until nothing waits, the turn is over, or something stops the run. */
  #work(): void {
    this.#resumeBroken()
    while (!this.#mustPause && this.#firstReady < this.#ready.length) {
      const membrane = this.#nextReady()
      if (membrane === undefined) break
      membrane.isScheduled = false
      this.#workIn(membrane)
      if (membrane.worklist.size > 0) this.schedule(membrane)
      else if (membrane.isInert && this.#broken?.membrane !== membrane) membrane.settled()
    }
  }

  get #mustPause(): boolean {
    return this.#stop !== undefined || this.#isTurnOver || this.#reactions >= this.#enough
  }

  #nextReady(): Membrane | undefined {
    const membrane = this.#ready[this.#firstReady++]
    if (this.#firstReady > 1024 && this.#firstReady * 2 > this.#ready.length) {
      this.#ready = this.#ready.slice(this.#firstReady)
      this.#firstReady = 0
    }
    return membrane
  }

  /** A turn for one membrane: others wait for theirs. */
  #workIn(membrane: Membrane): void {
    const { worklist } = membrane
    const until = this.#reactions + SLICE
    while (worklist.size > 0 && this.#reactions < until && !this.#mustPause) {
      if (++this.#looks >= ACTIVATIONS_BETWEEN_LOOKS) {
        this.#looks = 0
        if (this.#isOverdue()) return
      }
      const item = this.#next(membrane)
      const store = membrane.stores[classOf(item)]
      const slot = slotOf(item)
      if (store === undefined || ((store.state[slot] ?? 0) & PENDING) === 0) continue
      store.state[slot] = (store.state[slot] ?? 0) & ~PENDING
      this.#activate(membrane, store, slot)
    }
  }

  #next(membrane: Membrane): number {
    const { worklist } = membrane
    if (this.#options.strategy === 'random') return worklist.takeAt(this.#random.below(worklist.size))
    const isNewestFirst = this.#rulesOf(membrane).dispatch.isBranching && this.#reactions % FAIR !== 0
    return isNewestFirst ? worklist.takeNewest() : worklist.take()
  }

  #activate(membrane: Membrane, store: Store, slot: number): void {
    const rules = this.#rulesOf(membrane)
    if (store.class.kind === 'rule') {
      const entry = rules.at(slot)
      if (entry?.isFresh === true) {
        if (!this.#tryRule(membrane, store, slot, entry) || membrane.activeStore === undefined) return
      }
    }
    if (((store.state[slot] ?? 0) & ALIVE) === 0) return
    // Another copy in the same slot can be a partner: then it must be found.
    if (store.isCounted || store.copiesOf(slot) !== 1) store.link(slot)
    this.#tryMolecule(membrane, store, slot, this.#start(rules.dispatch.occurrences(store.class).length), 0)
  }

  #start(n: number): number {
    if (n <= 1) return 0
    return this.#options.strategy === 'random' ? this.#random.below(n) : Math.floor(this.#reactions / FAIR) % n
  }

  /** Tries a new rule with what is there; false where it is not done. */
  #tryRule(membrane: Membrane, store: Store, slot: number, entry: RuleEntry): boolean {
    const search = entry.code.freshSearch
    membrane.activeStore = store
    membrane.activeSlot = slot
    for (;;) {
      const answer = this.#search(membrane, entry, search, undefined, 0)
      if (answer === BROKEN_OFF) {
        this.#breakOff({ membrane, version: membrane.version, store, slot, entry, search, occurrence: -1, instance: 0 })
        return false
      }
      if (answer === NOTHING) {
        entry.isFresh = false
        return true
      }
      if (membrane.activeStore === undefined || this.#rulesOf(membrane).at(slot) !== entry) return true
      if (this.#mustYield(membrane)) {
        membrane.wake(store, slot)
        return false
      }
    }
  }

  /** Tries a molecule as every head, from one of the occurrences on; then others can find it. */
  #tryMolecule(membrane: Membrane, store: Store, slot: number, start: number, instance: number): void {
    const rules = this.#rulesOf(membrane)
    membrane.activeStore = store
    membrane.activeSlot = slot
    for (let isTried = false; !isTried; ) {
      isTried = true
      const occurrences = rules.dispatch.occurrences(store.class)
      const n = occurrences.length
      for (let i = 0; i < n && isTried; i++) {
        const at = start + i < n ? start + i : start + i - n
        const occurrence = occurrences[at]
        if (occurrence === undefined) break
        const search = occurrence.code.search(occurrence.head)
        const entries = rules.of(occurrence.code)
        for (let e = i === 0 ? instance : 0; e < entries.length; e++) {
          const entry = entries[e]
          if (entry === undefined) break
          const answer = this.#search(membrane, entry, search, store, slot)
          if (answer === NOTHING) continue
          if (answer === BROKEN_OFF) {
            this.#breakOff({ membrane, version: membrane.version, store, slot, entry, search, occurrence: at, instance: e })
            return
          }
          if (membrane.activeStore === undefined) return
          if (this.#mustYield(membrane)) {
            membrane.wake(store, slot)
            return
          }
          isTried = false
          break
        }
      }
      instance = 0
      if (!isTried) start = this.#start(rules.dispatch.occurrences(store.class).length)
    }
    store.link(slot)
  }

  /** After each reaction of one molecule: others may be next. */
  #mustYield(membrane: Membrane): boolean {
    if (this.#mustPause) return true
    if (this.#reactions % SLICE === 0) return true
    return this.#options.strategy === 'random' && membrane.worklist.size > 0
  }

  #search(membrane: Membrane, entry: RuleEntry, search: SearchCode, store: Store | undefined, slot: number): number {
    const run = this.#run
    run.membrane = membrane
    run.rule = entry.rule
    run.captured = entry.captured
    run.ruleSlot = entry.slot
    run.turn = Math.floor(this.#reactions / FAIR)
    return search.start(run, store, slot)
  }

  #breakOff(broken: BrokenOff): void {
    broken.membrane.wake(broken.store, broken.slot)
    if (this.#stop === undefined) this.#broken = broken
    else this.#run.restart()
  }

  /** Goes on with a search where it was broken off, if nothing has changed since. */
  #resumeBroken(): void {
    const broken = this.#broken
    if (broken === undefined) return
    this.#broken = undefined
    const { membrane, store, slot, entry } = broken
    if (membrane.version !== broken.version) {
      this.#run.restart()
      return
    }
    store.state[slot] = (store.state[slot] ?? 0) & ~PENDING
    this.#run.resume()
    if (broken.occurrence >= 0) this.#tryMolecule(membrane, store, slot, broken.occurrence, broken.instance)
    else if (this.#tryRule(membrane, store, slot, entry) && membrane.activeStore !== undefined) this.#activate(membrane, store, slot)
    if (this.#broken === undefined) {
      this.#run.restart()
      if (membrane.worklist.size === 0 && !membrane.isScheduled && membrane.isInert) membrane.settled()
    }
  }

  #isOverdue(): boolean {
    const now = this.#options.clock()
    if (now >= this.#deadline) this.#stop = { kind: 'time-limit' }
    if (now >= this.#turnEnd) this.#isTurnOver = true
    return this.#stop !== undefined || this.#isTurnOver
  }

  // — what reactions ask for

  mayReact(): boolean {
    const { reactions } = this.#options.limits
    if (reactions === undefined || this.#reactions < reactions) return true
    this.#stop = { kind: 'reaction-limit' }
    return false
  }

  mayAdd(product: Product, membrane: Membrane, gone: () => readonly Entry[]): boolean {
    const { depth = DEFAULT_DEPTH, molecules } = this.#options.limits
    for (const molecule of product.molecules) {
      if (typeof molecule !== 'object' || molecule.kind === 'symbol') continue
      const around = membrane.level + 1
      if (around + depthBelow(molecule) <= depth || around + depthOf(frozenMolecule(molecule), depth) <= depth) continue
      this.#stop = { kind: 'depth-limit' }
      return false
    }
    if (molecules === undefined) return true
    // Near the limit it is counted exactly; before, what goes may stay uncounted.
    const most = this.#molecules + deepCount(product.allEntries())
    if (most <= molecules || this.#recount() + deepCount(product.allEntries()) - deepCount(gone()) <= molecules) return true
    this.#stop = { kind: 'molecule-limit' }
    return false
  }

  failed(error: EvaluationFailure, rule: Rule, shape: RuleShape, reactants: readonly Entry[]): void {
    if (error instanceof SizeFailure) {
      this.#stop = { kind: 'size-limit' }
      return
    }
    const place = error instanceof PlacedFailure ? error.place : shape.place
    this.#stop = { kind: 'failed', failure: { message: error.message, place, rule, reactants } }
  }

  nextId(): number {
    return ++this.#lastId
  }

  started(element: PendingElement, membrane: Membrane): void {
    this.#pending++
    void element.answer().then((entries) => {
      this.#answered.push({ element, membrane, entries })
      this.#wake?.()
    })
  }

  reacted(rule: Rule, reactants: readonly Entry[], products: readonly Entry[], membrane: Membrane): void {
    this.#reactions++
    if (!this.isObserved) return
    this.#last = { number: this.#reactions, rule, reactants, products, level: membrane.level }
    this.#options.observe?.(this.#last)
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
    this.#ready.push(membrane)
  }

  rulesOf(): LiveRules {
    return new LiveRules(this.#noRules, (shape) => this.#codeOf(shape))
  }

  isCounted(moleculeClass: MoleculeClass): boolean {
    return moleculeClass.kind === 'rule' || this.#counting.some((takes) => takes(moleculeClass))
  }

  settle(molecule: Molecule, active: Membrane[], claimant: Membrane): Molecule {
    return this.#solutions.settle(molecule, active, claimant)
  }

  counted(molecules: number): void {
    this.#molecules += molecules
  }

  get moleculeCount(): number {
    return this.#molecules
  }

  // — rules

  #rulesOf(membrane: Membrane): LiveRules {
    const { rules } = membrane
    // `rulesOf` above made it.
    return rules as LiveRules
  }

  #codeOf(shape: RuleShape): RuleCode {
    let code = this.#codes.get(shape)
    if (code === undefined) {
      const open = (solution: Parameters<Solutions['open']>[0]): Membrane => this.#open(solution)
      code = new RuleCode(this.#codes.size, shape, (anatomy) => reactCode(anatomy, this), { open })
      this.#codes.set(shape, code)
      this.#counting.push(...code.counting)
    }
    return code
  }

  #open(solution: Parameters<Solutions['open']>[0]): Membrane {
    return this.#solutions.open(solution)
  }

  #tag(shape: RuleShape): void {
    const code = this.#codeOf(shape)
    for (const { reactant } of code.anatomy.heads) {
      const { pattern } = reactant
      const tag = pattern.kind === 'tuple' ? pattern.fields[0] : undefined
      if (pattern.kind === 'tuple' && tag?.kind === 'constant' && isSymbol(tag.value)) this.#classes.tag(tag.value, pattern.fields.length)
    }
  }

  // — answers and counting

  async #answer(): Promise<void> {
    const { signal, clock } = this.#options
    await new Promise<void>((resolve) => {
      const left = this.#deadline - clock()
      const timer = left === Infinity ? undefined : setTimeout(resolve, Math.max(0, left))
      const done = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      this.#wake = done
      signal?.addEventListener('abort', done)
    })
    this.#wake = undefined
  }

  #addAnswers(): void {
    for (const { element, membrane, entries } of this.#answered.splice(0)) {
      this.#pending--
      membrane.answer(element, entries)
    }
  }

  /** The exact number of molecules: what went with a solution that was dropped is not counted off at once. */
  #recount(): number {
    this.#molecules = deepCount(this.#root.entries())
    return this.#molecules
  }
}

/** Molecules at every depth, anti-molecules too; ∞ copies count as one. */
function deepCount(entries: Iterable<Entry>): number {
  let count = 0
  const waiting: { readonly molecule: Molecule; readonly copies: number }[] = []
  const add = (inside: Iterable<Entry>, times: number): void => {
    for (const [molecule, copies] of inside) {
      const n = times * (isInfinite(copies) ? 1 : Math.abs(Number(copies)))
      count += n
      if (holdsSolution(molecule)) waiting.push({ molecule, copies: n })
    }
  }
  add(entries, 1)
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop())
    for (const solution of solutionsIn(top.molecule))
      add(isChanging(solution) ? solution.entries() : solution.contents().entries(), top.copies)
  return count
}

function isPendingElement(molecule: Molecule): molecule is PendingElement {
  return typeof molecule === 'object' && molecule.kind === 'pending'
}
