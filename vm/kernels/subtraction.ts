import type { Molecule } from '../../interpreter/index.ts'
import type { FlatHead, FlatProduct, FlatRule } from './flat-rule.ts'
import {
  areAlike,
  columnOf,
  givesBackColumns,
  isField,
  isLinear,
  sharedColumns,
} from './flat-rule.ts'
import { fits } from './fits.ts'
import type { Done, Kernel, Task } from './kernel.ts'
import { columnIn } from './matter.ts'
import type { Relation, Term } from './normal-form.ts'

/** Elements between two looks at the clock. */
const AT_A_TIME = 1 << 13

/** The larger of two numbers is lessened by the smaller, which stays. */
export interface SubtractionRule {
  readonly heads: readonly [FlatHead, FlatHead]
  readonly column: number
  /** By one subtraction, or by all that are possible at once: `y % x`. */
  readonly by: '-' | '%'
  /** Whether equal numbers do not react. */
  readonly isStrict: boolean
  /** Whether the condition leaves 0 alone. */
  readonly sparesZero: boolean
}

/** Reads a rule as the subtraction of Euclid. */
export function subtractionRule(rule: FlatRule): SubtractionRule | undefined {
  const [a, b] = rule.heads
  if (a === undefined || b === undefined || rule.heads.length !== 2) return undefined
  if (!areAlike(a, b) || !isLinear(a) || !isLinear(b) || sharedColumns(a, b).length > 0)
    return undefined
  for (const [small, large] of [
    [a, b],
    [b, a],
  ] as const) {
    const [first, second] = rule.products
    if (first === undefined || second === undefined || rule.products.length !== 2) return undefined
    const rest = givesBackColumns(first, small)
      ? second
      : givesBackColumns(second, small)
        ? first
        : undefined
    const lessened = rest && lessenedColumn(rest, small, large)
    const asked = lessened && askedOf(rule.relations, lessened)
    if (lessened !== undefined && asked !== undefined)
      return { heads: [a, b], column: lessened.column, by: lessened.by, ...asked }
  }
  return undefined
}

interface Lessened {
  readonly column: number
  readonly by: '-' | '%'
  readonly small: Term
  readonly large: Term
}

/** The one column in which a product is not the larger molecule but what is left of it. */
function lessenedColumn(
  product: FlatProduct,
  small: FlatHead,
  large: FlatHead,
): Lessened | undefined {
  if (product.fields.length !== large.fields.length) return undefined
  let found: Lessened | undefined
  for (const [column, field] of large.fields.entries()) {
    const term = product.fields[column]
    if (isField(term, field)) continue
    if (found !== undefined || term?.kind !== 'apply') return undefined
    const { operator, terms } = term
    const [of, by] = terms
    const other = small.fields[column]
    if ((operator !== '-' && operator !== '%') || of === undefined || by === undefined)
      return undefined
    if (other === undefined || !isField(of, field) || !isField(by, other)) return undefined
    found = { column, by: operator, small: by, large: of }
  }
  return found
}

/** The condition must let the smaller be taken from the larger, and may leave out zeros and equal ones. */
function askedOf(
  relations: readonly Relation[],
  { small, large, by }: Lessened,
): { readonly isStrict: boolean; readonly sparesZero: boolean } | undefined {
  let order: boolean | undefined
  let sparesZero = false
  for (const relation of relations) {
    if (relation.kind === 'order' && relation.low.key === small.key) {
      if (relation.high.key !== large.key || order !== undefined) return undefined
      order = relation.isStrict
    } else if (isNotZero(relation, small)) sparesZero = true
    else if (!isNotZero(relation, large)) return undefined
  }
  // What is left of equal numbers that stay would depend on the order, were they divided.
  if (order === undefined || (order && by === '%')) return undefined
  return { isStrict: order, sparesZero }
}

/** `0 < x` or `x != 0`. */
function isNotZero(relation: Relation, term: Term): boolean {
  if (relation.kind === 'order')
    return relation.isStrict && isZero(relation.low) && relation.high.key === term.key
  if (relation.kind !== 'different') return false
  const { left, right } = relation
  return (isZero(left) && right.key === term.key) || (isZero(right) && left.key === term.key)
}

function isZero(term: Term): boolean {
  return term.kind === 'constant' && term.value === 0
}

/** Whether a rule drops the zeros of a subtraction, and does nothing else. */
export function dropsZero(rule: FlatRule, { heads, column }: SubtractionRule): boolean {
  const [head] = rule.heads
  const [like] = heads
  if (head === undefined || rule.heads.length !== 1 || rule.products.length !== 0) return false
  if (head.isTuple !== like.isTuple || head.fields.length !== like.fields.length) return false
  if (!isLinear(head)) return false
  return head.fields.every((field, at) => {
    const other = like.fields[at]
    if (at !== column)
      return field.kind === 'constant'
        ? other?.kind === 'constant' && field.value === other.value
        : other?.kind !== 'constant'
    return field.kind === 'constant'
      ? field.value === 0 && rule.relations.length === 0
      : field.kind === 'variable' && asksForZero(rule, head, at)
  })
}

function asksForZero({ relations }: FlatRule, head: FlatHead, column: number): boolean {
  const [relation] = relations
  if (relation?.kind !== 'same' || relations.length !== 1) return false
  const { left, right } = relation
  const term = isZero(left) ? right : isZero(right) ? left : undefined
  return term?.kind === 'slot' && columnOf(head, term.slot) === column
}

