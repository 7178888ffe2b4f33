import { grownInts } from '../store/column.ts'
import type { Numbers } from './comparable.ts'
import type { FlatHead, FlatRule } from './flat-rule.ts'
import { areAlike, columnOf, givesBackColumns, isLinear, sharedColumns } from './flat-rule.ts'
import { columnsOf, fits } from './fits.ts'
import { marked } from './fold.ts'
import type { Done, Kernel, Task } from './kernel.ts'
import { columnIn } from './matter.ts'
import { inPieces, throughout, whileMore } from './pieces.ts'
import type { Elements, Matter } from './matter.ts'
import type { Relation, Term } from './normal-form.ts'

/** The table may have so many places for each number. */
const PLACES_PER_NUMBER = 64

/** States of a number in the table. */
const ABSENT = 0
const PRESENT = 1
/** Divided by a smaller one that stays, whether it was there or not. */
const CROSSED_OUT = 2

/** Of two numbers one of which divides the other, the divisor stays. */
interface DividesRule {
  readonly heads: readonly [FlatHead, FlatHead]
  readonly column: number
  /** Whether equal numbers do not react. */
  readonly isStrict: boolean
}

/** What the sieve of Eratosthenes does, for any set of positive numbers. */
export function dividesKernel(rule: FlatRule): Kernel | undefined {
  const found = dividesRule(rule)
  if (found === undefined) return undefined
  return {
    name: 'divides',
    text: `crosses out multiples${found.heads[0].isTuple ? ` by field ${String(found.column + 1)}` : ''} in ascending order`,
    least: 8,
    leastCopies: 8,
    canGrow: false,
    work: (task) => work(found, task),
  }
}

function dividesRule(rule: FlatRule): DividesRule | undefined {
  const [a, b] = rule.heads
  const [product] = rule.products
  if (a === undefined || b === undefined || rule.heads.length !== 2) return undefined
  if (product === undefined || rule.products.length !== 1) return undefined
  if (!areAlike(a, b) || !isLinear(a) || !isLinear(b) || sharedColumns(a, b).length > 0)
    return undefined
  const kept = givesBackColumns(product, a) ? a : givesBackColumns(product, b) ? b : undefined
  if (kept === undefined) return undefined
  const other = kept === a ? b : a
  const relation = rule.relations.find(({ kind }) => kind === 'divides')
  if (relation?.kind !== 'divides') return undefined
  const column = pairColumn(relation.by, relation.of, kept, other)
  if (column < 0) return undefined
  let isStrict = false
  for (const more of rule.relations) {
    if (more === relation) continue
    const asked = alsoAsked(more, relation)
    if (asked === undefined) return undefined
    isStrict ||= asked === 'strict'
  }
  return { heads: [a, b], column, isStrict }
}

/** The column that holds one term in one head and the other term in the other. */
function pairColumn(of: Term, by: Term, head: FlatHead, other: FlatHead): number {
  if (of.kind !== 'slot' || by.kind !== 'slot') return -1
  const column = columnOf(head, of.slot)
  return columnOf(other, by.slot) === column ? column : -1
}

/** What follows from dividing, or only leaves equal numbers alone. All numbers are positive. */
function alsoAsked(
  relation: Relation,
  { by, of }: Extract<Relation, { kind: 'divides' }>,
): 'strict' | 'nothing' | undefined {
  switch (relation.kind) {
    case 'order': {
      if (relation.low.key === by.key && relation.high.key === of.key)
        return relation.isStrict ? 'strict' : 'nothing'
      const isZero = relation.low.kind === 'constant' && relation.low.value === 0
      const isOurs = relation.high.key === by.key || relation.high.key === of.key
      return isZero && isOurs ? 'nothing' : undefined
    }
    case 'different': {
      const keys = [relation.left.key, relation.right.key]
      if (keys.includes(by.key) && keys.includes(of.key)) return 'strict'
      const hasZero = [relation.left, relation.right].some(
        (term) => term.kind === 'constant' && term.value === 0,
      )
      return hasZero && (keys.includes(by.key) || keys.includes(of.key)) ? 'nothing' : undefined
    }
    case 'same':
    case 'divides':
    case 'other':
      return undefined
  }
}

function* work(rule: DividesRule, { matter }: Task): Generator<undefined, Done | undefined> {
  const { n, total } = matter
  const values = columnIn(matter, rule.column)
  if (Array.isArray(values) || !rule.heads.every((head) => fits(matter, head))) return undefined
  const table = yield* tableOf(values, n)
  if (table === undefined) return undefined
  const sieve = sieveOf(table)
  yield* whileMore((steps) => crossOut(sieve, steps))
  const left = yield* stayingIn(rule, matter, values, sieve)
  const molecules = left.copies?.reduce((sum, copies) => sum + copies, 0) ?? left.count
  return { reactions: total - molecules, left, isExact: true }
}

/** Which numbers are there, up to a power of two; undefined where one is not positive or too large. */
function* tableOf(values: Numbers, n: number): Generator<undefined, Uint8Array | undefined> {
  if (values instanceof Float64Array) return undefined
  // Nearly always the numbers are not much larger than there are of them.
  let size = 2 ** Math.ceil(Math.log2(n + 2))
  for (;;) {
    const table = new Uint8Array(size)
    let bits = 0
    yield* throughout(n, (from, to) => {
      bits |= enter(values, table, from, to)
      return bits >>> 0 < size
    })
    if (bits < 0 || table[0] === PRESENT) return undefined
    if (bits < size) return table
    size = 2 ** Math.ceil(Math.log2(bits + 1))
    if (size > PLACES_PER_NUMBER * n + 1024) return undefined
  }
}

