import { Float, isInt, symbol } from '../../interpreter/index.ts'
import type { Int, Molecule } from '../../interpreter/index.ts'
import { contentSpec, orderSpec } from '../code/candidates.ts'
import { fieldsSpec, functionalSpec } from '../code/index-specs.ts'
import type { Run } from '../code/run.ts'
import type { RuleCode } from '../rule-code.ts'
import type { Column } from '../store/column.ts'
import { ContentIndex } from '../store/content-index.ts'
import { HashIndex, WHOLE } from '../store/hash-index.ts'
import type { IndexSpec } from '../store/hash-index.ts'
import type { ClassTable, MoleculeClass } from '../store/molecule-class.ts'
import { OrderedIndex } from '../store/ordered-index.ts'
import { ALIVE, HIDDEN, LINKED, PENDING, SPARED } from '../store/store.ts'
import type { Store } from '../store/store.ts'
import { fromRows } from './field.ts'
import type { Field } from './field.ts'
import { copiesOf, isMembrane } from './molecule-reader.ts'
import type { MoleculeReader } from './molecule-reader.ts'

/** What stores refer to. */
export interface StoreSources {
  readonly molecules: MoleculeReader
  readonly classes: ClassTable
  readonly codes: readonly (RuleCode | undefined)[]
  /** For indexes on what expressions give. */
  readonly run: () => Run
  /** Slots that may be set aside for more molecules, in all stores together. */
  room: number
}

const STATES = ALIVE | LINKED | PENDING | HIDDEN | SPARED

/** Fills a new store; see `store-writer.ts`. */
export function readStore(form: Field, store: Store, sources: StoreSources): void {
  const columns = form.named('columns').items(store.columns.length)
  const end = columns.at(-1)?.maybe(lengthOf) ?? 0
  const states = statesIn(form.named('states'), end)
  const free = fromRows(form.named('free'), end).reverse()
  if (free.some((slot) => states[slot] !== 0) || free.length !== states.filter(isFree).length)
    form.named('free').fail('these are not the slots that are free')
  const capacity = form.named('room').int(Math.max(8, end))
  sources.room -= (capacity - end) * (columns.length + 1)
  if (sources.room < 0) form.named('room').fail('this is more room than solutions ever have')
  const reading = { end, capacity, states, store, sources }
  const state = new Uint8Array(capacity)
  state.set(states)
  const active = form.named('active').ints()
  store.restore({
    columns: columns.map((column, at) => columnOf(column, at, reading)),
    ...{ state, end, capacity, free, linkedCount: states.filter(isLinked).length },
    copies: form.named('copies').maybe((copies) => copiesIn(copies, end, sources)),
    active: pairs(active),
    isCounted: form.named('counted').flag(),
    isPlain: form.named('plain').flag(),
    holdsMembranes: form.named('holds').flag(),
    isRepetitive: form.named('repetitive').flag(),
    listed: form.named('listed').maybe((listed) => {
      const slots = fromRows(listed, end)
      if (
        slots.length !== states.filter(isLinked).length ||
        !slots.every((slot) => isLinked(states[slot]))
      )
        listed.fail('these are not the slots that can be found')
      return slots
    }),
  })
  checkMolecules(form, store, sources)
}

/** The indexes that a store had, once all molecules are whole. */
export function readIndexes(form: Field, store: Store, sources: StoreSources): void {
  for (const index of form.named('indexes').items()) {
    const order = orderIn(index, store)
    switch (index.named('kind').value) {
      case 'order':
        store.restoreIndex(
          new OrderedIndex(orderSpec(columnIn(index.named('column'), store))),
          order,
        )
        break
      case 'content':
        store.restoreIndex(
          new ContentIndex(
            contentSpec({
              path: index.named('path').ints(0, 1000),
              tag: index.named('tag').maybe((tag) => symbol(tag.text())),
              arity: index.named('arity').int(2, 1 << 24),
              column: index.named('column').int(0, 1 << 24),
            }),
          ),
          order,
        )
        break
      default:
        store.restoreIndex(new HashIndex(specIn(index.named('spec'), store, sources)), order)
    }
  }
}

/** The slots that are linked in the order in which they are to be filed. */
function orderIn(index: Field, store: Store): Iterable<number> {
  const first = index.named('order').maybe((order) => fromRows(order, store.end)) ?? []
  for (const slot of first)
    if (!isLinked(store.state[slot])) index.fail('a slot is filed that cannot be found')
  const known = new Set(first)
  const others: number[] = []
  for (let slot = 0; slot < store.end; slot++)
    if (isLinked(store.state[slot]) && !known.has(slot)) others.push(slot)
  return [...others, ...first]
}

function columnIn(field: Field, store: Store): number {
  return field.int(0, store.class.arity - 1)
}

function specIn(field: Field, store: Store, { molecules, codes, run }: StoreSources): IndexSpec {
  const { value } = field
  if (value === 'whole') return WHOLE
  if (Array.isArray(value)) return fieldsSpec(field.ints(0, store.class.arity - 1))
  const code = codes[field.named('code').int(0, codes.length - 1)]
  const { conjuncts, heads } = code?.anatomy ?? { conjuncts: [], heads: [] }
  const expression = conjuncts[field.named('conjunct').int(0, conjuncts.length - 1)]?.expression
  const head = heads[field.named('head').int(0, heads.length - 1)]
  const rule = field.named('rule').maybe((each) => molecules.of(each))
  if (code === undefined || expression?.kind !== 'binary' || head === undefined)
    return field.fail('the rule has no such condition')
  const own = field.named('side').int(0, 1) === 0 ? expression.left : expression.right
  const inRun = run()
  if (rule !== undefined) {
    if (typeof rule !== 'object' || rule.kind !== 'rule' || rule.shape !== code.anatomy.shape)
      return field.fail('this is another rule')
    inRun.rule = rule
    inRun.captured = rule.captured
  }
  return functionalSpec(own, head.reactant.pattern, code.anatomy)(inRun)
}

