import {
  inlineText,
  Line,
  multiplicityText,
  pendingText,
  RuleTexts,
  writeInline,
} from './print-inline.ts'
import type { Colour, TextKind } from './print-inline.ts'
import { writtenCopies } from './multiset.ts'
import type { Entry, Molecule, Rule, Tuple } from './molecule.ts'

/*
 * The canonical form: HOCL that reads back as the same molecule. What fits in the width stands on one
 * line; of a solution or list that does not, each molecule has a line of its own, two columns further in.
 */

/** How a molecule is laid out. */
export interface PrintOptions {
  /** 100 columns where not given; Infinity for one line. */
  readonly width?: number
  readonly colour?: Colour
  /** Whether the name of a rule tells which one it is, where the text will be read. Without this, every name does. */
  readonly isKnown?: (rule: Rule) => boolean
}

/** The canonical form as one string, without a line break at its end. */
export function print(molecule: Molecule, options: PrintOptions = {}): string {
  return [...printed(molecule, options)].join('')
}

/** The canonical form on one line, as strings are joined. */
export function printInline(molecule: Molecule): string {
  return inlineText(molecule)
}

/** The canonical form as a field of a tuple or an operand: a tuple stands in parentheses. */
export function printField(molecule: Molecule): string {
  return inlineText(molecule, new RuleTexts(), true)
}

/** For messages: one line, cut off with `…` where it is long. Takes no longer for a large molecule. */
export function printBriefly(molecule: Molecule, most = 60): string {
  const line = new Line(most, new RuleTexts())
  if (writeInline(line, molecule)) return line.text
  return `${line.text.slice(0, most - 1)}…`
}

/** How a molecule reads in a string join: a string as itself, everything else in canonical form. */
export function textOf(molecule: Molecule): string {
  return typeof molecule === 'string' ? molecule : inlineText(molecule)
}

/** The canonical form in pieces of some 64,000 characters, so that a large solution never is one string. */
export function* printed(molecule: Molecule, options: PrintOptions = {}): Generator<string> {
  const layout = new Layout(options)
  layout.start(molecule)
  while (layout.step()) if (layout.text.length >= PIECE) yield layout.take()
  yield layout.take()
}

const PIECE = 2 ** 16
const WIDTH = 100
/** Deep nesting moves right no further than this, else it would be mostly spaces. */
const DEEPEST_INDENT = 40

/** What must follow a molecule on its line. */
interface After {
  readonly multiplicity: string
  readonly punctuation: string
  /** Columns to keep free: those two and what else stands before the line can break. */
  readonly width: number
}

const NOTHING: After = { multiplicity: '', punctuation: '', width: 0 }

/** A solution or list that did not fit on its line. */
interface Block {
  readonly kind: 'block'
  readonly entries: readonly Entry[] | undefined
  readonly items: readonly Molecule[]
  readonly indent: number
  readonly close: string
  readonly after: After
  index: number
  copies: number
}

/** A tuple that did not fit on its line: it breaks inside its fields, not between them. */
interface Fields {
  readonly kind: 'fields'
  readonly fields: readonly Molecule[]
  readonly after: After
  index: number
}

class Layout {
  text = ''
  #column = 0
  #indent = 0
  readonly #stack: (Block | Fields)[] = []
  readonly #rules: RuleTexts
  readonly #width: number
  readonly #colour: Colour | undefined

  constructor(options: PrintOptions) {
    this.#width = options.width ?? WIDTH
    this.#colour = options.colour
    this.#rules = new RuleTexts(options)
  }

  start(molecule: Molecule): void {
    this.#place(molecule, NOTHING)
  }

  /** The text so far, which is then forgotten. */
  take(): string {
    const text = this.text
    this.text = ''
    return text
  }

  /** Writes one more molecule. False when all is written. */
  step(): boolean {
    const top = this.#stack.at(-1)
    if (top === undefined) return false
    if (top.kind === 'fields') this.#nextField(top)
    else if (top.entries === undefined) this.#nextItem(top)
    else this.#nextEntry(top, top.entries)
    return true
  }

