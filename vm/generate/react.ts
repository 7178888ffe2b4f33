import type { Expression, Molecule } from '../../interpreter/index.ts'
import type { Arriving } from '../arriving.ts'
import type { Run, Step } from '../code/run.ts'
import { hardeningOf } from '../plan/glance.ts'
import type { Anatomy } from '../plan/heads.ts'
import type { ProductPlan, ReactionPlan } from '../plan/outcome.ts'
import type { Membrane } from '../membrane.ts'
import type { ClassTable, MoleculeClass } from '../store/molecule-class.ts'
import type { Chain } from '../plan/chain.ts'
import type { Follower } from '../plan/follower.ts'
import { classOfExpression } from '../plan/classes.ts'
import { againAfter } from './again.ts'
import type { Again } from './again.ts'
import { expectFailure, local } from './expressions.ts'
import type { ExpressionWriter, Written } from './expressions.ts'
import { PatternWriter } from './patterns.ts'
import type { Text } from './text.ts'

/** What generated reactions ask of the machine. */
export interface Reactor {
  /** Whether so many reactions, one after the other, need not be reported or counted in this membrane: then they may go the short way. */
  arePlainIn(membrane: Membrane, reactions: number): boolean
  /** How many times so many reactions may happen here before others have their turn; 0 where each is to be reported or counted. */
  timesIn(membrane: Membrane, reactions: number): number
  /** So many more happened together with those that were told last. */
  reactedToo(reactions: number, molecules: number): void
  /** So many reactions happened, which changed the number of molecules by so many. */
  reactedTimes(reactions: number, molecules: number): void
}

/** Everything that writing a reaction needs. */
export interface ReactionContext {
  readonly text: Text
  readonly expressions: ExpressionWriter
  readonly anatomy: Anatomy
  /** Undefined where all reactions are left to the closure. */
  readonly plan: ReactionPlan | undefined
  readonly classes: ClassTable
  readonly reactor: Reactor
  readonly arrivals: Arriving
  /** The closure for all that is less plain. */
  readonly react: Step
  /** What ends the search: with what a step answers. */
  readonly finish: (answer: string) => string
  readonly joined: Joined | undefined
  /** Whether reactions may follow on one another at once, others being possible. */
  readonly mayRepeat: boolean
  /** What takes a molecule of a class that was made before it has a place, if anything does. */
  readonly follow: (moleculeClass: MoleculeClass) => FollowCode | undefined
}

/** Takes the run and all fields but the tag of what was made; gives 1 where it reacted, else 0. */
export type FollowCode = (run: Run, ...fields: readonly unknown[]) => 0 | 1

/** What may follow a reaction in membranes with one set of rules. */
export interface Joined {
  /** The reaction together with those that are sure to follow it. */
  readonly chain: Chain | undefined
  /** The set of rules, as the membrane's `rules.dispatch`. */
  readonly dispatch: {
    readonly codes: readonly { readonly id: number }[]
    /** How a molecule of a class that was just made is taken, where that is told. */
    follower(moleculeClass: MoleculeClass): Follower | undefined
  }
}

