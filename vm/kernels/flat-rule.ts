import { equal, hasEffects, isSymbol } from '../../interpreter/index.ts'
import type {
  Expression,
  Molecule,
  Pattern,
  Slot,
  Symbol,
  TypeTest,
} from '../../interpreter/index.ts'
import type { Anatomy, Head } from '../plan/heads.ts'
import { boundTerms, constantTerm, relationsOf, termOf } from './normal-form.ts'
import type { Relation, Term } from './normal-form.ts'

/** One column of what a head takes. */
export type FlatField =
  | { readonly kind: 'constant'; readonly value: Molecule }
  | { readonly kind: 'variable'; readonly slot: Slot; readonly type: TypeTest | undefined }
  | { readonly kind: 'wildcard'; readonly type: TypeTest | undefined }

/** A head that takes an atom, or a tuple without looking into its fields. */
export interface FlatHead {
  readonly head: Head
  /** Of an atom, the molecule itself is its only field. */
  readonly isTuple: boolean
  readonly fields: readonly FlatField[]
  /** The symbol that its tuples begin with. */
  readonly tag: Symbol | undefined
}

/** A rule that kernels can be recognised in: it stays, it is pure, and all that it takes and gives is flat. */
export interface FlatRule {
  readonly anatomy: Anatomy
  readonly heads: readonly FlatHead[]
  readonly relations: readonly Relation[]
  /** One for each molecule of the product. */
  readonly products: readonly FlatProduct[]
}

/** A molecule of the product by its fields; of anything but a tuple, the molecule itself is its only field. */
export interface FlatProduct {
  readonly isTuple: boolean
  readonly fields: readonly Term[]
}

/** The rule as recognisers read it, or why none of them can. */
export function flatRule(anatomy: Anatomy): FlatRule | string {
  const { shape } = anatomy
  if (shape.shots === 'one') return 'it is one-shot'
  if (shape.isCatalytic) return 'it leaves what it takes'
  if (anatomy.opened.length > 0) return 'it looks into solutions'
  if (shape.topRests.length > 0) return 'it has a rest outside of solutions'
  if (hasEffects(shape.product)) return 'its product has effects or random numbers'
  const heads: FlatHead[] = []
  for (const head of anatomy.heads) {
    if (head.reactant.kind !== 'single') return 'it counts copies'
    const flat = flatHead(head)
    if (flat === undefined) return 'it looks into a field'
    heads.push(flat)
  }
  const bound = boundTerms(shape.product.bindings)
  const products: FlatProduct[] = []
  for (const element of shape.product.elements) {
    if (element.kind !== 'molecule') return 'its product is more than single molecules'
    if (element.multiplicity !== undefined) return 'its product is counted'
    products.push(flatProduct(element.expression, bound))
  }
  return { anatomy, heads, relations: relationsOf(shape.condition), products }
}

function flatProduct(expression: Expression, bound: ReturnType<typeof boundTerms>): FlatProduct {
  if (expression.kind === 'tuple')
    return { isTuple: true, fields: expression.fields.map((field) => termOf(field, bound)) }
  const { value } = expression.kind === 'constant' ? expression : { value: undefined }
  if (typeof value === 'object' && value.kind === 'tuple')
    return { isTuple: true, fields: value.fields.map((field) => constantTerm(field)) }
  return { isTuple: false, fields: [termOf(expression, bound)] }
}

function flatHead(head: Head): FlatHead | undefined {
  const { pattern } = head.reactant
  const whole = wholeFields(pattern)
  if (whole === undefined) {
    const field = flatField(pattern)
    return field && { head, isTuple: false, fields: [field], tag: undefined }
  }
  const fields: FlatField[] = []
  for (const each of whole) {
    const field = flatField(each)
    if (field === undefined) return undefined
    fields.push(field)
  }
  const [first] = fields
  const tag = first?.kind === 'constant' && isSymbol(first.value) ? first.value : undefined
  return { head, isTuple: true, fields, tag }
}

/** The fields of a tuple, whether it is a pattern or a constant. */
function wholeFields(pattern: Pattern): readonly Pattern[] | undefined {
  if (pattern.kind === 'tuple') return pattern.fields
  if (pattern.kind !== 'constant') return undefined
  const { value } = pattern
  return typeof value === 'object' && value.kind === 'tuple'
    ? value.fields.map((field) => ({ kind: 'constant', value: field }) as const)
    : undefined
}

function flatField(pattern: Pattern): FlatField | undefined {
  switch (pattern.kind) {
    case 'constant':
      return isAtom(pattern.value) ? pattern : undefined
    case 'variable':
    case 'wildcard':
      return pattern
    case 'tuple':
    case 'list':
    case 'solution':
    case 'rule':
      return undefined
  }
}

/** Whether a molecule has nothing inside. */
export function isAtom(molecule: Molecule): boolean {
  return typeof molecule !== 'object' || molecule.kind === 'symbol' || molecule.kind === 'float'
}

/** The column of a variable in a head; −1 where it is not there. */
export function columnOf(head: FlatHead, slot: Slot): number {
  return head.fields.findIndex((field) => field.kind === 'variable' && field.slot === slot)
}

/** Whether two heads take molecules of the same form: as many fields, with the same constants. */
export function areAlike(a: FlatHead, b: FlatHead): boolean {
  return (
    a.isTuple === b.isTuple &&
    a.fields.length === b.fields.length &&
    a.fields.every((field, column) => {
      const other = b.fields[column]
      if (field.kind !== 'constant') return other !== undefined && other.kind !== 'constant'
      return other?.kind === 'constant' && equal(field.value, other.value)
    })
  )
}

/** Whether no variable stands twice in a head. */
export function isLinear({ fields }: FlatHead): boolean {
  const slots = fields.flatMap((field) => (field.kind === 'variable' ? [field.slot] : []))
  return new Set(slots).size === slots.length
}

/** Columns that hold the same variable in both heads. */
export function sharedColumns(a: FlatHead, b: FlatHead): number[] {
  return a.fields.flatMap((field, column) => {
    const other = b.fields[column]
    return field.kind === 'variable' && other?.kind === 'variable' && field.slot === other.slot
      ? [column]
      : []
  })
}

/** Whether two heads share no variable but in the same columns. */
export function shareByColumn(a: FlatHead, b: FlatHead): boolean {
  return a.fields.every(
    (field, column) =>
      field.kind !== 'variable' ||
      columnOf(b, field.slot) === -1 ||
      columnOf(b, field.slot) === column,
  )
}

/** Whether a product gives back just what a head took, in every column or in the given ones. */
export function givesBackColumns(
  product: FlatProduct,
  head: FlatHead,
  columns?: readonly number[],
): boolean {
  return (
    product.isTuple === head.isTuple &&
    product.fields.length === head.fields.length &&
    head.fields.every((field, column) => {
      if (columns !== undefined && !columns.includes(column)) return true
      return isField(product.fields[column], field)
    })
  )
}

/** Whether a term is what a field took. */
export function isField(term: Term | undefined, field: FlatField): boolean {
  switch (field.kind) {
    case 'constant':
      return term?.kind === 'constant' && equal(term.value, field.value)
    case 'variable':
      return term?.kind === 'slot' && term.slot === field.slot
    case 'wildcard':
      return false
  }
}
