import {
  PlacedFailure,
  isInfinite,
  isInt,
  isRule,
  multiplyInt,
  placed,
  ruleOf,
  shapeOf,
} from '../../interpreter/index.ts'
import type {
  Element,
  Expression,
  Int,
  Molecule,
  Molecules,
  Place,
} from '../../interpreter/index.ts'
import { Product, Residual } from '../residual.ts'
import type { Run } from './run.ts'

type Code = (run: Run) => Molecule
type Compile = (expression: Expression) => Code
type ElementCode = (run: Run, product: Product) => void

/** Compiles molecules to code that works them out, nothing taken and nothing added yet. */
export function productCode(
  molecules: Molecules,
  compile: Compile,
  restOf: (run: Run, name: RestName) => Molecule = restValue,
): (run: Run) => Product {
  const write = moleculesCode(molecules, compile, restOf)
  return (run) => {
    const product = new Product()
    write(run, product)
    return product
  }
}

/** Where the value of a rest stands. */
export type RestName = Extract<Element, { kind: 'rest' }>['rest']

function restValue(run: Run, rest: RestName): Molecule {
  const value = rest.kind === 'slot' ? run.slots[rest.slot] : run.captured[rest.index]
  if (value === undefined) throw new Error('a rest is read before it is bound')
  return value
}

function moleculesCode(
  molecules: Molecules,
  compile: Compile,
  restOf: (run: Run, name: RestName) => Molecule,
): ElementCode {
  const bindings = molecules.bindings.map(({ slot, value }) => ({ slot, value: compile(value) }))
  const elements = molecules.elements.map((element) => elementCode(element, compile, restOf))
  return (run, product) => {
    for (const { slot, value } of bindings) run.slots[slot] = value(run)
    for (const element of elements) element(run, product)
  }
}

function elementCode(
  element: Element,
  compile: Compile,
  restOf: (run: Run, name: RestName) => Molecule,
): ElementCode {
  const { place } = element
  switch (element.kind) {
    case 'molecule': {
      const code = compile(element.expression)
      if (element.multiplicity === undefined)
        return (run, product) => {
          product.add(code(run), 1)
        }
      const times = timesCode(element.multiplicity, compile, place)
      return (run, product) => {
        addTimes(product, code(run), 1, times(run))
      }
    }
    case 'rest': {
      const { rest } = element
      const times =
        element.multiplicity === undefined ? one : timesCode(element.multiplicity, compile, place)
      return (run, product) => {
        splice(product, restOf(run, rest), times(run), place)
      }
    }
    case 'spread': {
      const code = compile(element.expression)
      return (run, product) => {
        const value = code(run)
        if (typeof value !== 'object' || (value.kind !== 'solution' && value.kind !== 'list'))
          throw new PlacedFailure('`...` adds the molecules of a list or solution', place)
        splice(product, value, 1, place)
      }
    }
    case 'group': {
      const inner = moleculesCode(element.molecules, compile, restOf)
      const times =
        element.multiplicity === undefined ? one : timesCode(element.multiplicity, compile, place)
      return (run, product) => {
        const group = new Product()
        inner(run, group)
        addGroup(product, group, times(run), place)
      }
    }
  }
}

const one = (): Int => 1

function timesCode(multiplicity: Expression, compile: Compile, place: Place): (run: Run) => Int {
  const code = compile(multiplicity)
  return (run) => {
    const n = code(run)
    if (!isInt(n)) throw new PlacedFailure('a multiplicity is a whole number', place)
    return n
  }
}

/** A rest is moved as it is; a list or a solution value gives its molecules. */
function splice(product: Product, value: Molecule, times: Int, place: Place): void {
  if (times === 0) return
  if (value instanceof Residual) {
    value.uses++
    product.rests.push({ residual: value, times })
  } else if (typeof value === 'object' && value.kind === 'list') {
    for (const item of value.items) addTimes(product, item, 1, times)
  } else if (typeof value === 'object' && value.kind === 'solution') {
    for (const [molecule, copies] of value.contents().sorted())
      placed(place, () => {
        addTimes(product, molecule, copies, times)
      })
  } else {
    addTimes(product, value, 1, times)
  }
}

function addGroup(product: Product, group: Product, times: Int, place: Place): void {
  if (times === 0) return
  placed(place, () => {
    for (let i = 0; i < group.molecules.length; i++) {
      const molecule = group.molecules[i]
      const copies = group.copies[i]
      if (molecule !== undefined && copies !== undefined) addTimes(product, molecule, copies, times)
    }
    for (const rest of group.rests)
      product.rests.push({ residual: rest.residual, times: multiplyInt(rest.times, times) })
  })
}

/** `m^n`. `(one P by M)^∞` is the n-shot rule. */
function addTimes(product: Product, molecule: Molecule, copies: Int, times: Int): void {
  if (times === 0) return
  const all = times === 1 ? copies : multiplyInt(copies, times)
  if (isInfinite(all) && all > 0 && isRule(molecule) && molecule.shape.shots === 'one')
    product.add(ruleOf(shapeOf(molecule).repeated(), molecule.captured), 1)
  else product.add(molecule, all)
}
