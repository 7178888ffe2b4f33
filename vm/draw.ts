import { isInfinite } from '../interpreter/index.ts'
import type { Int, Molecule, Random, Rule } from '../interpreter/index.ts'
import { searchCode } from './code/search.ts'
import type { StartCode } from './code/search.ts'
import { NOTHING } from './code/run.ts'
import type { Answer, Run } from './code/run.ts'
import type { Anatomy } from './plan/heads.ts'
import { planFor } from './plan/planner.ts'
import type { RuleCode } from './rule-code.ts'
import type { Store } from './store/store.ts'

/** A match as the run had it. */
interface Match {
  readonly code: RuleCode
  readonly rule: Rule | undefined
  readonly captured: readonly Molecule[]
  readonly ruleSlot: number
  readonly slots: readonly Molecule[]
  readonly stores: readonly (Store | undefined)[]
  readonly chosen: readonly number[]
  readonly needs: readonly Int[]
}

/**
 * Draws one of all matches, each way to choose copies being as likely as any other: every search runs to
 * its end, and of what it finds one is kept (reservoir sampling: Vitter 1985).
 */
export class Draw {
  readonly #run: Run
  readonly #random: Random
  readonly #searches = new Map<RuleCode, StartCode>()
  #ways = 0
  #kept: Match | undefined

  constructor(run: Run, random: Random) {
    this.#run = run
    this.#random = random
  }

  /** Forgets what was found. */
  clear(): void {
    this.#ways = 0
    this.#kept = undefined
  }

  /** Goes through the matches of a rule. */
  look(code: RuleCode): Answer {
    let search = this.#searches.get(code)
    if (search === undefined) {
      search = searchCode(planFor(code.anatomy, undefined), (run) => this.#found(code, run), {
        opening: code.opening,
        cursor: { at: 0 },
        goesOn: { level: -1, isTaken: false },
      })
      this.#searches.set(code, search)
    }
    return search(this.#run, undefined, 0)
  }

  #found(code: RuleCode, run: Run): Answer {
    const ways = waysOf(code.anatomy, run)
    this.#ways += ways
    if (this.#random.float() * this.#ways < ways)
      this.#kept = {
        code,
        rule: run.rule,
        captured: run.captured,
        ruleSlot: run.ruleSlot,
        slots: [...run.slots],
        stores: [...run.stores],
        chosen: [...run.chosen],
        needs: [...run.needs],
      }
    return NOTHING
  }

  /** The reaction that was drawn. */
  react(): Answer {
    const kept = this.#kept
    this.clear()
    if (kept === undefined) return NOTHING
    const run = this.#run
    run.rule = kept.rule
    run.captured = kept.captured
    run.ruleSlot = kept.ruleSlot
    replace(run.slots, kept.slots)
    replace(run.stores, kept.stores)
    replace(run.chosen, kept.chosen)
    replace(run.needs, kept.needs)
    return kept.code.react(run)
  }
}

function replace<T>(to: T[], from: readonly T[]): void {
  for (const [i, value] of from.entries()) to[i] = value
}

/** In how many ways the copies of a match can be chosen; ∞ counts as one. */
function waysOf(anatomy: Anatomy, run: Run): number {
  let ways = 1
  for (const { index, reactant } of anatomy.heads) {
    const store = run.stores[index]
    const slot = run.chosen[index]
    if (store?.copies === undefined || slot === undefined || reactant.kind === 'all') continue
    const copies = store.copiesOf(slot)
    if (isInfinite(copies)) continue
    let used = 0
    for (const other of anatomy.heads)
      if (
        other.index < index &&
        run.chosen[other.index] === slot &&
        run.stores[other.index] === store
      )
        used += Number(run.needs[other.index] ?? 1)
    const needed = Math.abs(Number(run.needs[index] ?? 1))
    const there = Math.abs(Number(copies) - used)
    for (let i = 0; i < needed; i++) ways *= (there - i) / (i + 1)
  }
  return Math.max(1, ways)
}
