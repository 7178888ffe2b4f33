import {
  SolutionValue,
  Tuple,
  holdsSolution,
  isInfinite,
  isRule,
  multiplyInt,
} from '../interpreter/index.ts'
import type { Int, Molecule, Solution } from '../interpreter/index.ts'
import { byClass, fewIn } from './code/inside.ts'
import type { Inside, Opening } from './code/inside.ts'
import { freeze, replaceSolutions, solutionsIn } from './freeze.ts'
import { release } from './inner.ts'
import { Membrane } from './membrane.ts'
import { Draft, Residual, lessen } from './residual.ts'
import type { Product } from './residual.ts'
import type { ClassTable } from './store/molecule-class.ts'
import { ALIVE } from './store/store.ts'
import type { World } from './world.ts'

/**
 * How solutions change between the forms that a machine has for them: values, which nobody changes and
 * many can share; membranes, which one membrane or nobody has; and drafts, out of which membranes come.
 * A membrane that nobody has is moved, one that somebody has is copied as a value.
 */
export class Solutions implements Opening {
  readonly #world: World<Membrane>
  readonly classes: ClassTable
  readonly #thawed = new WeakMap<Solution, Membrane>()
  readonly #sources = new WeakMap<Membrane, Solution>()

  constructor(world: World<Membrane>, classes: ClassTable) {
    this.#world = world
    this.classes = classes
  }

  /** The molecule with membranes of its own in it; those that are active are added to the list. `claimant` has them until they are placed. */
  settle(molecule: Molecule, active: Membrane[], claimant: Membrane): Molecule {
    return replaceSolutions(molecule, (solution) => {
      const settled = this.#settleOne(solution)
      if (settled instanceof Membrane) {
        // The same membrane can stand twice in one molecule: the second time somebody has it.
        settled.parent = claimant
        if (!settled.isInert) active.push(settled)
      }
      return settled
    })
  }

  #settleOne(solution: Solution): Solution {
    if (solution instanceof Draft) {
      const value = this.#world.makesAsleep ? activeValue(solution.product) : undefined
      return value === undefined
        ? this.#realise(solution.product)
        : new Membrane(this.#world, value)
    }
    if (solution instanceof Residual) return this.asInert(solution.value())
    if (solution instanceof Membrane)
      return solution.parent === undefined ? solution : this.asInert(freeze(solution))
    return this.isInert(solution) ? solution : new Membrane(this.#world, valueOf(solution))
  }

  /** A value in which nothing can react is to be known as such. */
  asInert(value: SolutionValue): SolutionValue {
    value.inertFor = this.#world
    return value
  }

  /** Whether it is known that nothing in a value can react. */
  isInert(value: Solution): boolean {
    return isKnownInert(value, this.#world)
  }

  /** Whether a molecule is a solution, or a tuple of some, that came as values of which one at least may react. */
  mayReact(molecule: Molecule): boolean {
    if (molecule instanceof SolutionValue) return !this.isInert(molecule)
    if (!(molecule instanceof Tuple)) return false
    let mayReact = false
    const { fields } = molecule
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i]
      if (typeof field !== 'object' || !holdsSolution(field)) continue
      if (!(field instanceof SolutionValue)) return false
      mayReact ||= !this.isInert(field)
    }
    return mayReact
  }

  /** An inert solution to be looked into: a small value as it is. */
  look(solution: Solution, inside: Inside): Membrane | undefined {
    const value = solution instanceof Membrane ? solution.asleep : solution
    const few = value instanceof SolutionValue ? fewIn(value) : undefined
    if (few === undefined) return this.open(solution)
    for (let i = 0; i < few.length; i++) {
      const molecule = few[i]
      if (typeof molecule === 'object' && holdsSolution(molecule)) this.noteInert(molecule)
    }
    inside.molecules = byClass(few, this.classes, inside.ids)
    return undefined
  }

