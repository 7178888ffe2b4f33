import { isIncomplete, Source } from '../grammar/index.ts'
import type { Diagnostic } from '../grammar/index.ts'

/*
 * A golden is a program that says in comments what must come out of it:
 *
 *   //=> < 9, max >        the only inert result; it may go on in further such lines
 *   //=> limit 100         never inert: 100 reactions happen, and more could
 *   //=| < 1 >             one of several results, a line each: exactly these can be reached
 *   //=? molecules 3       the outermost solution has 3 molecules, copies counted
 *   //=? matches <x, ω>    a pattern for the outermost solution, possibly with `if …`
 *   //=? warns HOCL303     the checker gives this warning or hint
 *   //=! HOCL401           is refused with this error; HOCL1xx for any error of syntax
 *   //=! failed by zero    a product fails, with these words; `//=>` then says what is left
 *   //=! depth-limit       the run stops so
 *   //## reactions 2       each run takes so many
 *   //## limit molecules 5 the run is bounded: reactions, molecules, depth
 *   //<< inject 1, 2       is added when the run has ended, and the run goes on
 *   //§ 5.6                the clause of the language that it shows, for readers
 *   //   ^ HOCL203 text    under a line: this diagnostic, at this column
 */

/** What a program says must come out of it. */
export interface Golden {
  readonly source: Source
  /** `//=>` without `limit`. */
  readonly result: GoldenMark | undefined
  /** `//=|` */
  readonly results: readonly GoldenMark[]
  /** `//=> limit n` */
  readonly endless: GoldenCount | undefined
  readonly properties: readonly GoldenProperty[]
  readonly refusal: GoldenRefusal | undefined
  readonly reactions: GoldenCount | undefined
  readonly limits: Readonly<Record<string, number>>
  readonly injections: readonly GoldenMark[]
  readonly diagnostics: readonly ExpectedDiagnostic[]
  /** What is wrong with the marks themselves; then nothing else is worth looking at. */
  readonly complaints: readonly GoldenFinding[]
}

/** What a mark says, and on which line, from 1. */
export interface GoldenMark {
  readonly text: string
  readonly line: number
}

/** A mark that is a number. */
export interface GoldenCount {
  readonly count: number
  readonly line: number
}

/** `//=?`: something that holds of every result. */
export interface GoldenProperty extends GoldenMark {
  readonly kind: 'molecules' | 'matches' | 'warns'
}

/** `//=!`: how it ends otherwise than inert. */
export interface GoldenRefusal extends GoldenMark {
  readonly kind: 'diagnostic' | 'failed' | 'stopped'
}

/** A diagnostic by the line and column of its first label. */
export interface ExpectedDiagnostic {
  readonly line: number
  readonly column: number
  readonly code: string
  /** A part of the title. */
  readonly text: string
}

/** One thing that a program does other than it says. */
export interface GoldenFinding {
  /** A sentence; with a diagnostic, its code and title. */
  readonly text: string
  /** The line of the mark that it is about, if it is about one. */
  readonly line?: number
  /** What keeps the program from running. */
  readonly diagnostic?: Diagnostic
}

