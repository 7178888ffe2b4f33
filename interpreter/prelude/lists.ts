import { add, exactly, multiply } from '../arithmetic.ts'
import { intText } from '../atom-text.ts'
import { EvaluationFailure } from '../failures.ts'
import { addInt, isInfinite } from '../integer.ts'
import type { Int } from '../integer.ts'
import { equal, isInt, isSolution, List, Tuple } from '../molecule.ts'
import type { Entry, Molecule, Solution } from '../molecule.ts'
import { sortEntries } from '../order.ts'
import { printBriefly } from '../print.ts'
import { checkedItems } from '../size-limits.ts'
import { Arguments } from './define.ts'
import type { Definition } from './define.ts'
import { extreme } from './math.ts'

/*
 * Lists and solutions. A solution is always read in canonical order, so that results do not depend on how
 * a machine keeps it. No function sees a pending molecule.
 */

/** How many: items, fields, characters, or the sum of the multiplicities, signed. */
export function sizeOf(molecule: Molecule): Int {
  if (typeof molecule === 'string') return molecule.length
  if (typeof molecule === 'object') {
    if (molecule.kind === 'list') return molecule.items.length
    if (molecule.kind === 'tuple') return molecule.fields.length
    if (molecule.kind === 'solution')
      return exactly(
        () => 'size',
        () => total(molecule),
      )
  }
  throw new EvaluationFailure(
    `\`size\` takes a solution, list, tuple or string, not ${printBriefly(molecule)}`,
  )
}

function total(solution: Solution): Int {
  let sum: Int = 0
  for (const [molecule, multiplicity] of solution.contents().entries())
    if (!isPending(molecule)) sum = addInt(sum, multiplicity)
  return sum
}

function isPending(molecule: Molecule): boolean {
  return typeof molecule === 'object' && molecule.kind === 'pending'
}

/** The items of a list; the molecules of a solution in canonical order; fields; characters. */
export function itemsOf(molecule: Molecule): readonly Molecule[] {
  if (typeof molecule === 'string') return [...molecule]
  if (typeof molecule === 'object') {
    if (molecule.kind === 'list') return molecule.items
    if (molecule.kind === 'tuple') return molecule.fields
    if (molecule.kind === 'solution') return copies(molecule)
  }
  throw new EvaluationFailure(
    `\`list\` takes a solution, list, tuple or string, not ${printBriefly(molecule)}`,
  )
}

function copies(solution: Solution): Molecule[] {
  const entries = solution
    .contents()
    .sorted()
    .filter(([molecule]) => !isPending(molecule))
  let count: Int = 0
  for (const [molecule, multiplicity] of entries) {
    if (multiplicity < 0 || isInfinite(multiplicity))
      throw new EvaluationFailure(
        `\`list\` cannot list ${printBriefly(molecule)}^${intText(multiplicity)}: a list holds each copy`,
      )
    count = addInt(count, multiplicity)
  }
  checkedItems(count)
  const items: Molecule[] = []
  for (const [molecule, multiplicity] of entries)
    for (let i = 0; i < Number(multiplicity); i++) items.push(molecule)
  return items
}

/** `list[i]`, from 0: an item, a field, or a character of a string. */
export function indexInto(molecule: Molecule, index: Molecule): Molecule {
  const parts = indexed(molecule)
  if (!isInt(index))
    throw new EvaluationFailure(`an index is an integer, not ${printBriefly(index)}`)
  const found = typeof index === 'number' ? parts[index] : undefined
  if (found !== undefined) return found
  throw new EvaluationFailure(
    `index ${printBriefly(index)} is outside ${printBriefly(molecule)}, of size ${String(parts.length)}`,
  )
}

function indexed(molecule: Molecule): readonly Molecule[] | string {
  if (typeof molecule === 'string') return molecule
  if (typeof molecule === 'object') {
    if (molecule.kind === 'list') return molecule.items
    if (molecule.kind === 'tuple') return molecule.fields
  }
  throw new EvaluationFailure(
    `an index looks into a list, tuple or string, not into ${printBriefly(molecule)}`,
  )
}

/** `range(to)`, `range(from, to)`, `range(from, to, step)`: without `to`, as ranges are half-open. */
function range(args: Arguments): Molecule {
  const from = args.count === 1 ? 0 : args.small(0)
  const to = args.small(args.count === 1 ? 0 : 1)
  const step = args.count === 3 ? args.small(2) : 1
  if (step === 0) throw args.fail('the step is 0')
  const count = checkedItems(Math.max(0, Math.ceil((to - from) / step)))
  return new List(Array.from({ length: count }, (_, i) => from + i * step))
}

