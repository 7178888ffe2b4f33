import { floatText } from '../atom-text.ts'
import { DataError } from '../errors.ts'
import { isInfinite } from '../integer.ts'
import type { Int } from '../integer.ts'
import { NULL } from '../molecule.ts'
import type { Entry, Molecule, Solution } from '../molecule.ts'
import { printBriefly } from '../print.ts'
import { LARGEST_COUNT } from '../size-limits.ts'

interface Frame {
  /** Molecules of an array, or names and molecules of an object. */
  readonly molecules: readonly Molecule[]
  readonly names: readonly string[] | undefined
  index: number
}

/**
 * A molecule as the JSON that others expect: the reverse of reading JSON. A tuple is an array too, a symbol
 * a string of its name, a solution that is not made of `"key":value` tuples an array; rules in solutions
 * are left out. What JSON cannot hold is a `DataError`. No recursion.
 */
export function plainJson(molecule: Molecule): string {
  const stack: Frame[] = []
  let text = open(molecule, stack)
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const index = top.index++
    const next = top.molecules[index]
    if (next === undefined) {
      stack.pop()
      text += top.names === undefined ? ']' : '}'
      continue
    }
    if (index > 0) text += ','
    const name = top.names?.[index]
    if (name !== undefined) text += `${JSON.stringify(name)}:`
    text += open(next, stack)
  }
  return text
}

/** The copies of each molecule that data can hold; rules and pending molecules are left out. */
export function* dataOf(solution: Solution): Generator<Molecule> {
  for (const entry of dataEntries(solution)) {
    const copies = copiesOf(entry)
    for (let i = 0; i < copies; i++) yield entry[0]
  }
}

/** The entries of a solution without rules and pending molecules, in canonical order. */
export function dataEntries(solution: Solution): readonly Entry[] {
  return solution
    .contents()
    .sorted()
    .filter(([molecule]) => isData(molecule))
}

function isData(molecule: Molecule): boolean {
  return typeof molecule !== 'object' || (molecule.kind !== 'rule' && molecule.kind !== 'pending')
}

function copiesOf([molecule, multiplicity]: Entry): number {
  if (multiplicity > 0 && multiplicity <= LARGEST_COUNT) return Number(multiplicity)
  throw new DataError('HOCL633', `${printBriefly(molecule)} is there ${timesText(multiplicity)}`, {
    hint: 'choose the format hocl, which writes multiplicities',
  })
}

function timesText(multiplicity: Int): string {
  if (isInfinite(multiplicity))
    return multiplicity > 0 ? 'without end' : 'as anti-molecules without end'
  return multiplicity < 0 ? 'as an anti-molecule' : `${String(multiplicity)} times`
}

/** An atom's text, or the opening bracket of a compound, which then waits on the stack. */
function open(molecule: Molecule, stack: Frame[]): string {
  switch (typeof molecule) {
    case 'number':
    case 'bigint':
      if (isInfinite(molecule)) throw cannotHold(molecule)
      return String(molecule)
    case 'string':
      return JSON.stringify(molecule)
    case 'boolean':
      return String(molecule)
    case 'object':
      break
  }
  switch (molecule.kind) {
    case 'float':
      return floatText(molecule.value)
    case 'symbol':
      return molecule === NULL ? 'null' : JSON.stringify(molecule.name)
    case 'tuple':
      return openArray(molecule.fields, stack)
    case 'list':
      return openArray(molecule.items, stack)
    case 'solution':
      return openSolution(molecule, stack)
    case 'rule':
    case 'host':
    case 'pending':
      throw cannotHold(molecule)
  }
}

function openArray(molecules: readonly Molecule[], stack: Frame[]): string {
  stack.push({ molecules, names: undefined, index: 0 })
  return '['
}

function openSolution(solution: Solution, stack: Frame[]): string {
  const names: string[] = []
  const values: Molecule[] = []
  for (const [molecule, multiplicity] of dataEntries(solution)) {
    const fields = typeof molecule === 'object' && molecule.kind === 'tuple' ? molecule.fields : []
    const [name, value] = fields
    if (
      fields.length !== 2 ||
      typeof name !== 'string' ||
      value === undefined ||
      multiplicity !== 1
    )
      return openArray([...dataOf(solution)], stack)
    names.push(name)
    values.push(value)
  }
  if (new Set(names).size < names.length) return openArray([...dataOf(solution)], stack)
  stack.push({ molecules: values, names, index: 0 })
  return '{'
}

function cannotHold(molecule: Molecule): DataError {
  return new DataError('HOCL633', `JSON cannot hold ${printBriefly(molecule)}`, {
    hint: 'choose the format hocl',
  })
}
