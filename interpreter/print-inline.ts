import { floatText, intText, stringText } from './atom-text.ts'
import type { Int } from './integer.ts'
import { inside } from './molecule.ts'
import { writtenCopies } from './multiset.ts'
import type { Entry, HostValue, Molecule, Pending, Rule, Shape } from './molecule.ts'

/** What a piece of printed text is, for colour. */
export type TextKind =
  | 'number'
  | 'string'
  | 'boolean'
  | 'symbol'
  | 'rule'
  | 'host'
  | 'pending'
  | 'multiplicity'
  | 'punctuation'

/** Dresses a piece of text in colour. It must not change the width, and the layout does not change with it. */
export type Colour = (kind: TextKind, text: string) => string

/** One line in the making, which gives up when it grows past its room. */
export class Line {
  text = ''
  width = 0
  readonly room: number
  readonly rules: RuleTexts
  /** For measuring: nothing is written after the first bracket where a longer text could break. */
  stopsAtBreak = false
  hasStopped = false
  readonly #colour: Colour | undefined

  constructor(room: number, rules: RuleTexts, colour?: Colour) {
    this.room = room
    this.rules = rules
    this.#colour = colour
  }

  get isFull(): boolean {
    return this.hasStopped || this.width > this.room
  }

  put(kind: TextKind, text: string): void {
    this.width += text.length
    this.text += this.#colour === undefined ? text : this.#colour(kind, text)
  }
}

/** `^4`, `^-1`, `^∞`, or nothing where the copies are written one by one. */
export function multiplicityText(multiplicity: Int): string {
  return multiplicity >= 1 && multiplicity <= 3 ? '' : `^${intText(multiplicity)}`
}

/** A compound that is being written: where in it we are. */
interface Frame {
  /** Fields, items, or the entries of a solution. */
  readonly items: readonly Molecule[] | undefined
  readonly entries: readonly Entry[]
  readonly separator: string
  readonly close: string
  /** Tuples inside stand in parentheses. */
  readonly holdsFields: boolean
  index: number
  /** Copies of the current entry still to be written. */
  copies: number
}

/**
 * Writes a molecule on the line; a tuple that is a field stands in parentheses. False when the line was
 * full before the end. No recursion: molecules nest deeply.
 */
export function writeInline(line: Line, root: Molecule, isField = false): boolean {
  const stack: Frame[] = []
  open(line, root, isField, stack)
  for (let top = stack.at(-1); top !== undefined && !line.isFull; top = stack.at(-1)) {
    const next = advance(line, top)
    if (next === undefined) {
      line.put('punctuation', top.close)
      stack.pop()
    } else {
      open(line, next, top.holdsFields, stack)
    }
  }
  return !line.isFull
}

/** Writes what stands between the last molecule and the next one, and gives the next. */
function advance(line: Line, frame: Frame): Molecule | undefined {
  if (frame.items !== undefined) {
    const item = frame.items[frame.index++]
    if (item !== undefined && frame.index > 1) line.put('punctuation', frame.separator)
    return item
  }
  const current = frame.entries[frame.index]
  if (current !== undefined && frame.copies > 0) {
    frame.copies--
    line.put('punctuation', frame.separator)
    return current[0]
  }
  if (current !== undefined) {
    const suffix = multiplicityText(current[1])
    if (suffix !== '') line.put('multiplicity', suffix)
  }
  const next = frame.entries[++frame.index]
  if (next === undefined) return undefined
  // A pending molecule is a comment, and a comma before a comment would want a molecule after it.
  if (frame.index > 0) line.put('punctuation', isPending(next[0]) ? ' ' : frame.separator)
  frame.copies = writtenCopies(next[1]) - 1
  return next[0]
}

function isPending(molecule: Molecule): molecule is Pending {
  return typeof molecule === 'object' && molecule.kind === 'pending'
}

/** Writes an atom, or the opening of a compound, which then waits on the stack. */
function open(line: Line, molecule: Molecule, isField: boolean, stack: Frame[]): void {
  if (typeof molecule !== 'object') {
    writeAtom(line, molecule)
    return
  }
  switch (molecule.kind) {
    case 'float':
      line.put('number', floatText(molecule.value))
      return
    case 'symbol':
      line.put('symbol', molecule.name)
      return
    case 'rule':
      line.put('rule', line.rules.of(molecule))
      return
    case 'pending':
      line.put('pending', pendingText(molecule))
      return
    case 'host':
      openHostValue(line, molecule, stack)
      return
    case 'tuple':
      if (isField) line.put('punctuation', '(')
      stack.push(
        sequence(molecule.fields, { separator: ':', close: isField ? ')' : '', holdsFields: true }),
      )
      return
    case 'list':
      line.put('punctuation', '[')
      if (molecule.items.length > 0) line.hasStopped = line.stopsAtBreak
      stack.push(sequence(molecule.items, { separator: ', ', close: ']', holdsFields: false }))
      return
    case 'solution':
      line.put('punctuation', '<')
      if (molecule.contents().distinct > 0) line.hasStopped = line.stopsAtBreak
      stack.push({
        items: undefined,
        entries: molecule.contents().sorted(),
        separator: ', ',
        close: '>',
        holdsFields: false,
        index: -1,
        copies: 0,
      })
  }
}

