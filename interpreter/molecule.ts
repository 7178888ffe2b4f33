import { hashBigInt, hashNumber, hashText, mix, nonZero } from './hash.ts'
import type { Int } from './integer.ts'
import { LARGEST_EXTENT, tooLarge } from './size-limits.ts'

/**
 * Anything that floats in a solution. An Int is a JavaScript number or BigInt in the canonical form of
 * `integer.ts`; a string and a boolean are themselves; all else is an object with a `kind`. Two
 * molecules are the same molecule when `equal` says so; `===` decides it for atoms only.
 */
export type Molecule =
  Int | string | boolean | Float | Symbol | Tuple | List | Solution | Rule | HostValue | Pending

/** A molecule that has molecules inside that nest. */
export type Compound = Tuple | List | Solution

/** A finite IEEE double. Apart from Int: `1` and `1.0` are different molecules. Never negative zero. */
export class Float {
  readonly kind = 'float'
  readonly value: number

  constructor(value: number) {
    this.value = value + 0
  }

  equals(other: unknown): boolean {
    return other instanceof Float && other.value === this.value
  }

  hashCode(): number {
    return mix(0x1f3d5b79, hashNumber(this.value))
  }
}

/** A data name, `SRC`. One object for each name: compare with `===`. Made by `symbol`. */
export interface Symbol {
  readonly kind: 'symbol'
  readonly name: string
  hashCode(): number
  equals(other: unknown): boolean
}

class InternedSymbol implements Symbol {
  readonly kind = 'symbol'
  readonly name: string
  readonly #hash: number

  constructor(name: string) {
    this.name = name
    this.#hash = mix(0x3c6ef372, hashText(name))
  }

  equals(other: unknown): boolean {
    return this === other
  }

  hashCode(): number {
    return this.#hash
  }
}

const symbols = new Map<string, Symbol>()

/** The symbol of that name. */
export function symbol(name: string): Symbol {
  let found = symbols.get(name)
  if (found === undefined) {
    found = new InternedSymbol(name)
    symbols.set(name, found)
  }
  return found
}

/** What `null` means. */
export const NULL = symbol('NULL')

/**
 * `a:b:c`, two fields or more. A tuple in a tuple stays one: tuples never flatten. One that would hold
 * more than `most` molecules fails.
 */
export class Tuple {
  readonly kind = 'tuple'
  readonly fields: readonly Molecule[]
  /** Whether a solution stands in it, through any tuples and lists: only then can it be active. */
  readonly holdsSolution: boolean
  /** See `extentOf`. */
  readonly extent: number
  /** Cached by `hashOf`; 0 until then. */
  hash = 0

  constructor(fields: readonly Molecule[], most = LARGEST_EXTENT) {
    // What `extentOfAll` and `someHoldsSolution` do, in one loop: more tuples are made than all else.
    let extent = fields.length
    let hasSolution = false
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i]
      if (typeof field !== 'object' || field.kind === 'symbol') continue
      extent += extentOf(field)
      hasSolution ||= holdsSolution(field)
    }
    if (extent > most) throw tooLarge('tuple')
    this.fields = fields
    this.holdsSolution = hasSolution
    this.extent = extent
  }

  equals(other: unknown): boolean {
    return isMolecule(other) && equal(this, other)
  }

  hashCode(): number {
    return hashOf(this)
  }
}

/** `[a, b]`, in order. One that would hold more than `most` molecules fails. */
export class List {
  readonly kind = 'list'
  readonly items: readonly Molecule[]
  /** Whether a solution stands in it, through any tuples and lists: only then can it be active. */
  readonly holdsSolution: boolean
  /** See `extentOf`. */
  readonly extent: number
  /** Cached by `hashOf`; 0 until then. */
  hash = 0

  constructor(items: readonly Molecule[], most = LARGEST_EXTENT) {
    this.items = items
    this.holdsSolution = someHoldsSolution(items)
    this.extent = extentOfAll(items)
    if (this.extent > most) throw tooLarge('list')
  }

