import { EvaluationFailure, equal, isSymbol } from '../../interpreter/index.ts'
import type { Molecule, Pattern, TypeTest } from '../../interpreter/index.ts'
import type { Membrane } from '../membrane.ts'
import type { Anatomy } from '../plan/heads.ts'
import type { Access, ContentAccess, KnownValue } from '../plan/plan.ts'
import type { HashIndex } from '../store/hash-index.ts'
import { keyOf } from '../store/key.ts'
import type { MoleculeClass } from '../store/molecule-class.ts'
import type { ContentSpec } from '../store/content-index.ts'
import { orderOf } from '../store/ordered-index.ts'
import type { Found } from '../store/found.ts'
import type { OrderSpec, Side } from '../store/ordered-index.ts'
import { FEW } from '../store/store.ts'
import type { Store } from '../store/store.ts'
import { expressionCode } from './expressions.ts'
import { indexSpecFor } from './index-specs.ts'
import type { Run } from './run.ts'

/*
 * Where a head's candidates are: in which stores of a membrane, and in which of their slots.
 */

const NO_STORES: readonly (Store | undefined)[] = []

/** The stores that can hold what a pattern takes. */
export function storesCode(
  pattern: Pattern,
): (membrane: Membrane) => readonly (Store | undefined)[] {
  const accepts = acceptsCode(pattern)
  return (membrane) => {
    const { stores } = membrane
    let only: Store | undefined
    let several: Store[] | undefined
    for (const store of stores) {
      if (store === undefined || store.linkedCount === 0 || !accepts(store.class)) continue
      if (only === undefined) only = store
      else (several ??= [only]).push(store)
    }
    return several ?? (only === undefined ? NO_STORES : only.alone)
  }
}

/** Whether a pattern can take molecules of a class: decided once for each class. */
export function acceptsCode(pattern: Pattern): (moleculeClass: MoleculeClass) => boolean {
  const known: (boolean | undefined)[] = []
  return (moleculeClass) => (known[moleculeClass.id] ??= accepts(pattern, moleculeClass))
}

function accepts(pattern: Pattern, moleculeClass: MoleculeClass): boolean {
  switch (pattern.kind) {
    case 'variable':
    case 'wildcard':
      return pattern.type === undefined || canHaveType(moleculeClass, pattern.type)
    case 'constant':
      return moleculeClass.kind === classKindOf(pattern.value)
    case 'tuple': {
      if (moleculeClass.kind !== 'tuple' || moleculeClass.arity !== pattern.fields.length)
        return false
      const [first] = pattern.fields
      if (first === undefined) return true
      if (moleculeClass.tag === undefined)
        return !(
          first.kind === 'constant' &&
          isSymbol(first.value) &&
          moleculeClass.apart.has(first.value)
        )
      return first.kind === 'constant'
        ? equal(first.value, moleculeClass.tag)
        : first.kind === 'variable' || first.kind === 'wildcard'
    }
    case 'list':
    case 'solution':
    case 'rule':
      return moleculeClass.kind === pattern.kind
  }
}

function classKindOf(value: Molecule): MoleculeClass['kind'] {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 'int'
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'object':
      return value.kind === 'pending' ? 'host' : value.kind
  }
}

function canHaveType({ kind, arity }: MoleculeClass, type: TypeTest): boolean {
  switch (type.kind) {
    case 'any':
      return true
    case 'object':
      return kind !== 'rule' && kind !== 'solution'
    case 'number':
      return kind === 'int' || kind === 'float'
    case 'fields':
      return kind === 'tuple' && arity === type.fields.length
    case 'int':
    case 'float':
    case 'boolean':
    case 'string':
    case 'symbol':
    case 'tuple':
    case 'list':
    case 'solution':
    case 'rule':
    case 'host':
      return kind === type.kind
  }
}

const TAG_ACCESS: Access & { kind: 'fields' } = {
  kind: 'fields',
  keys: [{ column: 0, value: { kind: 'slot', slot: 0 } }],
}

export function tagOf(pattern: Pattern): Molecule | undefined {
  const first = pattern.kind === 'tuple' ? pattern.fields[0] : undefined
  return first?.kind === 'constant' ? first.value : undefined
}

/** Slots of a small store, whether linked or not: whoever looks at them must look at their state. */
export const FIRST_SLOTS = Int32Array.from({ length: FEW }, (_, slot) => slot)

/** Puts the slots of a store that are worth looking at into `items`, `start` and `count` of the run. */
export type CandidatesCode = (run: Run, store: Store) => void

/** All slots of a store that have been activated, and perhaps others. */
export function everySlot(run: Run, store: Store): void {
  run.start = 0
  if (store.end <= FEW) {
    run.items = FIRST_SLOTS
    run.count = store.end
    return
  }
  const { all } = store
  run.items = all.items
  run.count = all.length
}

/** The slots that an index has under a group. */
export function groupSlots(run: Run, index: HashIndex, group: number): void {
  if (group < 0) {
    run.count = 0
    return
  }
  run.items = index.listOf(group)
  run.start = index.startOf(group)
  run.count = index.lengthOf(group)
}