/** Enters some numbers, those beyond the table excepted, and gives the bits that are set in any of them. */
function enter(values: Int32Array, table: Uint8Array, from: number, to: number): number {
  let bits = 0
  for (let i = from; i < to; i++) {
    const value = values[i]!
    bits |= value
    table[value] = PRESENT
  }
  return bits
}

/** The table of the numbers, and how far it is worked off. Once 2 stays, nothing is noted of even ones. */
interface Sieve {
  readonly table: Uint8Array
  /** Whether all even numbers but 2 are crossed out without a mark. */
  readonly isEvenOut: boolean
  next: number
  /** The first number from 2 on that is neither there nor divided by one that stays. */
  hole: number
}

function sieveOf(table: Uint8Array): Sieve {
  const isEvenOut = table[1] === ABSENT && table[2] === PRESENT
  return { table, isEvenOut, next: isEvenOut ? 3 : 1, hole: Infinity }
}

/**
 * Crosses out what the numbers that stay divide, ascending, for so many steps; false once all is done.
 * While every number below is there or crossed out, a multiple by less than the number itself has been
 * crossed out by a divisor of the factor.
 */
function crossOut(sieve: Sieve, most: number): boolean {
  const { table, isEvenOut } = sieve
  const end = table.length
  let { next, hole } = sieve
  const step = isEvenOut ? 2 : 1
  for (let steps = 0; steps < most; next += step) {
    const factor = next < 2 ? 2 : next < hole ? next : hole
    if (next * factor >= end) return false
    steps++
    const state = table[next]!
    if (state === PRESENT) {
      const from = next * (isEvenOut ? factor | 1 : factor)
      crossOutFrom(table, from, next * step)
      steps += (end - from) / (next * step)
    } else if (state === ABSENT && next < hole && next > 1) hole = next
  }
  sieve.next = next
  sieve.hole = hole
  return true
}

function crossOutFrom(table: Uint8Array, from: number, step: number): void {
  // V8 would ask for the length each time, which takes longer than the rest.
  const end = table.length
  for (let at = from; at < end; at += step) table[at] = CROSSED_OUT
}

/** Whether a number stays that is there. */
function stays({ table, isEvenOut }: Sieve, value: number): boolean {
  const isOut = isEvenOut && (value & 1) === 0 && value !== 2
  return !isOut && table[value] === PRESENT
}

/** What stays, once the table is worked off. */
function* stayingIn(
  rule: DividesRule,
  matter: Matter,
  values: Numbers,
  sieve: Sieve,
): Generator<undefined, Elements> {
  const { n, copies } = matter
  const isAlone = columnsOf(matter.store.class).length === 1
  if (isAlone && !rule.isStrict && copies === undefined) {
    const numbers = yield* listed(sieve)
    const left = { elements: undefined, count: numbers.length, copies: undefined }
    return { ...left, values: new Map([[rule.column, numbers]]) }
  }
  const marks = new Uint8Array(n)
  let count = 0
  yield* inPieces(n, (from, to) => {
    count += mark(sieve, { values, marks, isStrict: rule.isStrict }, from, to)
  })
  const elements = marked(marks, count)
  const kept =
    copies && Array.from(elements, (element) => (rule.isStrict ? (copies[element] ?? 1) : 1))
  return { elements, count, values: new Map(), copies: kept }
}

/** The numbers that stay, ascending. */
function* listed({ table, isEvenOut }: Sieve): Generator<undefined, Int32Array> {
  const listing: Listing = { numbers: new Int32Array(FIRST_NUMBERS), count: 0 }
  if (isEvenOut) listing.numbers[listing.count++] = 2
  const step = isEvenOut ? 2 : 1
  yield* inPieces(table.length / step, (from, to) => {
    // Room for all of them, and for one that is written and not kept.
    const most = listing.count + to - from + 1
    if (most > listing.numbers.length) listing.numbers = grownInts(listing.numbers, 2 * most)
    list(table, listing, step, [from * step + step - 1, to * step])
  })
  return listing.numbers.subarray(0, listing.count)
}

const FIRST_NUMBERS = 1 << 12

interface Listing {
  numbers: Int32Array<ArrayBuffer>
  count: number
}

/** Lists what stays in one piece of the table. */
function list(
  table: Uint8Array,
  listing: Listing,
  step: number,
  [from, to]: readonly [number, number],
): void {
  const { numbers } = listing
  let { count } = listing
  for (let value = from; value < to; value += step) {
    numbers[count] = value
    count += table[value]! & PRESENT
  }
  listing.count = count
}

interface Marking {
  readonly values: Numbers
  readonly marks: Uint8Array
  /** Whether all elements with a number that stays stay, and not only one. */
  readonly isStrict: boolean
}

/** Marks some elements that stay, and gives how many. */
function mark(
  sieve: Sieve,
  { values, marks, isStrict }: Marking,
  from: number,
  to: number,
): number {
  let count = 0
  for (let i = from; i < to; i++) {
    const value = values[i]!
    if (!stays(sieve, value)) continue
    if (!isStrict) sieve.table[value] = CROSSED_OUT
    marks[i] = 1
    count++
  }
  return count
}
