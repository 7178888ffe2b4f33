import {
  EvaluationFailure,
  Multiset,
  Tuple,
  hasEffects,
  holdsSolution,
  isInfinite,
  placed,
  productOf,
  slotsOfReactant,
} from '../../interpreter/index.ts'
import type {
  Entry,
  Expression,
  Molecule,
  Molecules,
  PendingElement,
  Rule,
  RuleShape,
  Slot,
} from '../../interpreter/index.ts'
import type { Arriving } from '../arriving.ts'
import { frozenMolecule } from '../freeze.ts'
import { release } from '../inner.ts'
import { Membrane } from '../membrane.ts'
import type { Anatomy, Head, Opened } from '../plan/heads.ts'
import { hardeningOf } from '../plan/glance.ts'
import { keptBy } from '../plan/kept.ts'
import { reactionPlan } from '../plan/outcome.ts'
import type { ReactionPlan } from '../plan/outcome.ts'
import { Draft, Product } from '../residual.ts'
import type { Residual } from '../residual.ts'
import type { Failing } from '../stop.ts'
import type { Store } from '../store/store.ts'
import { expressionCode, listCode, valueOf } from './expressions.ts'
import { productCode } from './molecules.ts'
import { BROKEN_OFF, REACTED } from './run.ts'
import type { Run, Step } from './run.ts'

/** What a reaction needs from the machine. */
export interface Reacting {
  /** Whether one more reaction of this rule may happen now; it is asked before anything is worked out. */
  mayReact(rule: Rule): boolean
  /** Whether the product may be added; if not, the machine knows why it stops. */
  mayAdd(product: Product, membrane: Membrane, gone: () => readonly Entry[], calls: number): boolean
  failed(error: EvaluationFailure, failing: Failing): void
  nextId(): number
  /** True where each reaction is to be reported. */
  readonly isObserved: boolean
  reacted(
    rule: Rule,
    reactants: readonly Entry[],
    products: readonly Entry[],
    membrane: Membrane,
  ): void
  /** Adds what a rest stands for to a membrane, moving what nobody else has. */
  splice(residual: Residual, times: number | bigint, into: Membrane): void
}

/** A molecule of a product: solutions in it are drafts, which take over the rests that are moved into them. */
function structureCode(expression: Expression): (run: Run) => Molecule {
  switch (expression.kind) {
    case 'tuple': {
      const fields = expression.fields.map(structureCode)
      const [first, second] = fields
      if (first !== undefined && second !== undefined && fields.length === 2)
        return (run) => new Tuple([first(run), second(run)])
      return (run) => {
        const made: Molecule[] = []
        for (const field of fields) made.push(field(run))
        return new Tuple(made)
      }
    }
    case 'list':
      return listCode(expression.items, structureCode)
    case 'solution': {
      const product = productCode(expression.molecules, structureCode)
      const { place } = expression
      return (run) => {
        const made = product(run)
        if (holdsInfinite(made))
          placed(place, () => {
            checkInfinite(made, undefined)
          })
        return new Draft(made)
      }
    }
    default:
      return expressionCode(expression)
  }
}

