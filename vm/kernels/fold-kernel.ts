import { EvaluationFailure, binary } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import type { Column } from '../store/column.ts'
import { comparable } from './comparable.ts'
import type { Comparable } from './comparable.ts'
import { columnsOf, fits, fitsWhole } from './fits.ts'
import { ascending, equalToBest, extremeOf, extremesOf, sumOf, sumsOf } from './fold.ts'
import type { FlatRule } from './flat-rule.ts'
import { foldRule } from './fold-rule.ts'
import type { Choice, FoldRule, Merge } from './fold-rule.ts'
import { groupsBy } from './grouping.ts'
import type { Groups } from './grouping.ts'
import type { Done, Kernel, Task } from './kernel.ts'
import { listFold } from './list-fold.ts'
import { columnIn } from './matter.ts'
import type { Matter } from './matter.ts'

/** Elements between two looks at the clock. */
const AT_A_TIME = 1 << 12

/** A fold, keyed or not, in one pass for each column; undefined where the rule is none. */
export function foldKernelOf(flat: FlatRule): Kernel | undefined {
  const rule = foldRule(flat)
  return (
    rule && {
      name: isAllKeys(rule) ? 'duplicates' : rule.keys.length > 0 ? 'keyed fold' : 'fold',
      text: textOf(rule),
      least: 4,
      leastCopies: 4,
      canGrow: false,
      work: (task) => work(rule, task),
      ofList: listFold(rule),
    }
  )
}

function* work(rule: FoldRule, { matter }: Task): Generator<undefined, Done | undefined> {
  const isWhole = rule.choice === 'any' && rule.equated.length === 0
  if (!rule.heads.every((head) => fits(matter, head) || (isWhole && fitsWhole(head))))
    return undefined
  const { n } = matter
  const keys = rule.keys === 'all' ? columnsOf(matter.store.class) : rule.keys
  // 1 and 1.0 are equal to `==`, and not the same key.
  if (rule.equated.some((column) => hasFloats(columnIn(matter, column), n))) return undefined
  let groups: Groups | undefined
  if (keys.length > 0) {
    groups = yield* groupsBy(
      keys.map((column) => columnIn(matter, column)),
      n,
    )
    if (groups === undefined) return undefined
  }
  return rule.choice === undefined
    ? yield* merged(rule.merges, matter, groups)
    : yield* chosen(rule.choice, matter, groups)
}

function hasFloats(column: Column, n: number): boolean {
  if (!Array.isArray(column)) return false
  for (let i = 0; i < n; i++) {
    const value = column[i]
    if (typeof value === 'object' && value.kind === 'float') return true
  }
  return false
}

/** One molecule of each group stays as it is, or all that are as good as it. */
function* chosen(
  choice: Choice | 'any',
  matter: Matter,
  groups: Groups | undefined,
): Generator<undefined, Done | undefined> {
  const { n, total, copies } = matter
  const values = choice === 'any' ? undefined : comparable(columnIn(matter, choice.column), n)
  if (choice !== 'any' && values === undefined) return undefined
  yield
  let best: Int32Array
  if (values === undefined || choice === 'any')
    best = groups === undefined ? new Int32Array(1) : groups.first.subarray(0, groups.count)
  else if (Array.isArray(values)) best = yield* bestOf(values, groups, choice.isLargest)
  else {
    // What is no array is numbers in a typed array.
    const numbers = values as Int32Array
    best =
      groups === undefined
        ? Int32Array.of(yield* extremeOf(numbers, n, choice.isLargest))
        : yield* extremesOf(numbers, groups, choice.isLargest)
  }
  if (values === undefined || choice === 'any' || !choice.isStrict) {
    const elements = ascending(best, n)
    const left = { elements, count: elements.length, values: new Map(), copies: undefined }
    return { reactions: total - elements.length, left, isExact: true }
  }
  const elements = yield* equalToBest(values, groups, best, n)
  const kept = copies && Array.from(elements, (element) => copies[element]!)
  const count = elements.length
  const stays = kept?.reduce((sum, each) => sum + each, 0) ?? count
  const left = { elements, count, values: new Map(), copies: kept }
  return { reactions: total - stays, left, isExact: true }
}

