import type { Int, Molecule, Rule, Surroundings } from '../../interpreter/index.ts'
import type { Membrane } from '../membrane.ts'
import type { Inside } from './inside.ts'
import type { Store } from '../store/store.ts'

/** What a step of a search answers: nothing found, a reaction happened, or the search was broken off. */
export const NOTHING = 0
export const REACTED = 1
export const BROKEN_OFF = 2
export type Answer = typeof NOTHING | typeof REACTED | typeof BROKEN_OFF

/** A piece of compiled code: goes on with the rest of the search, and says what came of it. */
export type Step = (run: Run) => Answer

/** Where a level of a search was. */
export interface Saved {
  readonly store: number
  readonly batch: number
  readonly candidate: number
  readonly offset: number
}

const NO_SLOTS = new Int32Array(0)

/** How many candidates are looked at between two looks at the clock. */
const CANDIDATES_BETWEEN_LOOKS = 4096

/**
 * The state of one search: the frame of variables, and which slot each head has found. One object
 * serves all searches of a machine, one after the other.
 *
 * A search that takes long is broken off to let the host breathe. It remembers at each level which
 * candidate it was at, and goes on from there if nothing has changed.
 */
export class Run {
  readonly surroundings: Surroundings
  /** By slot of the frame. Holds also residuals and opened membranes while a search is under way. */
  readonly slots: Molecule[] = []
  /** By the slot of a solution that is looked into as a value. */
  readonly inside: (Inside | undefined)[] = []
  /** By head; undefined for one that was found in a value, where `chosen` is its place. */
  readonly stores: (Store | undefined)[] = []
  readonly chosen: number[] = []
  /** How many copies each head takes. */
  readonly needs: Int[] = []
  /** Where the candidates of a search step are: `count` slots from `start` on. */
  items: Int32Array = NO_SLOTS
  start = 0
  count = 0
  /** Where candidates come in batches: which one is wanted, and whether there is another. */
  batch = 0
  hasMore = false
  membrane: Membrane
  rule: Rule | undefined
  captured: readonly Molecule[] = []
  /** Where the rule itself is: it is never its own reactant. */
  ruleSlot = -1
  /** The first candidate of each search: moves on so that none is put off for ever. */
  turn = 0
  /** Whether a search may go on after a reaction: nobody else is to be next. */
  mayGoOn: () => boolean = () => false
  /** Draws the first candidate instead. */
  random: ((n: number) => number) | undefined
  /** Candidates until the next look at the clock. */
  looks = CANDIDATES_BETWEEN_LOOKS
  #rounds = 0
  readonly #mustBreakOff: () => boolean
  /** Where each level was when the search was broken off. */
  readonly #saved: Saved[] = []
  #levels = 0
  #resumesTo = 0

  constructor(membrane: Membrane, surroundings: Surroundings, mustBreakOff: () => boolean) {
    this.membrane = membrane
    this.surroundings = surroundings
    this.#mustBreakOff = mustBreakOff
  }

  /** Called when no looks are left; true once the search must stop for now. */
  isOverdue(): boolean {
    this.#rounds++
    this.looks = CANDIDATES_BETWEEN_LOOKS
    if (!this.#mustBreakOff()) return false
    // Where levels were the last time that a search was broken off is no matter any more.
    this.#levels = 0
    return true
  }

  /** How many candidates were looked at so far. */
  get looked(): number {
    return (this.#rounds + 1) * CANDIDATES_BETWEEN_LOOKS - this.looks
  }

  /** Whether the search goes on where one was broken off. */
  get isResuming(): boolean {
    return this.#resumesTo > 0
  }

  /** The next search goes on where the last one was broken off. */
  resume(): void {
    this.#resumesTo = this.#levels
  }

  /** Where the search that was broken off is, by level. */
  get places(): readonly Saved[] {
    return this.#saved.slice(0, this.#levels)
  }

  /** As if a search had been broken off there. */
  breakOffAt(places: readonly Saved[]): void {
    for (const [level, place] of places.entries()) this.#saved[level] = place
    this.#levels = places.length
  }

  /** Forgets where a search was broken off. */
  restart(): void {
    this.#levels = 0
    this.#resumesTo = 0
  }

  /** Where a level that is being resumed was; undefined where it begins afresh. */
  resumed(level: number): Saved | undefined {
    if (level >= this.#resumesTo) return undefined
    if (level === this.#resumesTo - 1) this.#resumesTo = 0
    return this.#saved[level]
  }

  /** Where a level is as the search is broken off; the innermost one comes first. */
  save(level: number, store: number, batch: number, candidate: number, offset: number): void {
    this.#saved[level] = { store, batch, candidate, offset }
    this.#levels = Math.max(this.#levels, level + 1)
  }

  /** The first of n candidates to look at, where the search would begin at `at`. */
  first(n: number, at: number): number {
    if (this.random !== undefined) return this.random(n)
    return at < n ? at : at % n
  }
}