/** Of a column. */
function lengthOf(form: Field): number {
  const [kind = 'any'] = Object.keys(form.value ?? {})
  return form.named(kind).list().length
}

function statesIn(field: Field, end: number): number[] {
  const runs = field.ints(0, 1 << 30)
  const states: number[] = []
  for (let at = 0; at < runs.length; at += 2) {
    const [state = 0, count = 0] = [runs[at], runs[at + 1]]
    const isWrong =
      (state & ~STATES) !== 0 ||
      (state !== 0 && (state & ALIVE) === 0) ||
      (state & (LINKED | HIDDEN)) === (LINKED | HIDDEN)
    if (isWrong) field.fail(`${String(state)} is no state of a slot`)
    if (states.length + count > end) break
    for (let i = 0; i < count; i++) states.push(state)
  }
  if (states.length !== end) field.fail(`the states of ${String(end)} slots are expected here`)
  return states
}

function isFree(state: number | undefined): boolean {
  return state === 0
}

function isLinked(state: number | undefined): boolean {
  return ((state ?? 0) & LINKED) !== 0
}

interface Reading {
  readonly end: number
  readonly capacity: number
  readonly states: readonly number[]
  readonly store: Store
  readonly sources: StoreSources
}

function columnOf(
  form: Field,
  at: number,
  { end, capacity, states, store, sources }: Reading,
): Column {
  if (at === 0 && store.class.tag !== undefined) return []
  const [kind] = Object.keys(form.value ?? {})
  const field = form.named(kind ?? 'any')
  const list = field.list()
  if (list.length !== end) field.fail(`${String(end)} items are expected here`)
  switch (kind) {
    case 'ints': {
      const ints = new Int32Array(capacity)
      ints.set(field.ints(-(2 ** 31), 2 ** 31 - 1))
      return ints
    }
    case 'numbers': {
      const numbers = new Float64Array(capacity)
      for (let slot = 0; slot < end; slot++) numbers[slot] = numberIn(list[slot], field)
      return numbers
    }
    case 'floats':
      return list.map((value) =>
        typeof value === 'number' ? new Float(value) : field.fail('a number is expected here'),
      )
    case 'any': {
      const any: Molecule[] = []
      for (let slot = 0; slot < end; slot++) {
        const molecule = sources.molecules.ofValue(list[slot], () => field.item(slot))
        any.push(states[slot] === 0 ? 0 : molecule)
      }
      return any
    }
    default:
      return form.fail('this is no kind of column')
  }
}

function numberIn(value: unknown, field: Field): number {
  if (value === 'Infinity' || value === '-Infinity') return Number(value)
  return Number.isSafeInteger(value) ? (value as number) : field.fail('an integer is expected here')
}

function copiesIn(field: Field, end: number, { molecules }: StoreSources): Int[] {
  const all = molecules.all(field)
  if (all.length !== end) field.fail('a number of copies is expected for each slot')
  return all.map((each) => copiesOf(each, field))
}

function pairs(numbers: readonly number[]): [number, number][] {
  const all: [number, number][] = []
  for (let at = 0; at + 1 < numbers.length; at += 2)
    all.push([numbers[at] ?? 0, numbers[at + 1] ?? 0])
  return all
}

/** Each molecule must be of the class of its store. */
function checkMolecules(form: Field, store: Store, { classes }: StoreSources): void {
  const { kind, tag } = store.class
  const isOdd = store.copies !== undefined || store.isCounted || store.holdsMembranes
  if (store.isPlain && (isOdd || kind === 'rule'))
    form.named('plain').fail('this store is not plain')
  for (const [at, column] of store.columns.entries()) {
    if (!Array.isArray(column)) {
      if (kind !== 'int' && kind !== 'tuple') form.fail('these molecules are of another class')
      continue
    }
    if (at === 0 && tag !== undefined) continue
    for (let slot = 0; slot < store.end; slot++) {
      const molecule = column[slot]
      if (store.state[slot] === 0 || molecule === undefined) continue
      if (typeof molecule === 'object' && molecule.kind === 'pending')
        form.fail('a call that waits is in no store')
      if (
        kind === 'tuple'
          ? at === 0 && isApart(molecule, store.class)
          : !isOf(molecule, store.class, classes)
      )
        form.fail('a molecule is of another class')
    }
  }
}

function isApart(molecule: Molecule, { apart }: MoleculeClass): boolean {
  return typeof molecule === 'object' && molecule.kind === 'symbol' && apart.has(molecule)
}

function isOf(molecule: Molecule, moleculeClass: MoleculeClass, classes: ClassTable): boolean {
  if (moleculeClass.kind === 'int') return isInt(molecule)
  return isMembrane(molecule)
    ? moleculeClass.kind === 'solution'
    : classes.of(molecule) === moleculeClass
}