/** The same for what is not in a column of numbers. */
function* bestOf(
  values: Comparable,
  groups: Groups | undefined,
  isLargest: boolean,
): Generator<undefined, Int32Array> {
  const best = groups?.first.slice(0, groups.count) ?? new Int32Array(1)
  for (let i = 0; i < values.length; i++) {
    const group = groups === undefined ? 0 : groups.of[i]!
    const other = values[best[group]!]!
    const value = values[i]!
    if (isLargest ? value > other : value < other) best[group] = i
    if (i % AT_A_TIME === 0) yield
  }
  return best
}

/** One molecule comes of each group. */
function* merged(
  merges: ReadonlyMap<number, Merge>,
  matter: Matter,
  groups: Groups | undefined,
): Generator<undefined, Done | undefined> {
  const values = new Map<number, ArrayLike<Molecule>>()
  for (const [column, merge] of merges) {
    const made = yield* mergedColumn(merge, matter, column, groups)
    if (made === undefined) return undefined
    values.set(column, made)
  }
  const count = groups?.count ?? 1
  const elements = groups?.first.subarray(0, count) ?? new Int32Array(1)
  const left = { elements, count, values, copies: undefined }
  return { reactions: matter.total - count, left, isExact: true }
}

function* mergedColumn(
  merge: Merge,
  matter: Matter,
  at: number,
  groups: Groups | undefined,
): Generator<undefined, ArrayLike<Molecule> | undefined> {
  const { n, copies } = matter
  const column = columnIn(matter, at)
  const of = groups?.of
  if (merge === 'first' || merge === 'last') {
    const made: Molecule[] = []
    if (merge === 'last')
      for (let i = 0; i < n; i++) made[of === undefined ? 0 : of[i]!] = column[i]!
    else for (let i = 0; i < (groups?.count ?? 1); i++) made.push(column[groups?.first[i] ?? 0]!)
    return made
  }
  if (Array.isArray(column) || merge === 'product') {
    const operator = merge === 'sum' ? '+' : merge === 'product' ? '*' : undefined
    // Copies of a text or a float would have to be added up one by one.
    if (operator === undefined || copies !== undefined) return undefined
    return yield* mergedPairwise(operator, column, n, groups)
  }
  if (merge === 'sum') {
    if (groups !== undefined) return yield* sumsOf(column, groups, copies)
    const total = yield* sumOf(column, n, copies)
    return total === undefined ? undefined : [total]
  }
  const isLargest = merge === 'largest'
  const best =
    groups === undefined
      ? [yield* extremeOf(column, n, isLargest)]
      : yield* extremesOf(column, groups, isLargest)
  return Array.from(best, (element) => column[element]!)
}

/** Molecules of any kind, one after the other, by the operators of the language. */
function* mergedPairwise(
  operator: '+' | '*',
  column: ArrayLike<Molecule>,
  n: number,
  groups: Groups | undefined,
): Generator<undefined, Molecule[] | undefined> {
  const made: Molecule[] = []
  try {
    for (let i = 0; i < n; i++) {
      const group = groups === undefined ? 0 : groups.of[i]!
      const before = made[group]
      made[group] = before === undefined ? column[i]! : binary(operator, before, column[i]!)
      // Texts and products grow: what one operation takes grows with them.
      if (i % 64 === 0) yield
    }
  } catch (error) {
    if (error instanceof EvaluationFailure) return undefined
    throw error
  }
  return made
}

/** Whether two molecules that react are the same. */
function isAllKeys({ keys, heads: [{ fields }] }: FoldRule): boolean {
  if (keys === 'all') return true
  return fields.every(({ kind }, column) => kind === 'constant' || keys.includes(column))
}

function textOf(rule: FoldRule): string {
  const { keys, choice, merges, heads } = rule
  if (keys === 'all' || isAllKeys(rule)) return 'leaves one of each'
  const by =
    keys.length === 0 ? '' : ` for each field ${keys.map((key) => String(key + 1)).join(' and ')}`
  const { isTuple } = heads[0]
  if (choice === 'any') return `leaves any one${by}`
  if (choice !== undefined) {
    const which = choice.isLargest ? 'largest' : 'smallest'
    return isTuple
      ? `leaves the one with the ${which} field ${String(choice.column + 1)}${by}`
      : `leaves the ${which}`
  }
  const what = [...merges].map(([column, merge]) => {
    const field = isTuple ? `field ${String(column + 1)}` : 'all'
    if (merge === 'sum') return `adds up ${field}`
    if (merge === 'product') return `multiplies ${field}`
    return isTuple ? `takes the ${merge} ${field}` : `leaves the ${merge}`
  })
  return `${what.join(', ')}${by}`
}