  /** An inert solution to be looked into. A value becomes a membrane that nobody has, and is remembered as that. */
  open(solution: Solution): Membrane {
    if (solution instanceof Membrane) {
      this.awake(solution)
      return solution
    }
    const known = this.#thawed.get(solution)
    if (known !== undefined) return known
    const value = valueOf(solution)
    this.#noteInside(value)
    const membrane = new Membrane(this.#world)
    membrane.putBack(value)
    this.#thawed.set(solution, membrane)
    this.#sources.set(membrane, solution)
    return membrane
  }

  awake(membrane: Membrane): void {
    if (membrane.sleep === 'no') return
    if (membrane.sleep === 'inert') this.#noteInside(membrane)
    membrane.awake()
  }

  /** What is inside an inert solution is inert. */
  #noteInside(solution: Solution): void {
    for (const molecule of solution.molecules()) this.noteInert(molecule)
  }

  /** The solutions in a molecule are known to be inert. */
  noteInert(molecule: Molecule): void {
    for (const inner of solutionsIn(molecule))
      if (inner instanceof SolutionValue) this.asInert(inner)
  }

  /** A membrane out of a draft: it goes on with the stores of a rest that nobody else has. */
  #realise(product: Product): Membrane {
    const moved = product.rests.find(
      ({ residual, times }) => times === 1 && isFree(residual),
    )?.residual
    const membrane = moved?.membrane ?? new Membrane(this.#world)
    if (moved !== undefined) {
      this.#forget(membrane)
      for (const { store, slot, copies } of moved.taken) membrane.take(store, slot, copies)
    }
    for (const { residual, times } of product.rests)
      if (residual !== moved) this.splice(residual, times, membrane)
    const { molecules, copies } = product
    for (let i = 0; i < molecules.length; i++) {
      const molecule = molecules[i]
      const n = copies[i]
      if (molecule !== undefined && n !== undefined) membrane.add(molecule, n)
    }
    return membrane
  }

  #forget(membrane: Membrane): void {
    const source = this.#sources.get(membrane)
    if (source !== undefined) this.#thawed.delete(source)
  }

  /** Adds what a rest stands for; what nobody else has is moved. */
  splice(residual: Residual, times: Int, into: Membrane): void {
    const { membrane } = residual
    if (membrane !== undefined && times === 1 && isFree(residual)) {
      this.#forget(membrane)
      drain(membrane, residual, into)
      return
    }
    for (const [molecule, copies] of residual.entries())
      into.add(molecule, times === 1 ? copies : multiplyInt(copies, times))
  }
}

/** Whether nothing in a value can react, as is plain or as somebody has found out. */
export function isKnownInert(value: Molecule, finder: object): boolean {
  return value instanceof SolutionValue && (value.isPassive || value.inertFor === finder)
}

function valueOf(solution: Solution): SolutionValue {
  return solution instanceof SolutionValue
    ? solution
    : SolutionValue.of(solution.contents().entries())
}

/** The value of a product with rules in which nothing else changes; else undefined. */
function activeValue({ molecules, copies, rests }: Product): SolutionValue | undefined {
  const isPlain =
    rests.length === 0 &&
    molecules.some(isRule) &&
    !molecules.some(holdsSolution) &&
    !copies.some(isInfinite)
  if (!isPlain) return undefined
  const value = SolutionValue.listing([...molecules], [...copies], Infinity)
  return value.isPassive ? undefined : value
}

/** Nobody has its membrane, and the product uses it once. */
function isFree({ membrane, uses }: Residual): boolean {
  return uses === 1 && membrane !== undefined && membrane.parent === undefined
}

/** Moves all molecules that are left over to another membrane. */
function drain(from: Membrane, residual: Residual, into: Membrane): void {
  for (const { store, slot, copies } of residual.taken) {
    const left = lessen(store.copiesOf(slot), copies)
    if (left === 0) store.remove(slot)
    else store.setCopies(slot, left)
  }
  for (const store of from.stores) {
    if (store === undefined) continue
    for (let slot = 0; slot < store.end; slot++) {
      if (((store.state[slot] ?? 0) & ALIVE) === 0) continue
      const molecule = store.molecule(slot)
      if (store.holdsMembranes) release(store, slot)
      const copies = store.copiesOf(slot)
      into.world.counted(-1)
      into.add(molecule, copies)
    }
  }
}
