import { EvaluationFailure, equal, holdsSolution, isRule } from '../../interpreter/index.ts'
import type { Entry, Molecule } from '../../interpreter/index.ts'
import { conditionCode, expressionCode } from '../code/expressions.ts'
import type { Run } from '../code/run.ts'
import { takes } from './fits.ts'
import { areAlike, isLinear, sharedColumns } from './flat-rule.ts'
import type { FlatHead, FlatProduct, FlatRule } from './flat-rule.ts'
import type { Done, Kernel, Task } from './kernel.ts'
import { KindQueue, Tally } from './tally.ts'
import type { Direction, Kind } from './tally.ts'

/** Steps between two looks at the clock. */
const AT_A_TIME = 1 << 8
/** Batches in one go: then others have their turn. */
const AT_MOST = 1 << 17

/** What a batch needs to know of its rule. */
interface CountedRule {
  readonly heads: readonly FlatHead[]
  /** How many copies one reaction takes. */
  readonly need: number
  readonly holds: (run: Run) => boolean
  readonly make: (run: Run) => readonly Molecule[]
}

/** A rule that takes one molecule, or several equal ones: all copies react at once. */
export function countedKernel(flat: FlatRule): Kernel | undefined {
  const [head, ...others] = flat.heads
  if (head === undefined || !isLinear(head)) return undefined
  if (others.length > 0 && !others.every((other) => areEqual(head, other))) return undefined
  const need = flat.heads.length
  const rule = { heads: flat.heads, need, ...codesOf(flat) }
  const again = flat.products.filter((product) => isLike(product, head)).length
  const together = need === 1 ? '' : `, ${String(need)} by ${String(need)}`
  return {
    name: 'counted batch',
    text: `lets all copies of a molecule react at once${together}`,
    // One molecule that becomes two of its kind is the root of a tree.
    least: need > 1 ? 8 : again > 1 ? 1 : Infinity,
    leastCopies: 8,
    canGrow:
      flat.products.length > need || flat.products.some(({ isTuple }) => isTuple && !head.isTuple),
    work: (task) => work(rule, task),
  }
}

/** Whether two heads take equal molecules. */
function areEqual(a: FlatHead, b: FlatHead): boolean {
  const variables = a.fields.filter(({ kind }) => kind === 'variable').length
  const isWild = a.fields.some(({ kind }) => kind === 'wildcard')
  return areAlike(a, b) && !isWild && sharedColumns(a, b).length === variables
}

/** Whether a product can be of the form that a head takes. */
function isLike({ isTuple, fields }: FlatProduct, head: FlatHead): boolean {
  return (
    isTuple === head.isTuple &&
    fields.length === head.fields.length &&
    head.fields.every((field, column) => {
      const term = fields[column]
      if (term?.kind !== 'constant') return true
      return field.kind === 'constant' ? equal(term.value, field.value) : isTuple
    })
  )
}

function codesOf({ anatomy: { shape } }: FlatRule): Pick<CountedRule, 'holds' | 'make'> {
  const bindings = shape.product.bindings.map(({ slot, value }) => ({
    slot,
    value: expressionCode(value),
  }))
  const codes = shape.product.elements.flatMap((element) =>
    element.kind === 'molecule' ? [expressionCode(element.expression)] : [],
  )
  return {
    holds: shape.condition === undefined ? () => true : conditionCode(shape.condition),
    make: (run) => {
      for (const { slot, value } of bindings) run.slots[slot] = value(run)
      return codes.map((code) => code(run))
    },
  }
}

function* work(rule: CountedRule, task: Task): Generator<undefined, Done | undefined> {
  const { matter } = task
  const batches = new Batches(rule, task)
  for (let from = 0; from < matter.n; from += AT_A_TIME) {
    batches.load(from, Math.min(matter.n, from + AT_A_TIME))
    if (matter.n > AT_A_TIME) yield
  }
  for (let i = 1; i < AT_MOST && batches.react(); i++) if (i % AT_A_TIME === 0) yield
  return batches.reactions === 0 ? undefined : batches.done()
}