/** The last step of a search: takes the reactants, adds the products, all or nothing. */
export function reactCode(anatomy: Anatomy, machine: Reacting, arrivals: Arriving): Step {
  const { shape } = anatomy
  const kept = keptBy(anatomy)
  const plan = reactionPlan(anatomy)
  const hardened = hardeningOf(anatomy, plan)?.head
  const isEffectful = hasEffects(shape.product)
  const quick = productCode(withoutElements(shape.product, kept.elements), structureCode)
  const taken = shape.isCatalytic
    ? []
    : anatomy.heads.filter((head) => head.within === undefined && !kept.heads.has(head))
  const all = anatomy.heads.filter((head) => head.within === undefined)
  const opened = shape.isCatalytic ? [] : anatomy.opened
  // A slot that only a `let` fills may still hold what another reaction left there.
  const slots = [...shape.patterns.flatMap(slotsOfReactant), ...shape.topRests]
  return (run) => {
    const { rule, membrane } = run
    if (rule === undefined || !machine.mayReact(rule)) return BROKEN_OFF
    let product: Product
    let pending: readonly PendingElement[] = []
    try {
      if (isEffectful) ({ product, pending } = effectfulProduct(shape, run, slots, all, machine))
      else product = quick(run)
      if (holdsInfinite(product))
        placed(shape.place, () => {
          checkInfinite(product, membrane)
        })
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error
      machine.failed(error, { rule, shape, reactants: reactantsOf(all, run) })
      return BROKEN_OFF
    }
    const gone = (): readonly Entry[] => [
      ...reactantsOf(isEffectful && !shape.isCatalytic ? all : taken, run),
      ...(shape.shots === 'one' ? [[rule, 1] as const] : []),
    ]
    if (!machine.mayAdd(product, membrane, gone, pending.length)) return BROKEN_OFF
    const reactants = machine.isObserved ? reactantsOf(all, run) : NONE
    const products = machine.isObserved
      ? observed(product, pending, isEffectful ? NONE : keptEntries(kept.heads, run))
      : NONE
    if (plan === undefined) {
      take(isEffectful ? (shape.isCatalytic ? [] : all) : taken, run)
      for (const inner of opened) releaseInside(inner, run)
      if (shape.shots === 'one')
        membrane.take(membrane.store(membrane.world.classOf(rule)), run.ruleSlot, 1)
      add(product, membrane, machine)
      for (const element of pending) membrane.add(element, 1)
    } else follow({ plan, anatomy, hardened, arrivals }, product, run)
    machine.reacted(rule, reactants, products, membrane)
    return REACTED
  }
}

const NONE: readonly Entry[] = []

function withoutElements(product: Molecules, left: ReadonlySet<number>): Molecules {
  return { bindings: product.bindings, elements: product.elements.filter((_, at) => !left.has(at)) }
}

/** Calls of the host are made as the language says, by the evaluator that knows how to wait for them. */
function effectfulProduct(
  shape: RuleShape,
  run: Run,
  slots: readonly Slot[],
  heads: readonly Head[],
  machine: Reacting,
): { product: Product; pending: readonly PendingElement[] } {
  const values: (Molecule | undefined)[] = []
  for (const slot of slots) {
    const value = run.slots[slot]
    values[slot] = value === undefined ? undefined : valueOf(value)
  }
  const env = {
    slots: values,
    captured: run.captured,
    surroundings: run.surroundings,
  }
  const { entries, pending } = productOf(shape.product, env, reactantsOf(heads, run), () =>
    machine.nextId(),
  )
  const product = new Product()
  for (const [molecule, copies] of entries) product.add(molecule, copies)
  return { product, pending }
}

function reactantsOf(heads: readonly Head[], run: Run): Entry[] {
  return heads.flatMap(({ index }) => {
    const store = run.stores[index]
    const slot = run.chosen[index]
    if (store === undefined || slot === undefined) return []
    return [[frozenMolecule(store.molecule(slot)), run.needs[index] ?? 1] as const]
  })
}

function keptEntries(heads: ReadonlySet<Head>, run: Run): Entry[] {
  return reactantsOf([...heads], run)
}

function observed(
  product: Product,
  pending: readonly PendingElement[],
  kept: readonly Entry[],
): Entry[] {
  const added = [...product.allEntries()].map(
    ([molecule, copies]) => [frozenMolecule(molecule), copies] as const,
  )
  return [...added, ...kept, ...pending.map((element) => [element, 1] as const)]
}

function take(heads: readonly Head[], run: Run): void {
  for (const { index } of heads) {
    const store = run.stores[index]
    const slot = run.chosen[index]
    if (store !== undefined && slot !== undefined)
      run.membrane.take(store, slot, run.needs[index] ?? 1)
  }
}