  equals(other: unknown): boolean {
    return isMolecule(other) && equal(this, other)
  }

  hashCode(): number {
    return hashOf(this)
  }
}

/**
 * A multiset of molecules as a molecule. The reference keeps an immutable `SolutionValue`; a machine may
 * put an object of its own here, which must not change while anybody could compare or hash it.
 */
export interface Solution {
  readonly kind: 'solution'
  /** Cached by `hashOf`; 0 until then. */
  hash: number
  /** See `extentOf`. Not there where the solution can still change: such a one stands in one place only. */
  readonly extent?: number
  /** The distinct molecules, in no order, without building `contents`: for walks that must not recurse. */
  molecules(): Iterable<Molecule>
  /** As a value. Cheap the second time. */
  contents(): Contents
  equals(other: unknown): boolean
  hashCode(): number
}

/** A molecule and how many copies of it there are: never 0, negative for anti-molecules, ±∞ for supplies. */
export type Entry = readonly [molecule: Molecule, multiplicity: Int]

/** What a solution holds, as an immutable value; `multiset.ts` makes them. */
export interface Contents {
  /** How many different molecules. */
  readonly distinct: number
  /** 0 for a molecule that is not there. */
  multiplicityOf(molecule: Molecule): Int
  /** As they came, the same order each time; a molecule possibly more than once. */
  visit(take: (molecule: Molecule, copies: Int) => void): void
  /** The same one after the other. */
  listed(): Iterable<Entry>
  entries(): Iterable<Entry>
  /** In the canonical order of `order.ts`. Cheap the second time. */
  sorted(): readonly Entry[]
}

/**
 * A rule that floats in a solution: a shape, made once by the compiler, with the values that this
 * instance captured from the rule or definition that made it.
 */
export interface Rule {
  readonly kind: 'rule'
  readonly shape: Shape
  /** By the index that the shape's expressions use. */
  readonly captured: readonly Molecule[]
  /** See `extentOf`. */
  readonly extent: number
  hash: number
  /** The closed form with every literal and captured value taken out: one object for each distinct form. */
  skeleton(): Skeleton
  /** Literals and captured values in the order of the closed form: with the skeleton they are the rule's identity. */
  values(): readonly Molecule[]
  equals(other: unknown): boolean
  hashCode(): number
}

/** What molecules need to know of a rule's shape; the whole of it is `RuleShape` in `rule.ts`. */
export interface Shape {
  /** Where the name alone, even without captured values, would not read back as the rule. */
  readonly printsInFull?: boolean
  /** Whether the name stands for the rule inside it. */
  readonly isRecursive?: boolean
  readonly name: string | undefined
  readonly shots: 'one' | 'many'
  /** The rule as source without its name and parentheses, `replace x by x + 10`, captured values put in. */
  text(captured: readonly Molecule[], print: (molecule: Molecule) => string): string
}

export interface Skeleton {
  readonly text: string
  readonly hash: number
}

/** A value of a host class. It does not change while it is in a solution. */
export interface HostValue {
  readonly kind: 'host'
  /** The name that the class was registered under. */
  readonly className: string
  readonly value: object
  /** The constructor arguments that print it, send it and restore it; undefined where its class has no `toHocl`. */
  toHocl(): readonly Molecule[] | undefined
  equals(other: unknown): boolean
  hashCode(): number
}

/**
 * A product element that waits for asynchronous answers. Nothing can take, count or see it, and it keeps
 * its solution and all around it active.
 */
export interface Pending {
  readonly kind: 'pending'
  /** Tells those of one run apart: from 1 for those that it made, below 0 for those that it was given. */
  readonly id: number
  /** The element as it is written, for printing. */
  readonly text: string
  /** What the idempotency keys of its calls begin with. */
  readonly key: string
  /** What the reaction took: a call that is rejected gives it back. */
  readonly reactants: readonly Entry[]
  /** The element with the values of its variables put in, so that it can be read elsewhere. */
  closedText(print: (molecule: Molecule) => string): string
  equals(other: unknown): boolean
  hashCode(): number
}

