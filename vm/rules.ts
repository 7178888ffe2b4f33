import { shapeOf } from '../interpreter/index.ts'
import type { Molecule, Rule, RuleShape } from '../interpreter/index.ts'
import type { Ranking } from './best-first.ts'
import type { Dispatch } from './dispatch.ts'
import type { Joined } from './generate/react.ts'
import type { Membrane } from './membrane.ts'
import type { Anatomy } from './plan/heads.ts'
import type { RuleCode } from './rule-code.ts'
import type { MoleculeClass } from './store/molecule-class.ts'
import type { MembraneRules } from './world.ts'

/** A rule that is in a solution now. */
export interface RuleEntry {
  readonly code: RuleCode
  readonly rule: Rule
  readonly captured: readonly Molecule[]
  readonly slot: number
  /** Not yet tried with the molecules that were there before it. */
  isFresh: boolean
}

/** What the rules of one membrane have come to. */
export interface RulesState {
  /** Slots, those with instances of one rule in the order in which these are tried. */
  readonly order: readonly number[]
  /** Those with rules that were not yet tried. */
  readonly fresh: readonly number[]
  readonly kernelsFrom: number
  readonly hasTried: boolean
  /** The rules that molecules were SPARED for first. */
  readonly sparing: readonly RuleCode[] | undefined
}

const NONE: readonly RuleEntry[] = []

/** The rules of one membrane. */
export class LiveRules implements MembraneRules {
  #dispatch: Dispatch
  /** Whether rules have come or gone that it does not know of. */
  #isStale = false
  /** No kernel is tried before so many reactions: the last one found little to do. */
  kernelsFrom = 0
  /** Whether some rule here was tried with all that had been activated. */
  hasTried = false
  #sparing: Dispatch | undefined
  readonly #bySlot: (RuleEntry | undefined)[] = []
  /** By the id of its code. */
  readonly #byCode: (RuleEntry[] | undefined)[] = []
  readonly #codeOf: (shape: RuleShape) => RuleCode

  constructor(empty: Dispatch, codeOf: (shape: RuleShape) => RuleCode) {
    this.#dispatch = empty
    this.#codeOf = codeOf
  }

  add(rule: Rule, slot: number): void {
    const code = this.#codeOf(shapeOf(rule))
    const entry = { code, rule, captured: rule.captured, slot, isFresh: true }
    while (this.#bySlot.length < slot) this.#bySlot.push(undefined)
    this.#bySlot[slot] = entry
    const same = this.#byCode[code.id]
    if (same === undefined) {
      while (this.#byCode.length < code.id) this.#byCode.push(undefined)
      this.#byCode[code.id] = [entry]
      this.#changed(code)
      this.kernelsFrom = 0
    } else same.push(entry)
  }

  remove(slot: number): void {
    const entry = this.#bySlot[slot]
    if (entry === undefined) return
    this.#bySlot[slot] = undefined
    const same = this.#byCode[entry.code.id]
    if (same === undefined) return
    same.splice(same.indexOf(entry), 1)
    if (same.length > 0) return
    this.#byCode[entry.code.id] = undefined
    this.#changed(entry.code)
  }

  /** What the rules that are here now are for. */
  get dispatch(): Dispatch {
    if (this.#isStale) {
      this.#dispatch = this.#dispatch.among(
        this.#byCode.flatMap((entries) => entries?.[0]?.code ?? []),
      )
      this.#isStale = false
    }
    return this.#dispatch
  }

  /** Of many rules that come one after the other, only the last makes a difference. */
  #changed(code: RuleCode): void {
    const next = this.#isStale ? undefined : this.#dispatch.next(code)
    if (next === undefined) this.#isStale = true
    else this.#dispatch = next
  }

  /** What is known beside the rules themselves. */
  get state(): RulesState {
    const order = this.#byCode.flatMap((entries) => entries?.map(({ slot }) => slot) ?? [])
    return {
      order,
      fresh: order.filter((slot) => this.#bySlot[slot]?.isFresh === true),
      kernelsFrom: this.kernelsFrom,
      hasTried: this.hasTried,
      sparing: this.#sparing?.codes,
    }
  }

  /** The rules in some slots as they were. */
  restore(from: RulesState, ruleIn: (slot: number) => Rule, sparing: Dispatch | undefined): void {
    for (const slot of from.order) this.add(ruleIn(slot), slot)
    const fresh = new Set(from.fresh)
    for (const entry of this.entries()) entry.isFresh = fresh.has(entry.slot)
    this.kernelsFrom = from.kernelsFrom
    this.hasTried = from.hasTried
    this.#sparing = sparing
  }

  /** How molecules of a class that a rule has changed are ranked, if they can be spared its search; only while the rules stay the same. */
  spares(moleculeClass: MoleculeClass, by: Anatomy): Ranking | undefined {
    this.#sparing ??= this.dispatch
    if (!this.isSparing) return undefined
    for (const { code, hardening } of this.dispatch.occurrences(moleculeClass))
      if (hardening !== undefined && code.anatomy === by) return hardening
    return undefined
  }

  /** Whether the rules are those that molecules are SPARED for. */
  get isSparing(): boolean {
    return this.#sparing === this.dispatch
  }

  rest(slot: number): void {
    const entry = this.#bySlot[slot]
    if (entry !== undefined) this.tried(entry)
  }

  tried(entry: RuleEntry): void {
    entry.isFresh = false
    this.hasTried = true
  }

  at(slot: number): RuleEntry | undefined {
    return this.#bySlot[slot]
  }

  /** All, in the order in which they came. */
  *entries(): Generator<RuleEntry> {
    for (const entry of this.#bySlot) if (entry !== undefined) yield entry
  }

  of(code: RuleCode): readonly RuleEntry[] {
    return this.#byCode[code.id] ?? NONE
  }
}

/** The rules of a membrane as the machine keeps them. */
export function liveRules(membrane: Membrane): LiveRules {
  // Every membrane of a machine gets its rules from `Machine.rulesOf`, which makes these.
  return membrane.rules as LiveRules
}

/** What may follow on a rule's reactions in a membrane. */
export function joinedIn(anatomy: Anatomy, membrane: Membrane): Joined {
  const { dispatch } = liveRules(membrane)
  return { chain: dispatch.chain(anatomy), dispatch }
}
