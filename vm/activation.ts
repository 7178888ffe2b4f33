import type { Random } from '../interpreter/index.ts'
import { BROKEN_OFF, NOTHING } from './code/run.ts'
import type { Answer, Run, Saved } from './code/run.ts'
import type { Membrane } from './membrane.ts'
import { liveRules } from './rules.ts'
import type { RuleEntry } from './rules.ts'
import { ALIVE, PENDING } from './store/store.ts'
import type { Store } from './store/store.ts'

/** How long a run goes on before it lets the host breathe. */
export const TURN_MILLISECONDS = 10
/** Activations between two looks at the clock. */
export const ACTIVATIONS_BETWEEN_LOOKS = 256
/** Reactions of one membrane before others have their turn. */
export const SLICE = 64
/** After so many reactions the oldest molecule goes first, and searches begin one candidate further on. */
export const FAIR = 1024

/** How far the machine has come, and whether it must stop for now. */
export interface Pace {
  readonly reactions: number
  /** Whether the last reaction brought their number to a multiple of this, or past one. */
  hasPassed(step: number): boolean
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
  /** The occurrence that was tried first, and how many were tried in vain since. */
  readonly first: number
  readonly tried: number
  readonly instance: number
}

/** A search that was broken off. */
interface BrokenOff {
  readonly activated: Activated
  readonly version: number
  readonly entry: RuleEntry
  /** Undefined where a new rule was tried. */
  readonly place: Place | undefined
  /** Whether it was put back for this: it did not wait anyway. */
  readonly isPut: boolean
}

/** The same with all that tells where it was. */
export interface BrokenOffAt extends Omit<BrokenOff, 'version'> {
  readonly isCurrent: boolean
  readonly places: readonly Saved[]
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
  /** Whether the molecule that is being activated is spared the search of the rule that changed it. */
  #isSpared = false
  #turn = 0
  /** The number of reactions with which the next turn begins. */
  #turnEnd = 0

  constructor(run: Run, pace: Pace, random: Random | undefined) {
    this.#run = run
    this.#pace = pace
    this.#random = random
  }