/** Whether a molecule is a solution or a tuple or list with one in it. */
export function holdsSolution(molecule: Molecule): boolean {
  if (typeof molecule !== 'object') return false
  if (molecule.kind === 'tuple' || molecule.kind === 'list') return molecule.holdsSolution
  return molecule.kind === 'solution'
}

/**
 * How many molecules stand in a molecule, at all depths, as it is written out: one that stands in two
 * places counts twice, though it is there once. No walk over a molecule can take longer than that, so
 * it is bounded where molecules are made; without a bound `x:x` doubles it with every reaction.
 */
export function extentOf(molecule: Molecule): number {
  if (typeof molecule !== 'object') return 0
  switch (molecule.kind) {
    case 'tuple':
    case 'list':
    case 'rule':
      return molecule.extent
    case 'solution':
      return molecule.extent ?? 0
    case 'float':
    case 'symbol':
    case 'host':
    case 'pending':
      return 0
  }
}

/** The extent of what holds these molecules. */
export function extentOfAll(molecules: readonly Molecule[]): number {
  let extent = molecules.length
  for (const molecule of molecules) if (typeof molecule === 'object') extent += extentOf(molecule)
  return extent
}

function someHoldsSolution(molecules: readonly Molecule[]): boolean {
  for (const molecule of molecules) if (holdsSolution(molecule)) return true
  return false
}

/** Whether a molecule is a symbol. */
export function isSymbol(molecule: Molecule): molecule is Symbol {
  return typeof molecule === 'object' && molecule.kind === 'symbol'
}

/** Whether a molecule is an Int: a number or BigInt, ±∞ included. */
export function isInt(molecule: Molecule): molecule is Int {
  return typeof molecule === 'number' || typeof molecule === 'bigint'
}

/** Whether a molecule is a solution, of whatever making. */
export function isSolution(molecule: Molecule): molecule is Solution {
  return typeof molecule === 'object' && molecule.kind === 'solution'
}

/** Whether a molecule is a rule. */
export function isRule(molecule: Molecule): molecule is Rule {
  return typeof molecule === 'object' && molecule.kind === 'rule'
}

/** True for what a compound can hold; used where `unknown` comes in from `equals`. */
function isMolecule(value: unknown): value is Molecule {
  switch (typeof value) {
    case 'number':
    case 'bigint':
    case 'string':
    case 'boolean':
      return true
    case 'object':
      return value !== null && 'kind' in value
    default:
      return false
  }
}

/** The molecules directly inside, or undefined for one that has none. */
export function inside(molecule: Molecule): Iterable<Molecule> | undefined {
  if (typeof molecule !== 'object') return undefined
  switch (molecule.kind) {
    case 'tuple':
      return molecule.fields
    case 'list':
      return molecule.items
    case 'solution':
      return molecule.molecules()
    case 'rule':
      return molecule.values()
    case 'float':
    case 'symbol':
    case 'host':
    case 'pending':
      return undefined
  }
}

/** The hash of a molecule, the same for equal molecules. Molecules nest deeply: no recursion. */
export function hashOf(molecule: Molecule): number {
  switch (typeof molecule) {
    case 'number':
      return hashNumber(molecule)
    case 'bigint':
      return hashBigInt(molecule)
    case 'string':
      return hashText(molecule)
    case 'boolean':
      return molecule ? 0x6a09e667 : 0x3b1c7a2f
    case 'object':
      switch (molecule.kind) {
        case 'tuple':
        case 'list':
        case 'solution':
        case 'rule':
          if (molecule.hash === 0) hashInside(molecule)
          return molecule.hash
        case 'float':
        case 'symbol':
        case 'host':
        case 'pending':
          return molecule.hashCode()
      }
  }
}