class Batches {
  readonly #rule: CountedRule
  readonly #task: Task
  readonly #kinds = new Tally()
  readonly #others = new Tally()
  readonly #queue = new KindQueue()
  readonly #order = new Set<Direction>()
  /** Something reacts that must react by itself. */
  #isStopped = false
  /** Copies of no kind are more. */
  #largest = 0
  reactions = 0

  constructor(rule: CountedRule, task: Task) {
    this.#rule = rule
    this.#task = task
  }

  /** Counts some of the molecules that are there. */
  load(from: number, to: number): void {
    const { store, slots, copies } = this.#task.matter
    for (let i = from; i < to; i++)
      this.#put(store.molecule(slots === undefined ? i : slots[i]!), copies?.[i] ?? 1)
  }

  #put(molecule: Molecule, copies: number): Kind {
    const kind = this.#kinds.add(molecule, copies)
    this.#largest = Math.max(this.#largest, kind.copies)
    if (kind.copies >= this.#rule.need) this.#queue.put(kind)
    return kind
  }

  /** All copies of one kind react; false where none is left that can. */
  react(): boolean {
    const kind = this.#isStopped ? undefined : this.#queue.take()
    if (kind === undefined) return false
    const { holds, make, need } = this.#rule
    const run = this.#bound(kind.molecule)
    if (run === undefined || !holds(run)) return true
    const times = Math.floor(kind.copies / need)
    if (times === 0) return true
    let products: readonly Molecule[]
    try {
      products = make(run)
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error
      this.#isStopped = true
      return false
    }
    if (!this.#isCountable(times, times * products.length) || products.some(isDeep)) {
      this.#isStopped = true
      return false
    }
    this.reactions += times
    kind.copies -= times * need
    for (const product of products) this.#give(product, times, kind)
    return true
  }

  /** Counts must stay exact, and below the limit. */
  #isCountable(times: number, molecules: number): boolean {
    return (
      this.reactions + times <= this.#task.most &&
      this.#largest + molecules <= Number.MAX_SAFE_INTEGER
    )
  }

  /** With the molecule in the slots of every head; undefined where one of them does not take it. */
  #bound(molecule: Molecule): Run | undefined {
    const { run, captured } = this.#task
    run.captured = captured
    for (const head of this.#rule.heads) {
      if (!takes(head, molecule)) return undefined
      const { fields, isTuple } = head
      for (let column = 0; column < fields.length; column++) {
        const field = fields[column]!
        if (field.kind === 'variable') run.slots[field.slot] = fieldOf(molecule, column, isTuple)
      }
    }
    return run
  }

  #give(product: Molecule, times: number, by: Kind): void {
    const { matter, classOf } = this.#task
    if (classOf(product) !== matter.store.class) {
      const kind = this.#others.add(product, times)
      this.#largest = Math.max(this.#largest, kind.copies)
      return
    }
    const made = this.#put(product, times)
    this.#learn(made.rank < by.rank ? 'largest' : made.rank > by.rank ? 'smallest' : 'oldest')
  }

  /** Where all that come are below, the largest goes first. */
  #learn(direction: Direction): void {
    if (this.#order.has(direction)) return
    this.#order.add(direction)
    this.#queue.learn(this.#order.size === 1 ? direction : 'oldest')
  }

  done(): Done {
    const there = this.#kinds.all.filter(({ copies }) => copies > 0)
    const added = this.#others.all.map(({ molecule, copies }): Entry => [molecule, copies])
    return {
      reactions: this.reactions,
      left: { anew: there.map(({ molecule, copies }): Entry => [molecule, copies]) },
      isExact: !this.#isStopped && this.#queue.isEmpty,
      added,
    }
  }
}

function fieldOf(molecule: Molecule, column: number, isTuple: boolean): Molecule {
  if (!isTuple || typeof molecule !== 'object' || molecule.kind !== 'tuple') return molecule
  return molecule.fields[column] ?? molecule
}

/** What is not flat may be active, and goes in one by one. */
function isDeep(molecule: Molecule): boolean {
  if (holdsSolution(molecule) || isRule(molecule)) return true
  if (typeof molecule !== 'object') return false
  if (molecule.kind !== 'tuple') return molecule.kind !== 'symbol' && molecule.kind !== 'float'
  return molecule.fields.some(
    (field) => typeof field === 'object' && field.kind !== 'symbol' && field.kind !== 'float',
  )
}