/** Canonical order: numbers by value, then strings, and so on. */
function sorted(args: Arguments): Molecule {
  const items = itemsOf(args.listOrSolution(0))
  return new List(sortEntries(items.map((item): Entry => [item, 1])).map(([item]) => item))
}

function reversed(args: Arguments): Molecule {
  const value = args.at(0)
  if (typeof value === 'string') return [...value].reverse().join('')
  return new List(args.list(0).items.toReversed())
}

function sum(args: Arguments): Molecule {
  const value = args.listOrSolution(0)
  let result: Molecule = 0
  if (!isSolution(value)) {
    for (const item of value.items) result = add(result, numberIn(args, item))
    return result
  }
  for (const [molecule, multiplicity] of value.contents().sorted())
    if (!isPending(molecule)) result = add(result, multiply(numberIn(args, molecule), multiplicity))
  return result
}

function numberIn(args: Arguments, molecule: Molecule): Molecule {
  return new Arguments(args.name, [molecule]).number(0)
}

/** Of two or more arguments, or of the items of one list or solution. */
function extremeOf(operator: '<' | '>'): (args: Arguments) => Molecule {
  return (args) => {
    const items = args.count === 1 ? present(args, args.listOrSolution(0)) : args.all()
    if (items.length === 0) throw args.fail('there is nothing to choose from')
    return items.reduce((best, item) => extreme(operator, best, item))
  }
}

/** Every different molecule once: how many copies there are does not change the largest. */
function present(args: Arguments, value: List | Solution): readonly Molecule[] {
  if (!isSolution(value)) return value.items
  const entries = value
    .contents()
    .sorted()
    .filter(([molecule]) => !isPending(molecule))
  if (entries.some(([, multiplicity]) => multiplicity < 0))
    throw args.fail('the solution holds anti-molecules')
  return entries.map(([molecule]) => molecule)
}

function contains(args: Arguments): Molecule {
  const within = args.at(0)
  if (typeof within === 'string') return within.includes(args.text(1))
  const value = args.listOrSolution(0)
  const sought = args.at(1)
  if (isSolution(value)) return value.contents().multiplicityOf(sought) > 0
  return value.items.some((item) => equal(item, sought))
}

/** Java's: where it starts, or −1; in a string from an index on, where one is given. */
function indexOf(args: Arguments): Molecule {
  const within = args.at(0)
  if (typeof within === 'string')
    return within.indexOf(args.text(1), args.count === 3 ? args.small(2) : 0)
  const sought = args.at(1)
  return args.list(0).items.findIndex((item) => equal(item, sought))
}

function concatenation(args: Arguments): Molecule {
  if (typeof args.at(0) === 'string') return add(args.text(0), args.text(1))
  const first = args.list(0).items
  const second = args.list(1).items
  checkedItems(first.length + second.length)
  return new List([...first, ...second])
}

function asTuple(args: Arguments): Molecule {
  const { items } = args.list(0)
  if (items.length < 2) throw args.fail('a tuple has two fields or more')
  return new Tuple(items)
}

/** Functions on lists and solutions, and those that work on strings alike. */
export const lists: readonly Definition[] = [
  ['size', 1, (args) => sizeOf(args.at(0))],
  ['length', 1, (args) => sizeOf(args.at(0))],
  ['isEmpty', 1, isEmpty],
  ['list', 1, (args) => listed(args.at(0))],
  ['tuple', 1, asTuple],
  ['range', [1, 3], range],
  ['sort', 1, sorted],
  ['reverse', 1, reversed],
  ['sum', 1, sum],
  ['min', [1, 100], extremeOf('<')],
  ['max', [1, 100], extremeOf('>')],
  ['get', 2, (args) => indexInto(args.at(0), args.at(1))],
  ['contains', 2, contains],
  ['indexOf', [2, 3], indexOf],
  ['concat', 2, concatenation],
]

/** Whether there is nothing inside: `<5, 5^-1>` is empty, `<5, 6^-1>` is not. */
function isEmpty(args: Arguments): Molecule {
  const value = args.at(0)
  if (typeof value === 'string') return value === ''
  const compound = args.listOrSolution(0)
  if (!isSolution(compound)) return compound.items.length === 0
  for (const molecule of compound.molecules()) if (!isPending(molecule)) return false
  return true
}

function listed(molecule: Molecule): List {
  if (typeof molecule === 'object' && molecule.kind === 'list') return molecule
  return new List(itemsOf(molecule))
}