const mark = /^\s*\/\/(=>|=\||=\?|=!|##|§|<<)(.*)$/
const looksLikeMark = /^\s*\/\/\s*(=[>|?!]|##\s|<<\s)/
/** A sign that nobody knows where a mark would have one. Lines of `=` are for the eye. */
const unknownMark = /^\s*\/\/=[^\s\w=]/
const diagnosticMark = /^\s*\/\/\s*\^ (HOCL\d{3})(?: (.*))?$/

/** Whether a text has a mark at all, be it a mistaken one: one without says nothing about what comes out. */
export function hasMarks(text: string): boolean {
  return text
    .split('\n')
    .some((line) => mark.test(line) || diagnosticMark.test(line) || unknownMark.test(line))
}

/** Reads the marks of a program. */
export function readGolden(source: Source): Golden {
  const reading = new Reading()
  source.text.split(/\r\n|\n|\r/).forEach((line, i) => {
    reading.line(line, i + 1)
  })
  return reading.golden(source)
}

class Reading {
  readonly #complaints: GoldenFinding[] = []
  readonly #results: GoldenMark[] = []
  readonly #properties: GoldenProperty[] = []
  readonly #injections: GoldenMark[] = []
  readonly #diagnostics: ExpectedDiagnostic[] = []
  readonly #limits: Record<string, number> = {}
  #result: GoldenMark | undefined
  #endless: GoldenCount | undefined
  #refusal: GoldenRefusal | undefined
  #reactions: GoldenCount | undefined
  /** The last line that is no mark: what a caret stands under. */
  #lastLine = 1

  line(text: string, line: number): void {
    const [, code, title = ''] = diagnosticMark.exec(text) ?? []
    if (code !== undefined) {
      const column = text.indexOf('^') + 1
      this.#diagnostics.push({ line: this.#lastLine, column, code, text: title })
      return
    }
    const [, sign, rest = ''] = mark.exec(text) ?? []
    if (sign === undefined) {
      if (looksLikeMark.test(text) || unknownMark.test(text)) this.#unread(text, line)
      this.#lastLine = line
      return
    }
    if (!this.#read(sign, { text: rest.replace(/^ /, '').trimEnd(), line }))
      this.#unread(text, line)
  }

  golden(source: Source): Golden {
    const golden: Golden = {
      source,
      result: this.#result,
      results: this.#results,
      endless: this.#endless,
      properties: this.#properties,
      refusal: this.#refusal,
      reactions: this.#reactions,
      limits: this.#limits,
      injections: this.#injections,
      diagnostics: this.#diagnostics,
      complaints: this.#complaints,
    }
    const [first, second] = this.#results
    if (expectsNothing(golden))
      this.#complain('it expects nothing: write `//=> < … >`, what must come out')
    if (this.#result !== undefined && first !== undefined)
      this.#complain('`//=>` stands beside `//=|`', this.#result.line)
    if (first !== undefined && second === undefined)
      this.#complain('one line `//=|` alone: the only result is `//=>`', first.line)
    return golden
  }

  #complain(text: string, line?: number): void {
    this.#complaints.push({ text, ...(line !== undefined && { line }) })
  }

  #unread(text: string, line: number): void {
    this.#complain(`nobody reads \`${text.trim()}\`: there is no such mark`, line)
  }

  #read(sign: string, given: GoldenMark): boolean {
    switch (sign) {
      case '=>':
        this.#readResult(given)
        return true
      case '=|':
        this.#results.push(given)
        return true
      case '=?':
        return this.#readProperty(given)
      case '=!':
        return this.#readRefusal(given)
      case '##':
        return this.#readSetting(given)
      case '<<':
        return this.#readInjection(given)
      default:
        return sign === '§'
    }
  }

  #readResult(given: GoldenMark): void {
    const { text, line } = given
    const [, limit] = /^limit (\d+)$/.exec(text) ?? []
    const before = this.#result
    if (limit !== undefined) {
      if (this.#endless !== undefined) this.#complain('a second `//=> limit`', line)
      this.#endless = { count: Number(limit), line }
    } else if (before === undefined) this.#result = given
    else if (isIncomplete(new Source('mark', before.text)))
      this.#result = { text: `${before.text}\n${text}`, line: before.line }
    else this.#complain('a second `//=>`: one of several results is `//=|`', line)
  }

  #readProperty({ text: whole, line }: GoldenMark): boolean {
    const [, kind, text] = /^(molecules|matches|warns) (.+)$/.exec(whole) ?? []
    if (text === undefined || (kind !== 'molecules' && kind !== 'matches' && kind !== 'warns'))
      return false
    this.#properties.push({ kind, text, line })
    return true
  }

  #readRefusal({ text, line }: GoldenMark): boolean {
    if (this.#refusal !== undefined) this.#complain('a second `//=!`', line)
    if (/^HOCL\d(\d\d|xx)$/.test(text)) this.#refusal = { kind: 'diagnostic', text, line }
    else if (text.startsWith('failed'))
      this.#refusal = { kind: 'failed', text: text.slice('failed'.length).trim(), line }
    else if (/^(reaction|molecule|depth|size|call|time)-limit$/.test(text))
      this.#refusal = { kind: 'stopped', text, line }
    else return false
    return true
  }

  #readSetting({ text, line }: GoldenMark): boolean {
    const [, reactions] = /^reactions (\d+)$/.exec(text) ?? []
    const [, name, bound] = /^limit (reactions|molecules|depth) (\d+)$/.exec(text) ?? []
    if (reactions !== undefined) {
      if (this.#reactions !== undefined) this.#complain('a second `//## reactions`', line)
      this.#reactions = { count: Number(reactions), line }
    } else if (name !== undefined) this.#limits[name] = Number(bound)
    else return text.startsWith('unexplored ')
    return true
  }

  #readInjection({ text: whole, line }: GoldenMark): boolean {
    const [, text] = /^inject (.+)$/.exec(whole) ?? []
    if (text === undefined) return false
    this.#injections.push({ text, line })
    return true
  }
}

function expectsNothing(golden: Golden): boolean {
  const { result, results, endless, properties, refusal, reactions, diagnostics, complaints } =
    golden
  return (
    result === undefined &&
    results.length === 0 &&
    endless === undefined &&
    properties.length === 0 &&
    refusal === undefined &&
    reactions === undefined &&
    diagnostics.length === 0 &&
    complaints.length === 0
  )
}
