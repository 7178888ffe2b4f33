import { inside, isSolution, isSymbol } from './molecule.ts'
import type { Entry, HostValue, Molecule, Rule, Solution } from './molecule.ts'

/*
 * The one total order in which the molecules of a solution are printed: numbers, strings, booleans,
 * symbols, tuples, lists, solutions, host values, rules, pending molecules. No recursion: solutions are
 * sorted innermost first, then compared by an explicit stack.
 */

function rank(molecule: Molecule): number {
  switch (typeof molecule) {
    case 'number':
    case 'bigint':
      return 0
    case 'string':
      return 1
    case 'boolean':
      return 2
    case 'object':
      switch (molecule.kind) {
        case 'float':
          return 0
        case 'symbol':
          return 3
        case 'tuple':
          return 4
        case 'list':
          return 5
        case 'solution':
          return 6
        case 'host':
          return 7
        case 'rule':
          return 8
        case 'pending':
          return 9
      }
  }
}

/** Negative, zero or positive; zero only for equal molecules. */
export function compare(a: Molecule, b: Molecule): number {
  if (a === b) return 0
  sortInside(a)
  sortInside(b)
  return compareSorted(a, b)
}

/** `compare` for molecules whose solutions inside are sorted already. */
function compareSorted(a: Molecule, b: Molecule): number {
  if (a === b) return 0
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : 1
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (typeof a === 'object' && typeof b === 'object' && a.kind === 'tuple' && b.kind === 'tuple') {
    const order = compareAtoms(a.fields, b.fields)
    if (order !== undefined) return order
  }
  const stack: Molecule[] = []
  const order = compareShallow(a, b, stack)
  return order !== 0 || stack.length === 0 ? order : compareWaiting(stack)
}

function compareWaiting(stack: Molecule[]): number {
  while (stack.length > 0) {
    const left = stack.pop()
    const right = stack.pop()
    if (left === undefined || right === undefined) break
    if (left === right) continue
    const order = compareShallow(left, right, stack)
    if (order !== 0) return order
  }
  return 0
}

/** The order of flat tuples, without a stack; undefined where a compound decides. */
function compareAtoms(a: readonly Molecule[], b: readonly Molecule[]): number | undefined {
  if (a.length !== b.length) return a.length - b.length
  for (let i = 0; i < a.length; i++) {
    const left = a[i]
    const right = b[i]
    if (left === right) continue
    if (left === undefined || right === undefined) return undefined
    if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : 1
    if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : 1
    if (!isSymbol(left) || !isSymbol(right)) return undefined
    return compareText(left.name, right.name)
  }
  return 0
}

function byNumber(a: Entry, b: Entry): number {
  // Only numbers are compared so; ∞ − ∞ is no number, and counts as no difference.
  return Number(a[0]) - Number(b[0])
}

/** Entries in canonical order; equal molecules, if listed more than once, side by side. */
export function sortEntries(entries: Iterable<Entry>): Entry[] {
  // Numbers come first and are often all there is: they sort by themselves, which is quicker.
  const numbers: Entry[] = []
  const others: Entry[] = []
  for (const entry of entries) (typeof entry[0] === 'number' ? numbers : others).push(entry)
  const hasOnlyInts = others.every(([molecule]) => rank(molecule) > 0)
  for (const [molecule] of others) sortInside(molecule)
  if (hasOnlyInts)
    return [...numbers.sort(byNumber), ...others.sort((a, b) => compareSorted(a[0], b[0]))]
  return [...numbers, ...others].sort((a, b) => compareSorted(a[0], b[0]))
}