function sequence(
  items: readonly Molecule[],
  how: Pick<Frame, 'separator' | 'close' | 'holdsFields'>,
): Frame {
  return { items, entries: [], index: 0, copies: 0, ...how }
}

function writeAtom(line: Line, atom: number | bigint | string | boolean): void {
  switch (typeof atom) {
    case 'number':
    case 'bigint':
      line.put('number', intText(atom))
      return
    case 'string':
      line.put('string', stringText(atom))
      return
    case 'boolean':
      line.put('boolean', String(atom))
  }
}

function openHostValue(line: Line, value: HostValue, stack: Frame[]): void {
  const given = value.toHocl()
  line.put('host', `new ${value.className}`)
  // The `…` does not read back: without its arguments the value cannot be made again.
  line.put('punctuation', given === undefined ? '(…' : '(')
  stack.push(sequence(given ?? [], { separator: ', ', close: ')', holdsFields: false }))
}

/** A comment: nobody can take, count or write a pending molecule. */
export function pendingText(pending: Pending): string {
  return `/* pending: ${pending.text.replaceAll('*/', '* /')} */`
}

/** How rules are written that have names. */
export interface RuleNaming {
  /** Whether the name of a rule tells which one it is, where the text will be read. Without this, every name does. */
  readonly isKnown?: (rule: Rule) => boolean
  /** Told of each rule that is written as its name. */
  readonly named?: (rule: Rule) => void
}

/** The texts of rules, each worked out once for a printing; innermost captured rules first, so nothing recurses. */
export class RuleTexts {
  readonly #texts = new Map<Rule, string>()
  readonly #naming: RuleNaming
  /** Recursive rules that are being written: in their own text their names stand for them. */
  readonly #open = new Set<Shape>()
  /** Those whose names have been used since: a text with such a name in it means something only there. */
  #used = new Set<Shape>()

  constructor(naming: RuleNaming = {}) {
    this.#naming = naming
  }

  of(rule: Rule): string {
    const { name } = rule.shape
    if (name !== undefined && this.#isNamed(rule)) {
      this.#naming.named?.(rule)
      return name
    }
    const known = this.#texts.get(rule)
    if (known !== undefined) return known
    if (name !== undefined && this.#open.has(rule.shape)) {
      this.#used.add(rule.shape)
      return name
    }
    return this.#written(rule)
  }

  /** What a rule is defined as, where its name is to stand for it. */
  definition(rule: Rule): string {
    const { shape } = rule
    if (shape.isRecursive === true) this.#open.add(shape)
    const text = shape.text(rule.captured, (molecule) => inlineText(molecule, this))
    this.#open.delete(shape)
    return text
  }

  #written(rule: Rule): string {
    const stack = [rule]
    const met = new Set<Rule>()
    let text = ''
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const before = stack.length
      if (!met.has(top)) {
        met.add(top)
        for (const inner of rulesIn(top.captured))
          if (!met.has(inner) && !this.#texts.has(inner) && !this.#isNamed(inner)) stack.push(inner)
        if (stack.length > before) continue
      }
      text = this.#texts.get(top) ?? this.#closedForm(top)
      stack.pop()
    }
    return text
  }

  #isNamed(rule: Rule): boolean {
    const { shape, captured } = rule
    return (
      shape.name !== undefined &&
      shape.printsInFull !== true &&
      captured.length === 0 &&
      this.#naming.isKnown?.(rule) !== false
    )
  }

  #closedForm(rule: Rule): string {
    const { shape } = rule
    const before = this.#used
    this.#used = new Set()
    if (shape.isRecursive === true) this.#open.add(shape)
    const source = shape.text(rule.captured, (molecule) => inlineText(molecule, this))
    this.#open.delete(shape)
    this.#used.delete(shape)
    const text = shape.name === undefined ? `(${source})` : `(${shape.name} = ${source})`
    if (this.#used.size === 0) this.#texts.set(rule, text)
    for (const each of this.#used) before.add(each)
    this.#used = before
    return text
  }
}

/** The rules among molecules and inside their tuples, lists and solutions. */
function rulesIn(molecules: readonly Molecule[]): Rule[] {
  const found: Rule[] = []
  const stack = [...molecules]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (typeof top !== 'object') continue
    if (top.kind === 'rule') found.push(top)
    else for (const inner of inside(top) ?? []) if (typeof inner === 'object') stack.push(inner)
  }
  return found
}

/** A molecule on one line, however long. */
export function inlineText(molecule: Molecule, rules = new RuleTexts(), isField = false): string {
  const line = new Line(Infinity, rules)
  writeInline(line, molecule, isField)
  return line.text
}
