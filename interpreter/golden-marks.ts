import type { Source } from '../grammar/index.ts'

/*
 * A golden is a program that says in comments what must come out of it:
 *
 *   //=> < 9, max >        the only inert result; several such lines are one text
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
  /** `//=>` without `limit`: a text, if there is one. */
  readonly result: string | undefined
  /** `//=|` */
  readonly results: readonly string[]
  /** `//=> limit n` */
  readonly endless: number | undefined
  readonly properties: readonly GoldenProperty[]
  readonly refusal: GoldenRefusal | undefined
  readonly reactions: number | undefined
  readonly limits: Readonly<Record<string, number>>
  readonly injections: readonly string[]
  readonly diagnostics: readonly ExpectedDiagnostic[]
  /** What is wrong with the marks themselves; then nothing else is worth looking at. */
  readonly complaints: readonly string[]
}

/** `//=?`: something that holds of every result. */
export interface GoldenProperty {
  readonly kind: 'molecules' | 'matches' | 'warns'
  readonly text: string
}

/** `//=!`: how it ends otherwise than inert. */
export interface GoldenRefusal {
  readonly kind: 'diagnostic' | 'failed' | 'stopped'
  readonly text: string
}

/** A diagnostic by the line and column of its first label. */
export interface ExpectedDiagnostic {
  readonly line: number
  readonly column: number
  readonly code: string
  /** A part of the title. */
  readonly text: string
}

const mark = /^\s*\/\/(=>|=\||=\?|=!|##|§|<<)(.*)$/
const looksLikeMark = /^\s*\/\/\s*(=[>|?!]|##\s|<<\s)/
const diagnosticMark = /^\s*\/\/\s*\^ (HOCL\d{3})(?: (.*))?$/

/** Whether a text has a mark at all: one without says nothing about what comes out. */
export function hasMarks(text: string): boolean {
  return text.split('\n').some((line) => mark.test(line) || diagnosticMark.test(line))
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
  readonly #complaints: string[] = []
  readonly #results: string[] = []
  readonly #properties: GoldenProperty[] = []
  readonly #injections: string[] = []
  readonly #diagnostics: ExpectedDiagnostic[] = []
  readonly #limits: Record<string, number> = {}
  #result: string | undefined
  #endless: number | undefined
  #refusal: GoldenRefusal | undefined
  #reactions: number | undefined
  /** The last line that is no mark: what a caret stands under. */
  #lastLine = 1

  line(text: string, number: number): void {
    const [, code, title = ''] = diagnosticMark.exec(text) ?? []
    if (code !== undefined) {
      const column = text.indexOf('^') + 1
      this.#diagnostics.push({ line: this.#lastLine, column, code, text: title })
      return
    }
    const [, sign, rest = ''] = mark.exec(text) ?? []
    if (sign === undefined) {
      if (looksLikeMark.test(text))
        this.#complaints.push(`line ${String(number)}: nobody reads \`${text.trim()}\``)
      this.#lastLine = number
      return
    }
    if (!this.#read(sign, rest.replace(/^ /, '').trimEnd()))
      this.#complaints.push(`line ${String(number)}: nobody reads \`${text.trim()}\``)
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
    if (expectsNothing(golden))
      this.#complaints.push('it expects nothing: write `//=> < … >`, what must come out')
    if (this.#result !== undefined && this.#results.length > 0)
      this.#complaints.push('`//=>` stands beside `//=|`')
    if (this.#results.length === 1)
      this.#complaints.push('one line `//=|` alone: the only result is `//=>`')
    return golden
  }

  #read(sign: string, text: string): boolean {
    switch (sign) {
      case '=>':
        return this.#readResult(text)
      case '=|':
        this.#results.push(text)
        return true
      case '=?':
        return this.#readProperty(text)
      case '=!':
        return this.#readRefusal(text)
      case '##':
        return this.#readSetting(text)
      case '<<':
        return this.#readInjection(text)
      default:
        return sign === '§'
    }
  }

  #readResult(text: string): boolean {
    const [, limit] = /^limit (\d+)$/.exec(text) ?? []
    if (limit !== undefined) this.#endless = Number(limit)
    else this.#result = this.#result === undefined ? text : `${this.#result}\n${text}`
    return true
  }

  #readProperty(line: string): boolean {
    const [, kind, text] = /^(molecules|matches|warns) (.+)$/.exec(line) ?? []
    if (text === undefined || (kind !== 'molecules' && kind !== 'matches' && kind !== 'warns'))
      return false
    this.#properties.push({ kind, text })
    return true
  }

  #readRefusal(line: string): boolean {
    if (this.#refusal !== undefined) return false
    if (/^HOCL\d(\d\d|xx)$/.test(line)) this.#refusal = { kind: 'diagnostic', text: line }
    else if (line.startsWith('failed'))
      this.#refusal = { kind: 'failed', text: line.slice('failed'.length).trim() }
    else if (/^(reaction|molecule|depth|size|call|time)-limit$/.test(line))
      this.#refusal = { kind: 'stopped', text: line }
    else return false
    return true
  }

  #readSetting(line: string): boolean {
    const [, reactions] = /^reactions (\d+)$/.exec(line) ?? []
    const [, name, bound] = /^limit (reactions|molecules|depth) (\d+)$/.exec(line) ?? []
    if (reactions !== undefined) this.#reactions = Number(reactions)
    else if (name !== undefined) this.#limits[name] = Number(bound)
    else return line.startsWith('unexplored ')
    return true
  }

  #readInjection(line: string): boolean {
    const [, molecules] = /^inject (.+)$/.exec(line) ?? []
    if (molecules === undefined) return false
    this.#injections.push(molecules)
    return true
  }
}

function expectsNothing(golden: Golden): boolean {
  const { result, results, endless, properties, refusal, diagnostics } = golden
  return (
    result === undefined &&
    results.length === 0 &&
    endless === undefined &&
    properties.length === 0 &&
    refusal === undefined &&
    diagnostics.length === 0
  )
}