/** Euclid's algorithm over all numbers, zeros dropped where there is a rule for it. */
export function subtractionKernel(
  rule: SubtractionRule,
  drop: FlatHead | undefined,
): Kernel | undefined {
  // 0 taken from a number changes nothing: without end.
  if (drop === undefined && !rule.isStrict && !rule.sparesZero) return undefined
  return {
    name: 'subtraction',
    text: `finds the greatest common divisor${rule.heads[0].isTuple ? ` of field ${String(rule.column + 1)}` : ''} by division`,
    least: 4,
    leastCopies: 4,
    canGrow: false,
    work: (task) => work(rule, drop, task),
  }
}

function* work(
  rule: SubtractionRule,
  drop: FlatHead | undefined,
  { matter, most }: Task,
): Generator<undefined, Done | undefined> {
  const { n } = matter
  const given = columnIn(matter, rule.column)
  if (Array.isArray(given) || !rule.heads.every((head) => fits(matter, head))) return undefined
  if (drop !== undefined && !fits(matter, ofZero(drop, rule.column))) return undefined
  // Equal numbers that stay would have to share a slot.
  if (matter.store.isCounted && (rule.isStrict || drop === undefined)) return undefined
  const euclid = new Euclid(rule, given.slice(0, n), matter.copies)
  for (let from = 0; from < n; from += AT_A_TIME) {
    if (!euclid.take(from, Math.min(n, from + AT_A_TIME), drop !== undefined)) return undefined
    if (euclid.reactions > most) return undefined
    yield
  }
  return euclid.done(matter, drop !== undefined)
}

/** What the dropping rule asks of a molecule besides the zero. */
function ofZero(drop: FlatHead, column: number): FlatHead {
  const fields = drop.fields.map((field, at) =>
    at === column && field.kind === 'constant'
      ? ({ kind: 'wildcard', type: undefined } as const)
      : field,
  )
  return { ...drop, fields }
}

/** Goes through the numbers with the common divisor so far. */
class Euclid {
  readonly #rule: SubtractionRule
  readonly #values: Int32Array | Float64Array
  readonly #copies: readonly number[] | undefined
  /** Where the divisor is. */
  #at = -1
  #divisor = 0
  #zeros = 0
  reactions = 0

  constructor(
    rule: SubtractionRule,
    values: Int32Array | Float64Array,
    copies: readonly number[] | undefined,
  ) {
    this.#rule = rule
    this.#values = values
    this.#copies = copies
  }

  /** Takes some numbers in; false where one of them never ends or is none that this is for. */
  take(from: number, to: number, dropsZeros: boolean): boolean {
    const values = this.#values
    const { isStrict, sparesZero } = this.#rule
    for (let i = from; i < to; i++) {
      const value = values[i]!
      const copies = this.#copies?.[i] ?? 1
      if (value < 0 || value > Number.MAX_SAFE_INTEGER) return false
      if (value === 0) {
        if (!dropsZeros && !sparesZero) return false
        this.#zeros += copies
        continue
      }
      // Several copies that stay need slots of their own.
      if (isStrict && copies > 1) return false
      if (this.#at < 0) {
        this.#at = i
        this.#divisor = value
      } else this.#meet(i, value)
      if (copies > 1) this.#again(this.#steps(value) * (copies - 1), copies - 1)
    }
    return Number.isSafeInteger(this.reactions)
  }

  /** Each of some equal numbers, which the divisor divides, becomes 0. */
  #again(reactions: number, copies: number): void {
    this.reactions += reactions
    this.#zeros += copies
  }

  /** How many reactions take a number to 0 that the divisor divides. */
  #steps(value: number): number {
    return this.#rule.by === '%' ? 1 : value / this.#divisor
  }

  #meet(at: number, given: number): void {
    const { by, isStrict } = this.#rule
    let [small, large] = [this.#divisor, given]
    let [smallAt, largeAt] = [this.#at, at]
    for (;;) {
      if (small > large) {
        ;[small, large] = [large, small]
        ;[smallAt, largeAt] = [largeAt, smallAt]
      }
      if (small === 0 || (isStrict && small === large)) break
      const rest = large % small
      if (isStrict && by === '-' && rest === 0) {
        // The last one stays: equal numbers are left alone.
        this.reactions += large / small - 1
        large = small
        continue
      }
      this.reactions += by === '%' ? 1 : (large - rest) / small
      large = rest
    }
    if (small === 0) {
      this.#zeros++
      this.#values[smallAt] = 0
    }
    this.#at = largeAt
    this.#divisor = large
    this.#values[largeAt] = large
    if (small !== 0) this.#values[smallAt] = small
  }

  done(matter: Task['matter'], dropsZeros: boolean): Done | undefined {
    const { n } = matter
    const { by, isStrict, column } = this.#rule
    const values = this.#values
    if (isStrict && by === '-') this.#level(n)
    if (dropsZeros) this.reactions += this.#zeros
    const elements: number[] = []
    const left: Molecule[] = []
    const copies: number[] = []
    for (let i = 0; i < n; i++) {
      const value = values[i]!
      if (value === 0 && dropsZeros) continue
      elements.push(i)
      left.push(value)
      copies.push(value === 0 ? (this.#copies?.[i] ?? 1) : 1)
    }
    if (!dropsZeros && this.#copies?.some((each) => each > 1) === true) return undefined
    return {
      reactions: this.reactions,
      left: {
        elements: Int32Array.from(elements),
        count: elements.length,
        values: new Map([[column, left]]),
        copies: this.#copies === undefined ? undefined : copies,
      },
      isExact: true,
    }
  }

  /** What met an earlier divisor is a multiple of the last one, and becomes equal to it. */
  #level(n: number): void {
    const values = this.#values
    for (let i = 0; i < n; i++) {
      const value = values[i]!
      if (value === 0 || value === this.#divisor) continue
      this.reactions += value / this.#divisor - 1
      values[i] = this.#divisor
    }
  }
}