/** What was taken out of an opened solution that is nobody's any more is nobody's either. */
function releaseInside({ slot, heads }: Opened, run: Run): void {
  const membrane = run.slots[slot]
  if (!(membrane instanceof Membrane) || membrane.parent !== undefined) return
  for (const { index } of heads) {
    const store = run.stores[index]
    const found = run.chosen[index]
    if (store === undefined || found === undefined || !store.holdsMembranes) continue
    if (store.copiesOf(found) === (run.needs[index] ?? 1)) release(store, found)
  }
}

/** A plain reaction. */
interface Followed {
  readonly plan: ReactionPlan
  readonly anatomy: Anatomy
  readonly hardened: Head | undefined
  readonly arrivals: Arriving
}

/** Removes, rewrites and adds in the plan's order, which generated code keeps too. */
function follow({ plan, anatomy, hardened, arrivals }: Followed, product: Product, run: Run): void {
  const { membrane } = run
  const { molecules } = product
  take(plan.removed, run)
  const rewritten: boolean[] = []
  for (const [at, { into }] of plan.products.entries()) {
    const molecule = molecules[at]
    const store = into === undefined ? undefined : run.stores[into.index]
    const stays =
      store !== undefined && molecule !== undefined && canRewrite(membrane, store, molecule)
    rewritten.push(stays)
    if (into !== undefined && !stays) take([into], run)
  }
  for (const [at, { into, changed }] of plan.products.entries()) {
    const molecule = molecules[at]
    const store = into === undefined ? undefined : run.stores[into.index]
    const slot = into === undefined ? undefined : run.chosen[into.index]
    if (molecule === undefined) continue
    if (rewritten[at] === true && store !== undefined && slot !== undefined) {
      rewrite({ membrane, store, slot, changed }, molecule)
      arrivals.arriveAnew(membrane, store, slot, into === hardened ? anatomy : undefined)
    } else arrivals.bring(membrane, molecule)
  }
}

/** Whether a molecule can be written over another in a store: nobody counts or owns what is there. */
function canRewrite(membrane: Membrane, store: Store, molecule: Molecule): boolean {
  return (
    store.isPlain && !holdsSolution(molecule) && store.class === membrane.world.classOf(molecule)
  )
}

interface Rewritten {
  readonly membrane: Membrane
  readonly store: Store
  readonly slot: number
  readonly changed: number
}

/** Writes a molecule over another of its class, of which only some columns change (bit c: column c). */
function rewrite({ membrane, store, slot, changed }: Rewritten, molecule: Molecule): void {
  membrane.changed()
  membrane.deepen(molecule)
  store.unfile(slot, changed)
  store.fill(slot, molecule)
  store.refile(slot, changed)
  membrane.rewritten(store, slot)
}

function add(product: Product, membrane: Membrane, machine: Reacting): void {
  const { molecules, copies, rests } = product
  for (let i = 0; i < molecules.length; i++) {
    const molecule = molecules[i]
    const n = copies[i]
    if (molecule !== undefined && n !== undefined) membrane.add(molecule, n)
  }
  for (const { residual, times } of rests) machine.splice(residual, times, membrane)
}

function holdsInfinite({ copies, rests }: Product): boolean {
  for (let i = 0; i < copies.length; i++) if (isInfinite(copies[i] ?? 0)) return true
  return rests.some(({ residual }) => hasInfinite(residual))
}

/** ∞ and −∞ of one molecule do not add up. Worked out only where a product has some of either. */
function checkInfinite(product: Product, membrane: Membrane | undefined): void {
  const entries = [...product.allEntries()].map(
    ([molecule, copies]) => [frozenMolecule(molecule), copies] as const,
  )
  const sum = Multiset.of(entries)
  if (membrane === undefined) return
  const there: Entry[] = []
  for (const [molecule] of sum.entries()) {
    const store = membrane.store(membrane.world.classOf(molecule))
    const slot = store.isCounted ? store.find(molecule) : -1
    if (slot >= 0) there.push([molecule, store.copiesOf(slot)])
  }
  sum.plus(there)
}

function hasInfinite(residual: Residual): boolean {
  return (
    residual.membrane?.stores.some((store) => store?.copies?.some(isInfinite) === true) === true
  )
}