/** Compares what can be told without looking inside, and leaves the insides on the stack, first field on top. */
function compareShallow(a: Molecule, b: Molecule, stack: Molecule[]): number {
  const order = rank(a) - rank(b)
  if (order !== 0) return order
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : 1
  if (typeof a === 'boolean') return a ? 1 : -1
  if (typeof a !== 'object' || typeof b !== 'object') return compareNumbers(a, b)
  switch (a.kind) {
    case 'float':
      return compareNumbers(a, b)
    case 'symbol':
      return b.kind === 'symbol' ? compareText(a.name, b.name) : 0
    case 'tuple':
      return b.kind === 'tuple' ? pushFields(a.fields, b.fields, stack) : 0
    case 'list':
      return b.kind === 'list' ? pushFields(a.items, b.items, stack) : 0
    case 'solution':
      return b.kind === 'solution' ? pushEntries(a, b, stack) : 0
    case 'host':
      return b.kind === 'host' ? compareHostValues(a, b, stack) : 0
    case 'rule':
      return b.kind === 'rule' ? compareRules(a, b, stack) : 0
    case 'pending':
      return b.kind === 'pending' ? a.id - b.id : 0
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** By value, exactly; an Int before an equal Float. */
function compareNumbers(a: Molecule, b: Molecule): number {
  const left = numberOf(a)
  const right = numberOf(b)
  if (left < right) return -1
  if (left > right) return 1
  return (typeof a === 'object' ? 1 : 0) - (typeof b === 'object' ? 1 : 0)
}

function numberOf(molecule: Molecule): number | bigint {
  if (typeof molecule === 'number' || typeof molecule === 'bigint') return molecule
  return typeof molecule === 'object' && molecule.kind === 'float' ? molecule.value : 0
}

/** Decides by the first field that differs; from the first two that nest, all wait on the stack. */
function pushFields(a: readonly Molecule[], b: readonly Molecule[], stack: Molecule[]): number {
  if (a.length !== b.length) return a.length - b.length
  for (let i = 0; i < a.length; i++) {
    const left = a[i]
    const right = b[i]
    if (left === undefined || right === undefined || left === right) continue
    if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : 1
    if (nests(left) && nests(right)) {
      for (let j = a.length - 1; j >= i; j--) pushPair(a[j], b[j], stack)
      return 0
    }
    const order = compareShallow(left, right, stack)
    if (order !== 0) return order
  }
  return 0
}

function nests(molecule: Molecule): boolean {
  return typeof molecule === 'object' && molecule.kind !== 'float' && molecule.kind !== 'symbol'
}

function pushPair(a: Molecule | undefined, b: Molecule | undefined, stack: Molecule[]): void {
  if (a !== undefined && b !== undefined) stack.push(b, a)
}

function pushEntries(a: Solution, b: Solution, stack: Molecule[]): number {
  const left = a.contents().sorted()
  const right = b.contents().sorted()
  if (left.length !== right.length) return left.length - right.length
  for (let i = left.length - 1; i >= 0; i--) {
    pushPair(left[i]?.[1], right[i]?.[1], stack)
    pushPair(left[i]?.[0], right[i]?.[0], stack)
  }
  return 0
}

/**
 * By class, then by constructor arguments. Different values that print alike are told apart by their hash,
 * and at last by which came here first: equal ones have to stand side by side.
 */
function compareHostValues(a: HostValue, b: HostValue, stack: Molecule[]): number {
  const order = compareText(a.className, b.className)
  if (order !== 0) return order
  if (a.equals(b)) return 0
  const hash = a.hashCode() - b.hashCode()
  if (hash === 0) pushPair(arrival(a.value), arrival(b.value), stack)
  else pushPair(hash, 0, stack)
  return pushFields(a.toHocl() ?? [], b.toHocl() ?? [], stack)
}

const arrivals = new WeakMap<object, number>()
let lastArrival = 0

function arrival(value: object): number {
  let number = arrivals.get(value)
  if (number === undefined) {
    number = ++lastArrival
    arrivals.set(value, number)
  }
  return number
}

/** Named rules by name, then anonymous ones by their closed form. */
function compareRules(a: Rule, b: Rule, stack: Molecule[]): number {
  const left = a.shape
  const right = b.shape
  if (left.name !== right.name) {
    if (left.name === undefined) return 1
    if (right.name === undefined) return -1
    return compareText(left.name, right.name)
  }
  const form = compareText(a.skeleton().text, b.skeleton().text)
  return form === 0 ? pushFields(a.values(), b.values(), stack) : form
}

/** Sorts every solution inside a molecule, innermost first, so that `sorted` never has to recurse. */
function sortInside(root: Molecule): void {
  if (!nests(root)) return
  if (typeof root === 'object' && root.kind === 'tuple' && !root.fields.some(nests)) return
  const waiting: Molecule[] = [root]
  const solutions: Solution[] = []
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    if (isSolution(top)) {
      if (sortedAlready.has(top.contents())) continue
      solutions.push(top)
    }
    for (const inner of inside(top) ?? []) if (typeof inner === 'object') waiting.push(inner)
  }
  // A solution stands before all that is inside it, so from the end every inner one is sorted first.
  for (let top = solutions.pop(); top !== undefined; top = solutions.pop()) {
    const contents = top.contents()
    if (sortedAlready.has(contents)) continue
    contents.sorted()
    sortedAlready.add(contents)
  }
}

/** Contents whose order is known, so that `sorted` on them and all inside returns at once. */
const sortedAlready = new WeakSet()
