import type { Expression, Molecule, RuleShape } from '../../interpreter/index.ts'
import type { Step } from '../code/run.ts'
import type { Head } from '../plan/heads.ts'
import type { ProductPlan, ReactionPlan } from '../plan/outcome.ts'
import type { Membrane } from '../membrane.ts'
import type { ClassTable, MoleculeClass } from '../store/molecule-class.ts'
import { classOfExpression } from '../plan/classes.ts'
import { local } from './expressions.ts'
import type { ExpressionWriter, Written } from './expressions.ts'
import type { Text } from './text.ts'

/** What generated reactions ask of the machine. */
export interface Reactor {
  /** Whether nothing has to be reported or counted in this membrane: then a reaction may go the short way. */
  isPlainIn(membrane: Membrane): boolean
  /** A reaction happened that changed the number of molecules by so many. */
  reactedBy(molecules: number): void
}

/** Everything that writing a reaction needs. */
export interface ReactionContext {
  readonly text: Text
  readonly expressions: ExpressionWriter
  readonly shape: RuleShape
  readonly heads: readonly Head[]
  /** Undefined where all reactions are left to the closure. */
  readonly plan: ReactionPlan | undefined
  readonly classes: ClassTable
  readonly reactor: Reactor
  /** The closure for all that is less plain. */
  readonly react: Step
  /** What ends the search: with what a step answers. */
  readonly finish: (answer: string) => string
}

/** A product molecule whose class is known, with a value for each column. */
interface Row {
  readonly product: ProductPlan
  /** Known at least where it comes into a slot of its own. */
  readonly moleculeClass: MoleculeClass | undefined
  /** By column; undefined where nothing is to be written. */
  readonly values: readonly (Value | undefined)[]
}

/** The local that a value is put into, and its text. */
interface Value {
  readonly name: string
  readonly written: Written
}

/** Writes the reaction for a match: the short way where all is plain, else the closure's. */
export function writeReaction(context: ReactionContext): void {
  const { text, plan, reactor, finish } = context
  const slow = slowPath(context)
  if (plan === undefined) {
    text.line(finish(slow))
    return
  }
  const rows = plan.products.map((product) => rowOf(product, context))
  if (rows.some((row) => row === undefined)) {
    text.line(finish(slow))
    return
  }
  const known = rows.flatMap((row) => row ?? [])
  text.line(`if (!${text.constant(reactor)}.isPlainIn(membrane)) ${finish(slow)}`)
  const stores = new Map<MoleculeClass, string>()
  const touched = new Set<string>()
  for (const head of [...plan.removed, ...plan.products.flatMap(({ into }) => into ?? [])])
    touched.add(`s${String(head.index)}`)
  for (const { product, moleculeClass } of known) {
    if (product.into !== undefined || moleculeClass === undefined || stores.has(moleculeClass))
      continue
    const name = text.fresh('p')
    stores.set(moleculeClass, name)
    text.line(
      `var ${name} = membrane.stores[${String(moleculeClass.id)}]; if (${name} === undefined) ${name} = membrane.store(${text.constant(moleculeClass)})`,
    )
    touched.add(name)
  }
  if (touched.size > 0)
    text.line(
      `if (!(${[...touched].map((name) => `${name}.isPlain`).join(' && ')})) ${finish(slow)}`,
    )
  writeValues(known, plan, context)
  writeChange(known, stores, text, plan)
  const delta = rows.length - plan.removed.length - plan.products.filter(hasInto).length
  text.line(`${text.constant(reactor)}.reactedBy(${String(delta)})`)
  text.line(finish('1'))
}

function hasInto({ into }: ProductPlan): boolean {
  return into !== undefined
}

/** The frame is handed over as the closures know it. */
function slowPath({ text, shape, heads, react }: ReactionContext): string {
  const parts: string[] = []
  for (let slot = 0; slot < shape.slotNames.length; slot++)
    parts.push(`run.slots[${String(slot)}] = ${local(slot)}`)
  for (const { index } of heads) {
    const i = String(index)
    parts.push(`run.stores[${i}] = s${i}`, `run.chosen[${i}] = c${i}`, `run.needs[${i}] = 1`)
  }
  return `(${[...parts, `${text.constant(react)}(run)`].join(', ')})`
}

