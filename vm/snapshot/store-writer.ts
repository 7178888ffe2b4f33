import { Float } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import type { RuleCode } from '../rule-code.ts'
import type { Column } from '../store/column.ts'
import { ContentIndex } from '../store/content-index.ts'
import { HashIndex, WHOLE } from '../store/hash-index.ts'
import type { IndexSpec, KeyOrigin } from '../store/hash-index.ts'
import { OrderedIndex } from '../store/ordered-index.ts'
import type { Store } from '../store/store.ts'
import type { StoreDetails } from '../store/store-state.ts'
import { inRows } from './field.ts'
import type { MoleculeWriter } from './molecule-writer.ts'
import type { Plain } from './plain.ts'

/** Rules by their ids; undefined for those that come back as others. */
type Codes = readonly (RuleCode | undefined)[]

/** How the states of slots are written: a state and how many slots in a row have it. */
function statesOf({ state, end }: Store): readonly number[] {
  const runs: number[] = []
  for (let slot = 0; slot < end;) {
    const first = slot
    const its = state[slot] ?? 0
    while (slot < end && state[slot] === its) slot++
    runs.push(its, slot - first)
  }
  return runs
}

/** A store with all slots as they are: what is found first depends on their order. */
export function storeForm(store: Store, molecules: MoleculeWriter, codes: Codes): Plain {
  const { details, end, copies } = store
  const { tag, id } = store.class
  // What stands beside a free slot means nothing.
  const all = copies && Array.from({ length: end }, (_, slot) => store.copiesOf(slot) || 1)
  return {
    class: id,
    states: statesOf(store),
    room: details.capacity,
    columns: store.columns.map((column, at) =>
      at === 0 && tag !== undefined ? null : columnForm(column, store, molecules),
    ),
    copies: all === undefined ? null : molecules.all(all),
    // The last one is taken first: where slots were given back from the last to the first, that is a row.
    free: inRows([...details.free].reverse()),
    active: details.active.flat(),
    counted: store.isCounted,
    plain: store.isPlain,
    holds: store.holdsMembranes,
    repetitive: store.isRepetitive,
    listed: details.listed === undefined ? null : inRows(details.listed),
    indexes: details.indexes.flatMap((index) => {
      const form = indexForm(index, molecules, codes)
      return form === undefined ? [] : [form]
    }),
  }
}

function columnForm(column: Column, { state, end }: Store, molecules: MoleculeWriter): Plain {
  if (column instanceof Int32Array) return { ints: Array.from(column.subarray(0, end)) }
  if (column instanceof Float64Array) {
    const numbers = Array.from(column.subarray(0, end), (value) =>
      Number.isFinite(value) ? value : value > 0 ? 'Infinity' : '-Infinity',
    )
    return { numbers }
  }
  const floats = floatsIn(column, state, end)
  if (floats !== undefined) return { floats }
  const any: Plain[] = []
  for (let slot = 0; slot < end; slot++)
    any.push(state[slot] === 0 ? 0 : molecules.of(column[slot] ?? 0))
  return { any }
}

/** The values of a column of floats that JSON can write. */
function floatsIn(
  column: readonly Molecule[],
  state: Uint8Array,
  end: number,
): number[] | undefined {
  const floats: number[] = []
  for (let slot = 0; slot < end; slot++) {
    const value = state[slot] === 0 ? ZERO : column[slot]
    if (!(value instanceof Float) || !Number.isFinite(value.value)) return undefined
    floats.push(value.value)
  }
  return floats.length === 0 ? undefined : floats
}

const ZERO = new Float(0)

/** An index by what it is on, and an order in which its slots could have come; undefined for one that nobody can ask for again. */
function indexForm(
  index: StoreDetails['indexes'][number],
  molecules: MoleculeWriter,
  codes: Codes,
): Plain | undefined {
  const order = index.order && inRows(index.order)
  if (index instanceof OrderedIndex)
    return { kind: 'order', column: index.spec.column, order: order ?? null }
  if (index instanceof ContentIndex) {
    const { path, tag, arity, column } = index.spec
    return { kind: 'content', path, tag: tag?.name ?? null, arity, column, order: order ?? null }
  }
  if (!(index instanceof HashIndex)) return undefined
  const spec = specForm(index.spec, molecules, codes)
  return spec && { kind: 'key', spec, order: order ?? null }
}

function specForm(spec: IndexSpec, molecules: MoleculeWriter, codes: Codes): Plain | undefined {
  if (spec.kind === 'fields') return spec.columns
  if (spec === WHOLE) return 'whole'
  return spec.origin && originForm(spec.origin, molecules, codes)
}

function originForm(
  { anatomy, own, pattern, rule }: KeyOrigin,
  molecules: MoleculeWriter,
  codes: Codes,
): Plain | undefined {
  const code = codes.findIndex((each) => each?.anatomy === anatomy)
  const { conjuncts, heads } = codes[code]?.anatomy ?? { conjuncts: [], heads: [] }
  const head = heads.findIndex(({ reactant }) => reactant.pattern === pattern)
  for (const [conjunct, { expression }] of conjuncts.entries()) {
    if (expression.kind !== 'binary') continue
    const side = expression.left === own ? 0 : expression.right === own ? 1 : undefined
    if (side === undefined || head < 0) continue
    return { code, head, conjunct, side, rule: rule === undefined ? null : molecules.of(rule) }
  }
  return undefined
}