/** One way to write a reaction. */
interface Writing {
  readonly context: ReactionContext
  readonly plan: ReactionPlan
  /** What is done where it is not plain. */
  readonly fail: string
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

/** Writes the reaction for a match: the short way where all is plain, else the closure's, which is written once. */
export function writeReaction(context: ReactionContext): void {
  const { text, plan, finish, joined } = context
  if (joined?.chain !== undefined) {
    const { chain, dispatch } = joined
    const test = `membrane.rules.dispatch === ${text.constant(dispatch)}`
    const { plan: its, reactions } = chain
    writeShort(context, { plan: its, reactions, test, mayRepeat: true, isFollowing: false })
  }
  const { mayRepeat } = context
  if (plan !== undefined)
    writeShort(context, { plan, reactions: 1, test: undefined, mayRepeat, isFollowing: false })
  text.line(finish(slowPath(context)))
}

/** A reaction, or several that are one, and where they may be so. */
interface Short {
  readonly plan: ReactionPlan
  readonly reactions: number
  readonly test: string | undefined
  readonly mayRepeat: boolean
  /** Whether it takes what another has just made and counted. */
  readonly isFollowing: boolean
}

/** A block that ends the search with a reaction, or is left where it is not plain. */
export function writeShort(
  context: ReactionContext,
  { plan, reactions, test, mayRepeat, isFollowing }: Short,
): void {
  const { text, reactor, finish, anatomy } = context
  const rows = rowsOf(plan, context)
  if (rows === undefined) return
  const block = text.fresh('j')
  const fail = `break ${block}`
  const machine = text.constant(reactor)
  const writing = { context, plan, fail }
  text.line(`${block}: {`)
  if (test !== undefined) text.line(`if (!(${test})) ${fail}`)
  const again = mayRepeat ? againAfter(anatomy, plan) : undefined
  if (again === undefined) {
    text.line(`if (!${machine}.arePlainIn(membrane, ${String(reactions)})) ${fail}`)
    const stores = writeChecks(rows, writing)
    writeValues(rows, writing)
    const awaited = rows.map(({ product, moleculeClass }) =>
      product.into === undefined && moleculeClass !== undefined
        ? context.follow(moleculeClass)
        : undefined,
    )
    writeChange(
      rows.filter((_, i) => awaited[i] === undefined),
      stores,
      writing,
    )
    const delta = deltaOf(rows, plan)
    text.line(
      isFollowing
        ? `${machine}.reactedToo(${String(reactions)}, ${String(delta - 1)})`
        : `${machine}.reactedTimes(${String(reactions)}, ${String(delta)})`,
    )
    rows.forEach((row, i) => {
      const code = awaited[i]
      if (code !== undefined) writeFollowed(row, { code, stores, context })
    })
  } else writeRepeated(rows, writing, { again, reactions })
  text.line(finish('1'))
  text.line('}')
}

/** A molecule that is taken at once, or goes where it would have gone. */
function writeFollowed(
  { values, moleculeClass }: Row,
  {
    code,
    stores,
    context: { text, arrivals },
  }: {
    readonly code: FollowCode
    readonly stores: ReadonlyMap<MoleculeClass, string>
    readonly context: ReactionContext
  },
): void {
  const store = moleculeClass === undefined ? '' : (stores.get(moleculeClass) ?? '')
  const given = ['run', ...values.slice(1).map((value) => value?.name ?? '0')]
  const slot = text.fresh('n')
  text.line(`if (${text.constant(code)}(${given.join()}) === 0) { var ${slot} = ${store}.take(0)`)
  values.forEach((value, column) => {
    if (value !== undefined) text.line(`${store}.write(${slot}, ${String(column)}, ${value.name})`)
  })
  text.line(`${text.constant(arrivals)}.arrive(membrane, ${store}, ${slot}) }`)
}

/** A reaction, or several that are one, as often as it is possible with the same molecules. */
function writeRepeated(
  rows: readonly Row[],
  writing: Writing,
  { again, reactions }: { readonly again: Again; readonly reactions: number },
): void {
  const { context, fail } = writing
  const { text, expressions, reactor } = context
  const machine = text.constant(reactor)
  const [most, times, loop] = [text.fresh('a'), text.fresh('a'), text.fresh('a')]
  text.line(`var ${most} = ${machine}.timesIn(membrane, ${String(reactions)}), ${times} = 1`)
  text.line(`if (${most} === 0) ${fail}`)
  writeChecks(rows, writing)
  writeValues(rows, writing)
  const stop = `break ${loop}`
  text.line(`${loop}: while (${times} < ${most}) {`)
  const patterns = new PatternWriter(text, expressions, new Set())
  for (const { product, column, pattern } of again.places) {
    const value = rows[product]?.values[column]
    if (value !== undefined) patterns.write(pattern, value.name, stop)
  }
  for (const { expression } of again.conjuncts) {
    const { text: test, canFail } = expressions.holds(expression)
    text.line(
      canFail
        ? `try { if (!(${test})) ${stop} } catch (e) { ${text.constant(expectFailure)}(e); ${stop} }`
        : `if (!(${test})) ${stop}`,
    )
  }
  // What does not work out leaves what was worked out before.
  const next = rows.map((row) => ({
    ...row,
    values: row.values.map((value) => anew(value, context)),
  }))
  writeValues(next, { ...writing, fail: stop })
  rows.forEach(({ values }, i) => {
    values.forEach((value, column) => {
      const its = next[i]?.values[column]
      if (value !== undefined && its !== undefined) text.line(`${value.name} = ${its.name}`)
    })
  })
  text.line(`${times}++ }`)
  writeChange(rows, new Map(), writing)
  text.line(`${machine}.reactedTimes(${String(reactions)} * ${times}, 0)`)
}

/** The same value in a local of its own. */
function anew(value: Value | undefined, { text, expressions }: ReactionContext): Value | undefined {
  if (value === undefined) return undefined
  const name = text.fresh('x')
  expressions.temporaries.push(name)
  return { ...value, name }
}

function rowsOf(plan: ReactionPlan, context: ReactionContext): readonly Row[] | undefined {
  const rows = plan.products.flatMap((product) => rowOf(product, context) ?? [])
  return rows.length === plan.products.length ? rows : undefined
}

function deltaOf(rows: readonly Row[], { removed, products }: ReactionPlan): number {
  return rows.length - removed.length - products.filter(hasInto).length
}

/** Sees that all stores can be written to; gives the names of those for what comes into slots of its own. */
function writeChecks(
  rows: readonly Row[],
  { context: { text }, plan, fail }: Writing,
): ReadonlyMap<MoleculeClass, string> {
  const stores = new Map<MoleculeClass, string>()
  const touched = new Set<string>()
  for (const head of [...plan.removed, ...plan.products.flatMap(({ into }) => into ?? [])])
    touched.add(`s${String(head.index)}`)
  for (const { product, moleculeClass } of rows) {
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
    text.line(`if (!(${[...touched].map((name) => `${name}.isPlain`).join(' && ')})) ${fail}`)
  return stores
}

function hasInto({ into }: ProductPlan): boolean {
  return into !== undefined
}

/** The frame is handed over as the closures know it. */
export function slowPath({
  text,
  anatomy: { shape, heads },
  react,
}: Pick<ReactionContext, 'text' | 'anatomy' | 'react'>): string {
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
  const {
    classes,
    anatomy: { heads },
  } = context
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
function writeValues(rows: readonly Row[], { context, plan, fail }: Writing): void {
  const { text, expressions } = context
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
    text.line(`try { ${lines.join('; ')} } catch (e) { ${fail} }`)
  } else for (const line of lines) text.line(line)
  if (checks.length > 0)
    text.line(`if (!(${checks.map((check) => `(${check})`).join(' && ')})) ${fail}`)
}

function isAtom(value: Molecule): boolean {
  return typeof value !== 'object' || value.kind === 'symbol' || value.kind === 'float'
}

/** Removes, rewrites and adds, in the plan's order. */
function writeChange(
  rows: readonly Row[],
  stores: ReadonlyMap<MoleculeClass, string>,
  { context, plan }: Writing,
): void {
  const { text, anatomy, arrivals } = context
  const there = text.constant(arrivals)
  // Of reactions in a chain it is not known.
  const hardened = plan === context.plan ? hardeningOf(anatomy, plan)?.head : undefined
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
    if (into === undefined) text.line(`var ${slot} = ${store}.take(0)`)
    else text.line(`${store}.unfile(${slot}, ${String(changed)})`)
    values.forEach((value, column) => {
      if (value !== undefined)
        text.line(`${store}.write(${slot}, ${String(column)}, ${value.name})`)
    })
    if (into === undefined) {
      text.line(`${there}.arrive(membrane, ${store}, ${slot})`)
      continue
    }
    const harder = into === hardened ? text.constant(anatomy) : 'undefined'
    text.line(`${store}.refile(${slot}, ${String(changed)})`)
    text.line(`membrane.rewritten(${store}, ${slot})`)
    text.line(`${there}.arriveAnew(membrane, ${store}, ${slot}, ${harder})`)
  }
}
