import { EvaluationFailure } from '../../interpreter/index.ts'
import type { Expression, Molecule, Pattern } from '../../interpreter/index.ts'
import type { Anatomy } from '../plan/heads.ts'
import type { Access } from '../plan/plan.ts'
import type { IndexSpec } from '../store/hash-index.ts'
import { joinedKey, keyOf } from '../store/key.ts'
import { Store } from '../store/store.ts'
import { expressionCode } from './expressions.ts'
import { matchCode } from './patterns.ts'
import { Run } from './run.ts'

const byColumns = new Map<string, IndexSpec>()

/** What an index for an access path files slots under. Plans that ask for the same share one. */
export function indexSpecFor(
  access: Exclude<Access, { kind: 'scan' }>,
  anatomy: Anatomy,
): (run: Run) => IndexSpec {
  switch (access.kind) {
    case 'whole':
      return () => WHOLE
    case 'fields': {
      const spec = columnsSpec(access.keys.map(({ column }) => column))
      return () => spec
    }
    case 'functional':
      return functionalSpec(access.own, access.pattern, anatomy)
  }
}

const WHOLE: IndexSpec = {
  text: 'the whole molecule',
  keyOf: (store, slot) => (store instanceof Store ? keyOf(store.molecule(slot)) : undefined),
}

function columnsSpec(columns: readonly number[]): IndexSpec {
  const text = columns.join(', ')
  let spec = byColumns.get(text)
  if (spec === undefined) {
    spec = { text: `field ${text}`, keyOf: columnsKey(columns) }
    byColumns.set(text, spec)
  }
  return spec
}

function columnsKey(columns: readonly number[]): IndexSpec['keyOf'] {
  const [only] = columns
  if (only !== undefined && columns.length === 1)
    return (store, slot) => {
      const field = store instanceof Store ? store.field(slot, only) : undefined
      return field === undefined ? undefined : keyOf(field)
    }
  return (store, slot) =>
    store instanceof Store
      ? joinedKey(
          columns.map((column) => {
            const field = store.field(slot, column)
            return field === undefined ? undefined : keyOf(field)
          }),
        )
      : undefined
}

/** Files a molecule under the value of an expression over its own variables; one without a value can never be wanted. */
function functionalSpec(
  own: Expression,
  pattern: Pattern,
  anatomy: Anatomy,
): (run: Run) => IndexSpec {
  const value = expressionCode(own)
  const make = (outer: Run): IndexSpec => {
    const run = new Run(outer.membrane, outer.surroundings, () => false)
    run.captured = outer.captured
    // Nothing is looked up inside the solutions that the pattern opens: any membrane will do.
    const match = matchCode(pattern, { anatomy, bound: new Set(), open: () => outer.membrane })
    return {
      text: 'an expression',
      keyOf: (store, slot) => {
        if (!(store instanceof Store)) return undefined
        try {
          return match(store.molecule(slot), run) ? keyOf(value(run)) : undefined
        } catch (error) {
          if (error instanceof EvaluationFailure) return undefined
          throw error
        }
      },
    }
  }
  // The expression may use captured values: then each instance of the rule has an index of its own.
  const byInstance = new WeakMap<readonly Molecule[], IndexSpec>()
  return (run) => {
    let spec = byInstance.get(run.captured)
    if (spec === undefined) byInstance.set(run.captured, (spec = make(run)))
    return spec
  }
}
