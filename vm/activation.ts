import type { Random } from '../interpreter/index.ts'
import { BROKEN_OFF, NOTHING } from './code/run.ts'
import type { Answer, Run } from './code/run.ts'
import type { HeadSearch } from './head-search.ts'
import type { Membrane } from './membrane.ts'
import { liveRules } from './rules.ts'
import type { RuleEntry } from './rules.ts'
import { ALIVE, PENDING } from './store/store.ts'
import type { Store } from './store/store.ts'

/** Reactions of one membrane before others have their turn. */
export const SLICE = 64
/** After so many reactions the oldest molecule goes first, and searches begin one candidate further on. */
export const FAIR = 1024

/** How far the machine has come, and whether it must stop for now. */
export interface Pace {
  readonly reactions: number
  /** A limit is reached, a product failed, the turn is over, or `step` has its reaction. */
  readonly mustPause: boolean
  /** The run itself ends: no search is gone on with. */
  readonly isStopped: boolean
}

/** A molecule that is being activated. */
interface Activated {
  readonly membrane: Membrane
  readonly store: Store
  readonly slot: number
}

/** Where among the occurrences of a molecule's class, and among the instances of that rule. */
interface Place {
  readonly occurrence: number
  readonly instance: number
}

/** A search that was broken off. */
interface BrokenOff {
  readonly activated: Activated
  readonly version: number
  readonly entry: RuleEntry
  /** Undefined where a new rule was tried. */
  readonly place: Place | undefined
}

/**
 * The given-clause step: a molecule is tried as every head of every rule with the molecules that were
 * activated before it, and only then put where others find it. So no reaction is possible among
 * molecules that have been activated (as in CHR: Holzbaur & Frühwirth 1999).
 */
export class Activation {
  readonly #run: Run
  readonly #pace: Pace
  /** Present under the strategy `random`. */
  readonly #random: Random | undefined
  #broken: BrokenOff | undefined

  constructor(run: Run, pace: Pace, random: Random | undefined) {
    this.#run = run
    this.#pace = pace
    this.#random = random
  }

  /** Whether a search waits to be gone on with. */
  get isBrokenOff(): boolean {
    return this.#broken !== undefined
  }

  /** Whether a search in this membrane waits to be gone on with. */
  isBrokenOffIn(membrane: Membrane): boolean {
    return this.#broken?.activated.membrane === membrane
  }

  /** Activates what a slot holds. */
  activate(activated: Activated): void {
    const { membrane, store, slot } = activated
    const rules = liveRules(membrane)
    const entry = store.class.kind === 'rule' ? rules.at(slot) : undefined
    if (entry?.isFresh === true && !this.#tryRule(activated, entry)) return
    if (((store.state[slot] ?? 0) & ALIVE) === 0) return
    // Another copy in the same slot can be a partner: then it must be found.
    if (store.isCounted || store.copiesOf(slot) !== 1) store.link(slot)
    this.#tryMolecule(activated, { occurrence: this.#first(activated), instance: 0 })
  }

  /** Goes on with the search that was broken off, if nothing has changed since; gives the membrane that it was in. */
  resume(): Membrane | undefined {
    const broken = this.#broken
    if (broken === undefined) return undefined
    this.#broken = undefined
    const { activated, entry, place } = broken
    const { membrane, store, slot } = activated
    if (membrane.version !== broken.version) {
      this.#run.restart()
      return membrane
    }
    store.state[slot] = (store.state[slot] ?? 0) & ~PENDING
    this.#run.resume()
    if (place !== undefined) this.#tryMolecule(activated, place)
    else if (this.#tryRule(activated, entry)) this.activate(activated)
    if (!this.isBrokenOff) this.#run.restart()
    return membrane
  }

  /** The occurrence that is tried first: moves on, so that no rule is put off for ever. */
  #first({ membrane, store }: Activated): number {
    const n = liveRules(membrane).dispatch.occurrences(store.class).length
    if (n <= 1) return 0
    return this.#random?.below(n) ?? Math.floor(this.#pace.reactions / FAIR) % n
  }

  /** Tries a new rule with what is there; false where it is gone or not done. */
  #tryRule(activated: Activated, entry: RuleEntry): boolean {
    const { membrane, store, slot } = activated
    const search = entry.code.freshSearch
    membrane.activate(store, slot)
    for (;;) {
      const answer = this.#search(activated, entry, search)
      if (answer === BROKEN_OFF) return this.#breakOff(activated, entry, undefined)
      if (answer === NOTHING) {
        entry.isFresh = false
        return true
      }
      if (membrane.isActiveGone || liveRules(membrane).at(slot) !== entry) return false
      if (!this.#mustYield(membrane)) continue
      membrane.wake(store, slot)
      return false
    }
  }

  /** Tries a molecule as every head, from one of the occurrences on; then others can find it. */
  #tryMolecule(activated: Activated, from: Place): void {
    const { membrane, store, slot } = activated
    membrane.activate(store, slot)
    for (let place = from; ; place = { occurrence: this.#first(activated), instance: 0 }) {
      const answer = this.#tryRound(activated, place)
      if (answer === BROKEN_OFF) return
      if (answer === NOTHING) break
      if (membrane.isActiveGone) return
      if (!this.#mustYield(membrane)) continue
      membrane.wake(store, slot)
      return
    }
    store.link(slot)
  }

  /** Every occurrence once, until one reacts. */
  #tryRound(activated: Activated, { occurrence: start, instance }: Place): Answer {
    const rules = liveRules(activated.membrane)
    const occurrences = rules.dispatch.occurrences(activated.store.class)
    const n = occurrences.length
    for (let i = 0; i < n; i++) {
      const at = start + i < n ? start + i : start + i - n
      const occurrence = occurrences[at]
      if (occurrence === undefined) break
      const search = occurrence.code.search(occurrence.head)
      const entries = rules.of(occurrence.code)
      for (let e = i === 0 ? instance : 0; e < entries.length; e++) {
        const entry = entries[e]
        if (entry === undefined) break
        const answer = this.#search(activated, entry, search)
        if (answer === BROKEN_OFF) this.#breakOff(activated, entry, { occurrence: at, instance: e })
        if (answer !== NOTHING) return answer
      }
    }
    return NOTHING
  }

  #search({ membrane, store, slot }: Activated, entry: RuleEntry, search: HeadSearch): Answer {
    const run = this.#run
    run.membrane = membrane
    run.rule = entry.rule
    run.captured = entry.captured
    run.ruleSlot = entry.slot
    run.turn = Math.floor(this.#pace.reactions / FAIR)
    return search.start(run, store, slot)
  }

  /** After each reaction of one molecule: others may be next. */
  #mustYield(membrane: Membrane): boolean {
    if (this.#pace.mustPause || this.#pace.reactions % SLICE === 0) return true
    return this.#random !== undefined && membrane.worklist.size > 0
  }

  #breakOff(activated: Activated, entry: RuleEntry, place: Place | undefined): false {
    const { membrane, store, slot } = activated
    membrane.wake(store, slot)
    if (this.#pace.isStopped) this.#run.restart()
    else this.#broken = { activated, version: membrane.version, entry, place }
    return false
  }
}
