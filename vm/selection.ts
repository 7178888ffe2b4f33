import type { Random, Strategy } from '../interpreter/index.ts'
import { FAIR } from './activation.ts'
import type { Pace } from './activation.ts'
import { BROKEN_OFF, NOTHING, REACTED } from './code/run.ts'
import type { Answer, Run, Saved } from './code/run.ts'
import { Draw } from './draw.ts'
import type { Membrane } from './membrane.ts'
import { growthOf } from './plan/growth.ts'
import { liveRules } from './rules.ts'
import type { RuleEntry } from './rules.ts'

/** The strategies that choose a rule before they look for molecules. */
export type RuleStrategy = Exclude<Strategy, 'fast' | 'random'>

export function isRuleStrategy(strategy: Strategy): strategy is RuleStrategy {
  return strategy !== 'fast' && strategy !== 'random'
}

/** A search that was broken off, by the place of its rule in the order. */
interface BrokenOff {
  readonly membrane: Membrane
  readonly version: number
  readonly tried: number
}

/** The same with all that tells where it was. */
export interface SelectionBrokenOff {
  readonly membrane: Membrane
  readonly isCurrent: boolean
  readonly tried: number
  readonly places: readonly Saved[]
  /** Where chance is to begin again. */
  readonly random: RandomState | undefined
}

type RandomState = Random['state']

/**
 * Reacts rule by rule: all molecules are there to be found, and each rule in turn looks for what it takes.
 * `round-robin` goes on with the next rule after each reaction, `round-robin-unfair` begins with the
 * first again, `keep-small` with the rule that leaves the fewest molecules (the strategies of Inria's
 * HOCL), and `uniform` draws one of all matches that a solution has.
 */
export class Selection {
  readonly #strategy: RuleStrategy
  readonly #run: Run
  readonly #pace: Pace
  readonly #draw: Draw
  readonly #random: Random
  #broken: BrokenOff | undefined
  /** Where `round-robin` begins: the rule that reacted last, by membrane. */
  readonly #last = new WeakMap<Membrane, number>()
  /** Where chance was when the matches of a solution began to be gone through. */
  #began: RandomState | undefined

  constructor(strategy: RuleStrategy, run: Run, pace: Pace, random: Random) {
    this.#strategy = strategy
    this.#run = run
    this.#pace = pace
    this.#draw = new Draw(run, random)
    this.#random = random
  }

  /**
   * The search that waits to be gone on with. What `uniform` has drawn so far is not told: it begins again
   * with the chance that it had.
   */
  get brokenOff(): SelectionBrokenOff | undefined {
    const broken = this.#broken
    if (broken === undefined) return undefined
    const { membrane, tried } = broken
    const isCurrent = broken.version === membrane.version
    return this.#strategy === 'uniform'
      ? { membrane, isCurrent, tried: 0, places: [], random: isCurrent ? this.#began : undefined }
      : { membrane, isCurrent, tried, places: this.#run.places, random: undefined }
  }

  restore({ membrane, isCurrent, tried, places }: SelectionBrokenOff): void {
    const isResumed = isCurrent && this.#strategy !== 'uniform'
    this.#broken = { membrane, tried, version: isResumed ? membrane.version : -1 }
    this.#run.breakOffAt(places)
  }

  /** The slot of the rule that reacted last in a membrane. */
  lastIn(membrane: Membrane): number | undefined {
    return this.#last.get(membrane)
  }

  restoreLast(membrane: Membrane, slot: number): void {
    this.#last.set(membrane, slot)
  }

  /** Where a search waits to be gone on with. */
  get brokenOffIn(): Membrane | undefined {
    return this.#broken?.membrane
  }

  /** One reaction of a membrane; `NOTHING` where none is possible. */
  react(membrane: Membrane): Answer {
    const broken = this.#broken
    this.#broken = undefined
    membrane.rest()
    const isResumed = broken?.membrane === membrane && broken.version === membrane.version
    if (isResumed) this.#run.resume()
    else {
      this.#run.restart()
      this.#draw.clear()
      if (this.#strategy === 'uniform') this.#began = this.#random.state
    }
    const answer = this.#try(membrane, isResumed ? broken.tried : 0)
    if (answer !== BROKEN_OFF) this.#run.restart()
    return answer
  }

  #try(membrane: Membrane, from: number): Answer {
    const order = this.#order(membrane)
    for (let tried = from; tried < order.length; tried++) {
      const entry = order[tried]
      if (entry === undefined) break
      this.#prepare(membrane, entry)
      const answer =
        this.#strategy === 'uniform'
          ? this.#draw.look(entry.code)
          : entry.code.freshSearch.start(this.#run, undefined, 0)
      if (answer === NOTHING) continue
      if (answer === REACTED) this.#last.set(membrane, entry.slot)
      else if (!this.#pace.isStopped) this.#broken = { membrane, version: membrane.version, tried }
      return answer
    }
    return this.#strategy === 'uniform' ? this.#draw.react() : NOTHING
  }

  #prepare(membrane: Membrane, entry: RuleEntry): void {
    const run = this.#run
    run.membrane = membrane
    run.rule = entry.rule
    run.captured = entry.captured
    run.ruleSlot = entry.slot
    run.turn = Math.floor(this.#pace.reactions / FAIR)
  }

  /** The rules of a membrane, the first to be tried first. */
  #order(membrane: Membrane): readonly RuleEntry[] {
    const rules = [...liveRules(membrane).entries()]
    switch (this.#strategy) {
      case 'uniform':
      case 'round-robin-unfair':
        return rules
      case 'round-robin': {
        const last = this.#last.get(membrane)
        const next = last === undefined ? 0 : rules.findIndex(({ slot }) => slot > last)
        return next <= 0 ? rules : [...rules.slice(next), ...rules.slice(0, next)]
      }
      case 'keep-small': {
        rules.sort((a, b) => growthOf(a.code.anatomy.shape) - growthOf(b.code.anatomy.shape))
        // Now and then another goes first, so that none is put off for ever.
        const { reactions } = this.#pace
        const first =
          reactions % FAIR === FAIR - 1 ? Math.floor(reactions / FAIR) % rules.length : 0
        return [...rules.slice(first), ...rules.slice(0, first)]
      }
    }
  }
}
