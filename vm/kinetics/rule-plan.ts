import { Tuple, equal, isInt } from '../../interpreter/index.ts'
import type {
  Molecule,
  Pattern,
  ReactantPattern,
  RuleShape,
  Slot,
  SolutionPattern,
} from '../../interpreter/index.ts'
import { lookupsOf } from './lookups.ts'
import type { Lookup } from './lookups.ts'
import { slotsRead } from './reads.ts'
import { solutionPatternsIn } from './solution-patterns.ts'
import { Symmetry } from './symmetry.ts'
import type { Copies, Take, Takes } from './take.ts'

/**
 * What a simulation needs to know of a rule's text, worked out once for all its instances. Patterns that
 * are the same molecule are one take of several copies, so that `A, A` and `A^2` are counted alike.
 */
export class RulePlan implements Takes {
  readonly shape: RuleShape
  /** Those that take all copies last, as they take what the others leave. */
  readonly takes: readonly Take[]
  /** By position, the takes inside patterns of solutions included. */
  readonly positions: readonly Take[]
  /** Whether some take binds the number of copies: then another number is another match. */
  readonly countsCopies: boolean
  /** Whether every molecule fits each pattern in one way at most. */
  readonly isDirect: boolean
  readonly isImmediate: boolean
  /** Whether the rate depends on what is matched. */
  readonly readsVariables: boolean
  readonly symmetry: Symmetry
  /** By take. */
  readonly lookups: readonly (readonly Lookup[])[]
  readonly #inner = new Map<SolutionPattern, readonly Take[]>()

  constructor(shape: RuleShape) {
    this.shape = shape
    const positions: Take[] = []
    this.takes = this.#takesOf(shape.patterns, positions)
    this.positions = positions
    this.countsCopies = this.takes.some(({ copies }) => copies.kind === 'all')
    this.isDirect = this.takes.every(({ pattern }) => fitsOnce(pattern))
    this.isImmediate = shape.rate === undefined
    const bound = this.boundSlots()
    this.readsVariables =
      shape.rate !== undefined && [...slotsRead(shape.rate)].some((slot) => bound.has(slot))
    this.lookups = lookupsOf(this.takes, shape)
    this.symmetry = new Symmetry(this)
  }

  /** What the pattern of a solution takes. */
  takesIn(pattern: SolutionPattern): readonly Take[] {
    return this.#inner.get(pattern) ?? []
  }

  /** Every variable that the patterns bind, numbers of copies too. */
  boundSlots(): ReadonlySet<Slot> {
    return new Set(
      this.positions.flatMap(({ slots, copies }) =>
        copies.kind === 'all' ? [...slots, copies.slot] : slots,
      ),
    )
  }

  #takesOf(patterns: readonly ReactantPattern[], positions: Take[]): readonly Take[] {
    return merged(patterns).map(({ pattern, copies }) => {
      const take = { position: positions.length, pattern, copies, slots: slotsOf(pattern) }
      positions.push(take)
      for (const inner of solutionPatternsIn(pattern))
        this.#inner.set(inner, this.#takesOf(inner.patterns, positions))
      return take
    })
  }
}

const plans = new WeakMap<RuleShape, RulePlan>()

/** The plan of a shape: one for all simulations. */
export function planOf(shape: RuleShape): RulePlan {
  let plan = plans.get(shape)
  if (plan === undefined) {
    plan = new RulePlan(shape)
    plans.set(shape, plan)
  }
  return plan
}

type Untaken = Pick<Take, 'pattern' | 'copies'>

function copiesOf(reactant: ReactantPattern): Copies {
  switch (reactant.kind) {
    case 'single':
      return { kind: 'literal', n: 1 }
    case 'fixed':
      return reactant.multiplicity.kind === 'constant' && isInt(reactant.multiplicity.value)
        ? { kind: 'literal', n: reactant.multiplicity.value }
        : { kind: 'captured', expression: reactant.multiplicity }
    case 'all':
      return { kind: 'all', slot: reactant.multiplicity }
  }
}

/** Patterns that are one and the same molecule put together, and those that take all copies put last. */
function merged(patterns: readonly ReactantPattern[]): readonly Untaken[] {
  const kept: Untaken[] = []
  for (const reactant of patterns) {
    const next = { pattern: reactant.pattern, copies: copiesOf(reactant) }
    const at = kept.findIndex((other) => sumOf(other, next) !== undefined)
    const before = kept[at]
    const n = before && sumOf(before, next)
    if (before === undefined || n === undefined) kept.push(next)
    else kept[at] = { pattern: before.pattern, copies: { kind: 'literal', n } }
  }
  const takesAll = ({ copies }: Untaken): boolean => copies.kind === 'all'
  return [...kept.filter((each) => !takesAll(each)), ...kept.filter(takesAll)]
}

/** How many copies two takes take together, where they are sure to take the same molecule. */
function sumOf(a: Untaken, b: Untaken): number | undefined {
  if (a.copies.kind !== 'literal' || b.copies.kind !== 'literal') return undefined
  const [m, n] = [a.copies.n, b.copies.n]
  if (typeof m !== 'number' || typeof n !== 'number' || m > 0 !== n > 0) return undefined
  const [left, right] = [moleculeOf(a.pattern), moleculeOf(b.pattern)]
  return left !== undefined && right !== undefined && equal(left, right) ? m + n : undefined
}

/** The one molecule that a pattern without variables takes. */
export function moleculeOf(pattern: Pattern): Molecule | undefined {
  if (pattern.kind === 'constant') return pattern.value
  if (pattern.kind !== 'tuple') return undefined
  const fields = pattern.fields.map(moleculeOf)
  return fields.every((field) => field !== undefined) ? new Tuple(fields) : undefined
}

/** The variables that a pattern binds; those that stand twice once. */
function slotsOf(pattern: Pattern): readonly Slot[] {
  return [...new Set(boundBy(pattern))]
}

function boundBy(pattern: Pattern): readonly Slot[] {
  switch (pattern.kind) {
    case 'variable':
    case 'rule':
      return [pattern.slot]
    case 'wildcard':
    case 'constant':
      return []
    case 'tuple':
      return pattern.fields.flatMap(boundBy)
    case 'list':
      return pattern.items.flatMap((item) =>
        item.kind === 'item' ? boundBy(item.pattern) : [item.slot],
      )
    case 'solution':
      return [
        ...pattern.rests,
        ...pattern.patterns.flatMap((inner) =>
          inner.kind === 'all'
            ? [...boundBy(inner.pattern), inner.multiplicity]
            : boundBy(inner.pattern),
        ),
      ]
  }
}

/** Whether a molecule cannot fit in two ways: no pattern of a solution, and one rest in a list at most. */
function fitsOnce(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'solution':
      return false
    case 'tuple':
      return pattern.fields.every(fitsOnce)
    case 'list':
      return (
        pattern.items.filter(({ kind }) => kind === 'rest').length <= 1 &&
        pattern.items.every((item) => item.kind === 'rest' || fitsOnce(item.pattern))
      )
    case 'variable':
    case 'wildcard':
    case 'constant':
    case 'rule':
      return true
  }
}