/** What is known of a product molecule's class before it is worked out; undefined where it is not enough. */
function rowOf(product: ProductPlan, context: ReactionContext): Row | undefined {
  const { expression, into, changed } = product
  const { classes, heads } = context
  const known = classOfExpression(expression, heads, classes)
  if (known === undefined && into === undefined) return undefined
  if (expression.kind !== 'tuple')
    return known === undefined
      ? undefined
      : { product, moleculeClass: known, values: [valueOf(expression, context)] }
  const values = expression.fields.map((field, column) =>
    (into === undefined && column === 0 && known?.tag !== undefined) ||
    (into !== undefined && (changed & (1 << column)) === 0)
      ? undefined
      : valueOf(field, context),
  )
  return { product, moleculeClass: known, values }
}

function valueOf(expression: Expression, { text, expressions }: ReactionContext): Value {
  const name = text.fresh('x')
  expressions.temporaries.push(name)
  return { name, written: expressions.write(expression) }
}

/** Works everything out before anything changes; what is not flat or has no value goes the closure's way. */
function writeValues(rows: readonly Row[], plan: ReactionPlan, context: ReactionContext): void {
  const { text, expressions, finish } = context
  const slow = slowPath(context)
  const lines: string[] = []
  let canFail = false
  for (const { slot, value } of plan.bindings) {
    const written = expressions.write(value)
    canFail ||= written.canFail
    lines.push(`${local(slot)} = ${written.text}`)
  }
  const checks: string[] = []
  for (const { moleculeClass, values } of rows)
    for (const value of values) {
      if (value === undefined) continue
      const { name, written } = value
      canFail ||= written.canFail
      lines.push(`${name} = ${written.text}`)
      if (moleculeClass?.kind === 'int')
        checks.push(`typeof ${name} === "number" || typeof ${name} === "bigint"`)
      else if (written.type === 'any')
        checks.push(`typeof ${name} !== "object" || ${text.constant(isAtom)}(${name})`)
    }
  if (canFail) {
    text.line(`try { ${lines.join('; ')} } catch (e) { ${finish(slow)} }`)
  } else for (const line of lines) text.line(line)
  if (checks.length > 0)
    text.line(`if (!(${checks.map((check) => `(${check})`).join(' && ')})) ${finish(slow)}`)
}

function isAtom(value: Molecule): boolean {
  return typeof value !== 'object' || value.kind === 'symbol' || value.kind === 'float'
}

/** Removes, rewrites and adds, in the plan's order. */
function writeChange(
  rows: readonly Row[],
  stores: ReadonlyMap<MoleculeClass, string>,
  text: Text,
  plan: ReactionPlan,
): void {
  text.line('membrane.changed()')
  const deepest = Math.max(0, ...rows.map(({ values }) => (values.length > 1 ? 2 : 1)))
  text.line(`if (membrane.depth < ${String(deepest)}) membrane.depth = ${String(deepest)}`)
  for (const { index } of plan.removed)
    text.line(`membrane.consume(s${String(index)}, c${String(index)})`)
  for (const { product, moleculeClass, values } of rows) {
    const { into, changed } = product
    const own = moleculeClass === undefined ? undefined : stores.get(moleculeClass)
    const store = into === undefined ? (own ?? '') : `s${String(into.index)}`
    const slot = into === undefined ? text.fresh('n') : `c${String(into.index)}`
    if (into === undefined) text.line(`var ${slot} = membrane.place(${store})`)
    else text.line(`${store}.unfile(${slot}, ${String(changed)})`)
    values.forEach((value, column) => {
      if (value !== undefined)
        text.line(`${store}.write(${slot}, ${String(column)}, ${value.name})`)
    })
    if (into !== undefined) {
      text.line(`${store}.refile(${slot}, ${String(changed)})`)
      text.line(`membrane.rewritten(${store}, ${slot})`)
    }
  }
}
