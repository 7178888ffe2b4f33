import { EvaluationFailure } from '../../interpreter/index.ts'
import type { Expression, Molecule, Pattern } from '../../interpreter/index.ts'
import type { Membrane } from '../membrane.ts'
import type { Anatomy } from '../plan/heads.ts'
import type { Access } from '../plan/plan.ts'
import { WHOLE } from '../store/hash-index.ts'
import type { IndexSpec, KeyOrigin } from '../store/hash-index.ts'
import { keyOf } from '../store/key.ts'
import { ClassTable } from '../store/molecule-class.ts'
import type { Store } from '../store/store.ts'
import { readsCaptured } from '../plan/heads.ts'
import { generatedKey } from '../generate/key.ts'
import { expressionCode } from './expressions.ts'
import { matchCode } from './patterns.ts'
import { Run } from './run.ts'

const byColumns = new Map<string, IndexSpec>()

/** What an index for an access path files slots under. Plans that ask for the same share one. */
export function indexSpecFor(
  access: Exclude<Access, { kind: 'scan' | 'ordered' | 'content' }>,
  anatomy: Anatomy,
): (run: Run, store: Store) => IndexSpec {
  switch (access.kind) {
    case 'whole':
      return (_, store) => (store.class.kind === 'tuple' ? WHOLE : FIRST_FIELD)
    case 'fields': {
      const spec = fieldsSpec(access.keys.map(({ column }) => column))
      return () => spec
    }
    case 'functional':
      return functionalSpec(access.own, access.pattern, anatomy)
  }
}

/** The index on some fields of a tuple, from 0. */
export function fieldsSpec(columns: readonly number[]): IndexSpec {
  const text = columns.join(', ')
  let spec = byColumns.get(text)
  if (spec === undefined) {
    spec = { kind: 'fields', text: `field ${text}`, columns }
    byColumns.set(text, spec)
  }
  return spec
}

/** What is not a tuple is stored whole, in its first column. */
const FIRST_FIELD = fieldsSpec([0])

/** By rule and the expression that they are filed under: all plans of a rule share them. */
const byExpression = new WeakMap<Anatomy, Map<Expression, (run: Run) => IndexSpec>>()

/** Files a molecule under the value of an expression over its own variables; one without a value can never be wanted. */
export function functionalSpec(
  own: Expression,
  pattern: Pattern,
  anatomy: Anatomy,
): (run: Run) => IndexSpec {
  let known = byExpression.get(anatomy)
  if (known === undefined)
    byExpression.set(anatomy, (known = new Map<Expression, (run: Run) => IndexSpec>()))
  let spec = known.get(own)
  if (spec === undefined) known.set(own, (spec = perInstance(own, pattern, anatomy)))
  return spec
}

function perInstance(own: Expression, pattern: Pattern, anatomy: Anatomy): (run: Run) => IndexSpec {
  const value = expressionCode(own)
  const isOwn = readsCaptured(own)
  const originIn = (run: Run): KeyOrigin => {
    return { anatomy, own, pattern, rule: isOwn ? run.rule : undefined }
  }
  const make = (outer: Run): IndexSpec => {
    const run = new Run(outer.membrane, outer.surroundings, () => false)
    run.captured = outer.captured
    // Nothing is looked up inside the solutions that the pattern opens: any membrane will do.
    const around = (): Membrane => outer.membrane
    const opening = { open: around, look: around, classes: new ClassTable() }
    const match = matchCode(pattern, { anatomy, bound: new Set(), opening })
    return {
      kind: 'computed',
      text: 'an expression',
      origin: originIn(outer),
      keyOf: (store, slot) => {
        try {
          return match(store.molecule(slot), run) ? keyOf(value(run)) : undefined
        } catch (error) {
          if (error instanceof EvaluationFailure) return undefined
          throw error
        }
      },
    }
  }
  if (!isOwn) {
    const keyOf = generatedKey(own, pattern)
    let only: IndexSpec | undefined
    return (run) =>
      (only ??=
        keyOf === undefined
          ? make(run)
          : { kind: 'computed', text: 'an expression', keyOf, origin: originIn(run) })
  }
  // The expression uses captured values: then each instance of the rule has an index of its own.
  const byInstance = new WeakMap<readonly Molecule[], IndexSpec>()
  let lastCaptured: readonly Molecule[] | undefined
  let lastSpec: IndexSpec | undefined
  return (run) => {
    if (lastCaptured === run.captured && lastSpec !== undefined) return lastSpec
    lastSpec = byInstance.get(run.captured)
    if (lastSpec === undefined) byInstance.set(run.captured, (lastSpec = make(run)))
    lastCaptured = run.captured
    return lastSpec
  }
}
