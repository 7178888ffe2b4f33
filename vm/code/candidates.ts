import { EvaluationFailure, equal } from '../../interpreter/index.ts'
import type { Molecule, Pattern, TypeTest } from '../../interpreter/index.ts'
import type { Membrane } from '../membrane.ts'
import type { Anatomy } from '../plan/heads.ts'
import type { Access, KnownValue } from '../plan/plan.ts'
import type { HashIndex, IndexSpec } from '../store/hash-index.ts'
import { joinedKey, keyOf } from '../store/key.ts'
import type { Key } from '../store/key.ts'
import type { MoleculeClass } from '../store/molecule-class.ts'
import type { Store } from '../store/store.ts'
import { expressionCode } from './expressions.ts'
import { indexSpecFor } from './index-specs.ts'
import type { Run } from './run.ts'

/*
 * Where a head's candidates are: in which stores of a membrane, and in which of their slots.
 */

/** Below this many candidates a scan beats an index. */
const FEW = 8

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
      if (store === undefined || store.linked.length === 0 || !accepts(store.class)) continue
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
      if (moleculeClass.tag === undefined || first === undefined) return true
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

/** The slots of a store that are worth looking at. */
export function candidatesCode(
  access: Access,
  anatomy: Anatomy,
  tag: Molecule | undefined,
): (run: Run, store: Store) => readonly number[] {
  if (access.kind === 'scan') {
    if (tag === undefined) return (_, store) => store.linked
    // A rule that came later than its molecules: their class is not the tag's own.
    const key = keyOf(tag)
    const spec = indexSpecFor(TAG_ACCESS, anatomy)
    return (run, store) =>
      store.class.tag !== undefined || store.linked.length <= FEW
        ? store.linked
        : store.index(spec(run)).slots(key)
  }
  const { spec, key } = keyCode(access, anatomy)
  return (run, store) => {
    if (store.linked.length <= FEW) return store.linked
    const wanted = key(run)
    if (wanted === undefined) return store.linked
    const index: HashIndex = store.index(spec(run))
    return index.slots(wanted)
  }
}

interface KeyCode {
  readonly spec: (run: Run) => IndexSpec
  readonly key: (run: Run) => Key | undefined
}

function keyCode(access: Exclude<Access, { kind: 'scan' }>, anatomy: Anatomy): KeyCode {
  const spec = indexSpecFor(access, anatomy)
  switch (access.kind) {
    case 'whole':
      return { spec, key: knownKey(access.value) }
    case 'fields': {
      const keys = access.keys.map(({ value }) => knownKey(value))
      const [only] = keys
      if (only !== undefined && keys.length === 1) return { spec, key: only }
      return { spec, key: (run) => joinedKey(keys.map((key) => key(run))) }
    }
    case 'functional': {
      const known = expressionCode(access.known)
      return {
        spec,
        // A condition that fails is false: nothing is filed under this key.
        key: (run) => {
          try {
            return keyOf(known(run))
          } catch (error) {
            if (error instanceof EvaluationFailure) return NO_KEY
            throw error
          }
        },
      }
    }
  }
}

const NO_KEY = {}

function knownKey(value: KnownValue): (run: Run) => Key {
  if (value.kind === 'constant') {
    const key = keyOf(value.pattern.value)
    return () => key
  }
  const { slot } = value
  return (run) => keyOf(run.slots[slot] ?? 0)
}