/** Fills the hash of a compound after those of all compounds inside it, innermost first. */
function hashInside(root: Compound | Rule): void {
  const stack: (Compound | Rule)[] = [root]
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const before = stack.length
    if (top.hash === 0) {
      for (const inner of inside(top) ?? []) {
        if (isHashed(inner)) continue
        stack.push(inner)
      }
      if (stack.length > before) continue
      top.hash = nonZero(hashShallow(top))
    }
    stack.pop()
  }
}

type Unhashed = Compound | Rule

function isHashed(molecule: Molecule): molecule is Exclude<Molecule, Unhashed> {
  if (typeof molecule !== 'object') return true
  return 'hash' in molecule ? molecule.hash !== 0 : true
}

function hashShallow(compound: Compound | Rule): number {
  let h = 0
  switch (compound.kind) {
    case 'tuple':
      h = 0x27d4eb2f
      for (const field of compound.fields) h = mix(h, hashOf(field))
      return h
    case 'list':
      h = 0x165667b1
      for (const item of compound.items) h = mix(h, hashOf(item))
      return h
    case 'solution':
      // A sum: the order in which molecules are met does not matter.
      for (const [molecule, multiplicity] of compound.contents().entries())
        h = (h + mix(mix(0x7f4a7c15, hashOf(molecule)), hashOf(multiplicity))) | 0
      return h
    case 'rule':
      h = compound.skeleton().hash
      for (const value of compound.values()) h = mix(h, hashOf(value))
      return h
  }
}

/** Structural equality: 1 and 1.0 differ, solutions compare as multisets, rules by closed form. No recursion. */
export function equal(a: Molecule, b: Molecule): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object') return false
  const stack: Molecule[] = [a, b]
  while (stack.length > 0) {
    const right = stack.pop()
    const left = stack.pop()
    if (left === undefined || right === undefined) break
    if (left !== right && !equalShallow(left, right, stack)) return false
  }
  return true
}

/** Compares two molecules down to the ones inside, which it leaves on the stack in pairs. */
function equalShallow(a: Molecule, b: Molecule, stack: Molecule[]): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a.kind !== b.kind) return false
  switch (a.kind) {
    case 'tuple':
      return b.kind === 'tuple' && pushPairs(a.fields, b.fields, stack)
    case 'list':
      return b.kind === 'list' && pushPairs(a.items, b.items, stack)
    case 'solution':
      return (
        b.kind === 'solution' &&
        hashOf(a) === hashOf(b) &&
        pushEntries(a.contents(), b.contents(), stack)
      )
    case 'rule':
      return (
        b.kind === 'rule' &&
        a.skeleton() === b.skeleton() &&
        pushPairs(a.values(), b.values(), stack)
      )
    case 'float':
    case 'host':
      return a.equals(b)
    case 'symbol':
    case 'pending':
      return false
  }
}

function pushPairs(a: readonly Molecule[], b: readonly Molecule[], stack: Molecule[]): boolean {
  if (a.length !== b.length) return false
  for (let i = a.length - 1; i >= 0; i--) {
    const left = a[i]
    const right = b[i]
    if (left === undefined || right === undefined) return false
    if (left === right) continue
    if (typeof left !== 'object' || typeof right !== 'object') return false
    stack.push(left, right)
  }
  return true
}

/** Sorted contents of equal multisets agree place by place. */
function pushEntries(a: Contents, b: Contents, stack: Molecule[]): boolean {
  if (a.distinct !== b.distinct) return false
  const left = a.sorted()
  const right = b.sorted()
  for (let i = 0; i < left.length; i++) {
    const l = left[i]
    const r = right[i]
    if (l === undefined || r === undefined || l[1] !== r[1]) return false
    if (l[0] === r[0]) continue
    if (typeof l[0] !== 'object' || typeof r[0] !== 'object') return false
    stack.push(l[0], r[0])
  }
  return true
}
