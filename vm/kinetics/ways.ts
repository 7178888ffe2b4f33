import {
  EvaluationFailure,
  SolutionValue,
  addInt,
  evaluate,
  holds,
  isInfinite,
  isInt,
  negateInt,
  shapeOf,
} from '../../interpreter/index.ts'
import type {
  Environment,
  Expression,
  Int,
  Molecule,
  Rule,
  Surroundings,
} from '../../interpreter/index.ts'
import { bind } from './bindings.ts'
import type { Slots } from './bindings.ts'
import type { Candidate } from './candidates.ts'
import { choose } from './choose.ts'
import type { Choice, Match } from './match.ts'
import { rateOf } from './rate.ts'
import type { Rate } from './rate.ts'
import type { Judge } from './rejection.ts'
import { planOf } from './rule-plan.ts'
import type { RulePlan } from './rule-plan.ts'
import type { Kind } from './stock.ts'
import { insideWays as waysInside } from './symmetry.ts'
import type { Draw } from './symmetry.ts'
import type { Take } from './take.ts'

/** What one rule in one solution makes of molecules: matches, their rates, and how many ways they are. */
export class Ways implements Judge {
  readonly rule: Rule
  readonly plan: RulePlan
  readonly takes: readonly Take[]
  readonly start: Slots
  /** How many copies each take takes, by position; undefined for all of them, or where it is no number. */
  readonly copies: readonly (Int | undefined)[]
  /** The rate, where it does not depend on what is matched. */
  readonly rate: Rate | undefined
  /** The rule as a molecule of the solution. */
  readonly #kind: Kind
  readonly #surroundings: Surroundings

  constructor(kind: Kind, rule: Rule, surroundings: Surroundings) {
    const plan = planOf(shapeOf(rule))
    this.rule = rule
    this.plan = plan
    this.takes = plan.takes
    this.#kind = kind
    this.#surroundings = surroundings
    const start: Molecule[] = []
    for (const rest of plan.shape.topRests) start[rest] = SolutionValue.empty
    this.start = start
    this.copies = plan.positions.map((take) => this.#copies(take))
    this.rate = plan.readsVariables ? undefined : this.#rateWith(start)
  }

  /** Whether it can never react: then nothing needs to be known of its matches. */
  get isStill(): boolean {
    return this.rate === 0 || this.#takesNothing
  }

  /** Some takes have a number of copies that cannot be taken. */
  get #takesNothing(): boolean {
    return this.takes.some(
      ({ position, copies }) => copies.kind !== 'all' && this.copies[position] === undefined,
    )
  }

  /** How many copies a take takes of what a match has for it, at this moment. */
  copiesTaken(match: Match, take: number): Int {
    return this.copies[this.takes[take]?.position ?? -1] ?? this.#left(match.kinds, take)
  }

  waysFor(take: number, { kind }: Candidate): number {
    const n = this.copies[this.takes[take]?.position ?? -1]
    return n === undefined ? 0 : choose(this.#countOf(kind), n)
  }

  judged({ slots, candidates }: Choice): Match | undefined {
    const kinds = candidates.map(({ kind }) => kind)
    const bound = this.plan.countsCopies ? this.#countedIn(slots, kinds) : slots
    if (bound === undefined) return undefined
    if (!holds(this.plan.shape.condition, this.#environment(bound))) return undefined
    const rate = this.rate ?? this.#rateWith(bound)
    const insides = candidates.map(({ binding }) => binding.inside)
    const draws = insides.some((draws) => draws.length > 0)
      ? this.takes.map((take, i) => drawOf(take, kinds[i], insides[i] ?? []))
      : []
    return {
      slots: bound,
      kinds,
      insides,
      insideWays: waysInside(draws),
      hasSupplyInside: draws.some(hasSupply),
      rate: typeof rate === 'number' ? rate : 0,
      failure: typeof rate === 'number' ? undefined : rate,
    }
  }

  /** The value of an expression of the rule; undefined where it has none. */
  valueOf(expression: Expression, slots: Slots): Molecule | undefined {
    try {
      return evaluate(expression, this.#environment(slots))
    } catch (error) {
      if (error instanceof EvaluationFailure) return undefined
      throw error
    }
  }

  waysOf(match: Match): number {
    const { kinds } = match
    let ways = 1
    for (let i = 0; i < kinds.length; i++) {
      const n = this.copies[this.takes[i]?.position ?? -1]
      const left = this.#left(kinds, i)
      if (n !== undefined) ways *= choose(left, n)
      else if (left === 0) ways = 0
      if (ways === 0) return 0
    }
    return ways * this.shareOf(match)
  }

  /** What one choice of copies counts: the ways inside it, less those that are no other way. */
  shareOf({ kinds, insides, insideWays, hasSupplyInside }: Match): number {
    const { symmetry } = this.plan
    if (symmetry.order === 1) return insideWays
    if (!hasSupplyInside && !kinds.some(({ count }) => isInfinite(count)))
      return insideWays / symmetry.order
    const draws = this.takes.map((take, i) => drawOf(take, kinds[i], insides[i] ?? []))
    return insideWays * symmetry.share(draws)
  }

  /** Copies left for a take after those before it have taken theirs. */
  #left(kinds: readonly Kind[], take: number): Int {
    const kind = kinds[take]
    if (kind === undefined) return 0
    let left = this.#countOf(kind)
    for (let i = 0; i < take; i++) {
      if (kinds[i] !== kind) continue
      const n = this.copies[this.takes[i]?.position ?? -1]
      if (n === undefined) return 0
      left = addInt(left, negateInt(n))
    }
    return left
  }

  /** The rule that reacts is never its own reactant; another copy of it may be. */
  #countOf(kind: Kind): Int {
    return kind === this.#kind ? addInt(kind.count, -1) : kind.count
  }

  /** The slots with the numbers of copies; undefined where there are none, or they do not agree. */
  #countedIn(slots: Slots, kinds: readonly Kind[]): Slots | undefined {
    let bound: Slots | undefined = slots
    for (const [i, { copies }] of this.takes.entries()) {
      if (copies.kind !== 'all' || bound === undefined) continue
      const left = this.#left(kinds, i)
      bound = left === 0 ? undefined : bind(bound, copies.slot, left)
    }
    return bound
  }

  #environment(slots: Slots): Environment {
    return {
      slots: [...slots],
      captured: this.rule.captured,
      surroundings: this.#surroundings,
    }
  }

  #rateWith(slots: Slots): Rate {
    const { rate, parts } = this.plan.shape
    if (rate === undefined) return 1
    return rateOf(rate, this.#environment(slots), parts.ratePlace ?? parts.place)
  }

  #copies({ copies }: Take): Int | undefined {
    switch (copies.kind) {
      case 'literal':
        return validCopies(copies.n)
      case 'captured': {
        const n = this.valueOf(copies.expression, [])
        return n === undefined ? undefined : validCopies(n)
      }
      case 'all':
        return undefined
    }
  }
}

/** What a rule's own take drew. The choices of those cancel out of a share. */
function drawOf(take: Take, kind: Kind | undefined, inside: readonly Draw[]): Draw {
  const { molecule = 0, count = 0 } = kind ?? {}
  return { position: take.position, molecule, among: count, ways: 1, inside }
}

function hasSupply({ inside }: Draw): boolean {
  return inside.some((draw) => isInfinite(draw.among) || hasSupply(draw))
}

/** A number of copies that can be taken, or none. */
function validCopies(n: Molecule): Int | undefined {
  return isInt(n) && n !== 0 && !isInfinite(n) ? n : undefined
}