/** Compiles the way to a head's candidates. */
export function candidatesCode(
  access: Access,
  anatomy: Anatomy,
  tag: Molecule | undefined,
): CandidatesCode {
  if (access.kind === 'scan') {
    if (tag === undefined) return everySlot
    // A rule that came later than its molecules: their class is not the tag's own.
    const key = keyOf(tag)
    const spec = indexSpecFor(TAG_ACCESS, anatomy)
    return (run, store) => {
      if (store.class.tag !== undefined || store.end <= FEW) everySlot(run, store)
      else {
        const index = store.index(spec(run, store))
        groupSlots(run, index, index.group1(key))
      }
    }
  }
  if (access.kind === 'ordered') return orderedCode(access)
  if (access.kind === 'content') return contentCode(access)
  const spec = indexSpecFor(access, anatomy)
  const group = groupCode(access)
  return (run, store) => {
    if (store.end <= FEW) everySlot(run, store)
    else {
      const index = store.index(spec(run, store))
      groupSlots(run, index, group(run, index))
    }
  }
}

/** Everything on one side of a bound. A bound that is no number is left to the condition; one without a value fits nothing. */
function orderedCode({
  column,
  side,
  known,
}: Extract<Access, { kind: 'ordered' }>): CandidatesCode {
  const bound = expressionCode(known)
  const spec = orderSpec(column)
  const found = { items: new Int32Array(FEW), count: 0, hasMore: false }
  return (run, store) => {
    if (store.end <= FEW) {
      everySlot(run, store)
      return
    }
    let value: Molecule
    try {
      value = bound(run)
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error
      run.count = 0
      return
    }
    orderedSlots(run, store, spec, { side, value, found })
  }
}

const contentSpecs = new Map<string, ContentSpec>()

/** Solutions by what they hold. Plans that ask for the same share an index. */
export function contentSpec({ path, tag, arity, column }: Omit<ContentSpec, 'kind'>): ContentSpec {
  const text = `${path.join()} ${tag?.name ?? ''} ${String(arity)} ${String(column)}`
  let spec = contentSpecs.get(text)
  if (spec === undefined)
    contentSpecs.set(text, (spec = { kind: 'content', path, tag, arity, column }))
  return spec
}

function contentCode({ path, tag, arity, key }: ContentAccess): CandidatesCode {
  const known = contentSpec({ path, tag, arity, column: key.column })
  const value = knownValue(key.value)
  const found = { items: new Int32Array(FEW), count: 0, hasMore: false }
  return (run, store) => {
    if (store.end <= FEW) {
      everySlot(run, store)
      return
    }
    store.contents(known).find(keyOf(value(run)), found)
    run.items = found.items
    run.start = 0
    run.count = found.count
  }
}

/** What is looked for in an order, and where it is put. */
export interface Sought {
  readonly side: Side
  readonly value: Molecule
  readonly found: Found
}

/** Puts the slots on one side of a bound into the run. */
export function orderedSlots(
  run: Run,
  store: Store,
  spec: OrderSpec,
  { side, value, found }: Sought,
): void {
  const bound = orderOf(value)
  if (Number.isNaN(bound)) {
    everySlot(run, store)
    return
  }
  store.ordered(spec).find(side, bound, run.batch, found)
  run.hasMore = found.hasMore
  run.items = found.items
  run.start = 0
  run.count = found.count
}

const orderSpecs: (OrderSpec | undefined)[] = []

/** The order of one field. Plans that ask for the same share it. */
export function orderSpec(column: number): OrderSpec {
  return (orderSpecs[column] ??= { kind: 'order', column })
}

/** The group of what is wanted; −1 where there is none. */
function groupCode(access: Exclude<Access, { kind: 'scan' | 'ordered' | 'content' }>): GroupCode {
  switch (access.kind) {
    case 'whole': {
      const value = knownValue(access.value)
      return (run, index) => index.group1(keyOf(value(run)))
    }
    case 'fields': {
      const values = access.keys.map(({ value }) => knownValue(value))
      const [first, second] = values
      if (access.keys.some(({ value }) => value.kind === 'expression'))
        return orNothing((run, index) => index.groupOf(values.map((value) => value(run))))
      if (first !== undefined && values.length === 1)
        return (run, index) => index.group1(keyOf(first(run)))
      if (first !== undefined && second !== undefined && values.length === 2)
        return (run, index) => index.group2(first(run), second(run))
      return (run, index) => index.groupOf(values.map((value) => value(run)))
    }
    case 'functional': {
      const known = expressionCode(access.known)
      return orNothing((run, index) => index.group1(keyOf(known(run))))
    }
  }
}

type GroupCode = (run: Run, index: HashIndex) => number

/** A condition that fails is false: nothing is filed under it. */
function orNothing(group: GroupCode): GroupCode {
  return (run, index) => {
    try {
      return group(run, index)
    } catch (error) {
      if (error instanceof EvaluationFailure) return -1
      throw error
    }
  }
}

function knownValue(value: KnownValue): (run: Run) => Molecule {
  if (value.kind === 'constant') {
    const constant = value.pattern.value
    return () => constant
  }
  if (value.kind === 'expression') return expressionCode(value.expression)
  const { slot } = value
  return (run) => run.slots[slot] ?? 0
}