  #put(kind: TextKind, text: string): void {
    if (text === '') return
    this.#column += text.length
    this.text += this.#colour === undefined ? text : this.#colour(kind, text)
  }

  #newLine(indent: number): void {
    this.text += '\n' + ' '.repeat(indent)
    this.#column = indent
  }

  #end(after: After): void {
    this.#put('multiplicity', after.multiplicity)
    this.#put('punctuation', after.punctuation)
  }

  /** On this line if it fits, else in several. */
  #place(molecule: Molecule, after: After, isField = false): void {
    const line = new Line(this.#width - this.#column - after.width, this.#rules, this.#colour)
    if (writeInline(line, molecule, isField) || !this.#broken(molecule, after, isField)) {
      if (line.isFull) this.#placeAnyway(molecule, isField)
      else this.#putLine(line)
      this.#end(after)
    }
  }

  #putLine(line: Line): void {
    this.text += line.text
    this.#column += line.width
  }

  #placeAnyway(molecule: Molecule, isField: boolean): void {
    const line = new Line(Infinity, this.#rules, this.#colour)
    writeInline(line, molecule, isField)
    this.#putLine(line)
  }

  /** Opens a compound over several lines; false for a molecule that has no place to break. */
  #broken(molecule: Molecule, after: After, isField: boolean): boolean {
    if (typeof molecule !== 'object') return false
    if (molecule.kind === 'tuple') {
      this.#openTuple(molecule, after, isField)
      return true
    }
    if (molecule.kind === 'list' && molecule.items.length > 0)
      this.#openBlock({ entries: undefined, items: molecule.items, close: ']', after })
    else if (molecule.kind === 'solution' && molecule.contents().distinct > 0)
      this.#openBlock({ entries: molecule.contents().sorted(), items: [], close: '>', after })
    else return false
    return true
  }

  #openTuple(tuple: Tuple, after: After, isField: boolean): void {
    if (isField) this.#put('punctuation', '(')
    const closing = isField
      ? { ...after, punctuation: `)${after.punctuation}`, width: after.width + 1 }
      : after
    this.#stack.push({ kind: 'fields', fields: tuple.fields, after: closing, index: 0 })
  }

  #openBlock(block: Pick<Block, 'entries' | 'items' | 'close' | 'after'>): void {
    this.#put('punctuation', block.close === ']' ? '[' : '<')
    this.#stack.push({ kind: 'block', ...block, indent: this.#indent, index: 0, copies: 0 })
    this.#indent += 2
  }

  #closeBlock(block: Block): void {
    this.#stack.pop()
    this.#indent = block.indent
    this.#newLine(Math.min(block.indent, DEEPEST_INDENT))
    this.#put('punctuation', block.close)
    this.#end(block.after)
  }

  #nextItem(block: Block): void {
    const item = block.items[block.index++]
    if (item === undefined) {
      this.#closeBlock(block)
      return
    }
    this.#newLine(Math.min(this.#indent, DEEPEST_INDENT))
    this.#place(item, followedBy('', block.index < block.items.length ? ',' : ''))
  }

  #nextEntry(block: Block, entries: readonly Entry[]): void {
    const entry = entries[block.index]
    if (entry === undefined) {
      this.#closeBlock(block)
      return
    }
    const [molecule, multiplicity] = entry
    this.#newLine(Math.min(this.#indent, DEEPEST_INDENT))
    if (typeof molecule === 'object' && molecule.kind === 'pending') {
      block.index++
      this.#put('pending', pendingText(molecule))
      return
    }
    if (block.copies === 0) block.copies = writtenCopies(multiplicity)
    block.copies--
    if (block.copies === 0) block.index++
    const comma = isMoleculeToCome(entries[block.index]) ? ',' : ''
    this.#place(molecule, followedBy(multiplicityText(multiplicity), comma))
  }

  #nextField(tuple: Fields): void {
    const field = tuple.fields[tuple.index++]
    if (field === undefined) {
      this.#stack.pop()
      this.#end(tuple.after)
      return
    }
    if (tuple.index > 1) this.#put('punctuation', ':')
    this.#place(field, { ...NOTHING, width: this.#widthAfter(tuple) }, true)
  }

  /** The columns that must follow a field on its line: up to the next place that could break. */
  #widthAfter(tuple: Fields): number {
    let width = 0
    for (let i = tuple.index; width <= this.#width; i++) {
      const field = tuple.fields[i]
      if (field === undefined) return width + tuple.after.width
      const line = new Line(this.#width, this.#rules)
      line.stopsAtBreak = true
      writeInline(line, field, true)
      width += 1 + line.width
      if (line.hasStopped) return width
    }
    return width
  }
}

/** Pending molecules come last and are comments, so that no comma stands before them. */
function isMoleculeToCome(entry: Entry | undefined): boolean {
  if (entry === undefined) return false
  return typeof entry[0] !== 'object' || entry[0].kind !== 'pending'
}

function followedBy(multiplicity: string, punctuation: string): After {
  return { multiplicity, punctuation, width: multiplicity.length + punctuation.length }
}