  /** The search that waits to be gone on with, and where it was; an old one is only to be forgotten. */
  get brokenOff(): BrokenOffAt | undefined {
    const broken = this.#broken
    if (broken === undefined) return undefined
    const isCurrent = broken.version === broken.activated.membrane.version
    return { ...broken, isCurrent, places: this.#run.places }
  }

  restore({ isCurrent, places, ...broken }: BrokenOffAt): void {
    const { version } = broken.activated.membrane
    this.#broken = { ...broken, version: isCurrent ? version : -1 }
    this.#run.breakOffAt(places)
  }

  /** Whether a search waits to be gone on with. */
  get isBrokenOff(): boolean {
    return this.#broken !== undefined
  }

  /** Whether a search in this membrane waits to be gone on with. */
  isBrokenOffIn(membrane: Membrane): boolean {
    return this.#broken?.activated.membrane === membrane
  }

  /** Activates what a slot holds; one that is spared is not tried where no reaction can come of it. */
  activate(membrane: Membrane, store: Store, slot: number, isSpared: boolean): void {
    const rules = liveRules(membrane)
    if (store.class.kind === 'rule') {
      const entry = rules.at(slot)
      if (entry?.isFresh === true && !this.#tryRule({ membrane, store, slot }, entry)) return
      if (((store.state[slot] ?? 0) & ALIVE) === 0) return
    }
    // Another copy in the same slot can be a partner: then it must be found.
    if (store.isCounted || store.copiesOf(slot) !== 1) store.link(slot)
    this.#isSpared = isSpared
    this.#tryMolecule(membrane, store, slot, undefined)
  }

  /** Goes on with the search that was broken off, if nothing has changed since; gives the membrane that it was in. */
  resume(): Membrane | undefined {
    const broken = this.#broken
    if (broken === undefined) return undefined
    this.#broken = undefined
    this.#isSpared = false
    const { activated, entry, place } = broken
    const { membrane, store, slot } = activated
    if (membrane.version !== broken.version) {
      this.#run.restart()
      return membrane
    }
    // Nothing has changed: what was put back last is this molecule.
    if (broken.isPut) membrane.worklist.takeNewest()
    store.state[slot] = (store.state[slot] ?? 0) & ~PENDING
    this.#run.resume()
    if (place !== undefined) this.#tryMolecule(membrane, store, slot, place)
    else if (this.#tryRule(activated, entry)) this.activate(membrane, store, slot, false)
    if (!this.isBrokenOff) this.#run.restart()
    return membrane
  }

  /** The occurrence that is tried first: moves on, so that no rule is put off for ever. */
  #first(n: number): number {
    if (n <= 1) return 0
    if (this.#random !== undefined) return this.#random.below(n)
    const turn = this.#turnNow()
    return turn < n ? turn : turn % n
  }

  /** Tries a new rule with what is there; false where it is gone or not done. */
  #tryRule(activated: Activated, entry: RuleEntry): boolean {
    const { membrane, store, slot } = activated
    if (!canReact(membrane, entry)) {
      liveRules(membrane).tried(entry)
      return true
    }
    const search = entry.code.freshSearch
    membrane.activate(store, slot)
    for (;;) {
      this.#prepare(membrane, entry)
      const answer = search.start(this.#run, store, slot)
      if (answer === BROKEN_OFF) return this.#breakOff(activated, entry, undefined)
      if (answer === NOTHING) {
        liveRules(membrane).tried(entry)
        return true
      }
      if (membrane.isActiveGone || liveRules(membrane).at(slot) !== entry) return false
      if (!this.#mustYield(membrane)) continue
      membrane.wake(store, slot)
      return false
    }
  }

  /** Tries a molecule as every head, from where it was broken off; then others can find it. */
  #tryMolecule(membrane: Membrane, store: Store, slot: number, from: Place | undefined): void {
    membrane.activate(store, slot)
    for (let place = from; ; place = undefined) {
      const answer = this.#tryRound(membrane, store, slot, place)
      if (answer === NOTHING) break
      if (answer === BROKEN_OFF || membrane.isActiveGone) return
      if (!this.#mustYield(membrane)) continue
      membrane.wake(store, slot)
      return
    }
    store.link(slot)
  }

  /** Every occurrence once, until one reacts. */
  #tryRound(membrane: Membrane, store: Store, slot: number, from: Place | undefined): Answer {
    const rules = liveRules(membrane)
    const occurrences = rules.dispatch.occurrences(store.class)
    const n = occurrences.length
    const start = from?.first ?? this.#first(n)
    const tried = from?.tried ?? 0
    for (let i = tried; i < n; i++) {
      const at = start + i < n ? start + i : start + i - n
      const occurrence = occurrences[at]
      if (occurrence === undefined) break
      if (this.#isSpared && occurrence.hardening !== undefined) continue
      const entries = rules.of(occurrence.code)
      for (let e = i === tried && from !== undefined ? from.instance : 0; e < entries.length; e++) {
        const entry = entries[e]
        if (entry === undefined) break
        this.#prepare(membrane, entry)
        const answer = occurrence.search.start(this.#run, store, slot)
        if (answer === NOTHING) continue
        if (answer === BROKEN_OFF)
          this.#breakOff({ membrane, store, slot }, entry, { first: start, tried: i, instance: e })
        return answer
      }
    }
    return NOTHING
  }

  /** The search to come is for this instance of a rule. */
  #prepare(membrane: Membrane, entry: RuleEntry): void {
    const run = this.#run
    run.turn = this.#turnNow()
    // Mostly it was the one before, too.
    if (run.membrane === membrane && run.rule === entry.rule && run.ruleSlot === entry.slot) return
    run.membrane = membrane
    run.rule = entry.rule
    run.captured = entry.captured
    run.ruleSlot = entry.slot
  }

  /** Grows by one with so many reactions. */
  #turnNow(): number {
    const { reactions } = this.#pace
    if (reactions >= this.#turnEnd || reactions < this.#turnEnd - FAIR) {
      this.#turn = Math.floor(reactions / FAIR)
      this.#turnEnd = (this.#turn + 1) * FAIR
    }
    return this.#turn
  }

  /** After each reaction of one molecule: others may be next. */
  #mustYield(membrane: Membrane): boolean {
    if (this.#pace.mustPause || this.#pace.hasPassed(SLICE)) return true
    return this.#random !== undefined && membrane.worklist.size > 0
  }

  #breakOff(activated: Activated, entry: RuleEntry, place: Place | undefined): false {
    const { membrane, store, slot } = activated
    // The turn is gone on with before all others: the membrane takes no other place among them.
    const { isScheduled } = membrane
    const { size } = membrane.worklist
    membrane.isScheduled = true
    membrane.wake(store, slot)
    membrane.isScheduled = isScheduled
    const isPut = membrane.worklist.size > size
    if (this.#pace.isStopped) this.#run.restart()
    else this.#broken = { activated, version: membrane.version, entry, place, isPut }
    return false
  }
}

/** Whether something has been activated for each head that a new rule has: else there is nothing to search. */
function canReact({ stores }: Membrane, { code }: RuleEntry): boolean {
  return code.heads.every(({ accepts }) =>
    stores.some((store) => store !== undefined && store.linkedCount > 0 && accepts(store.class)),
  )
}
