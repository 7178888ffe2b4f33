import type { DataError } from '../errors.ts'
import { SizeFailure } from '../failures.ts'
import { fitted } from '../fitted.ts'
import { ArithmeticFailure } from '../integer.ts'
import type { Int } from '../integer.ts'
import { isInt, List, Tuple } from '../molecule.ts'
import type { Entry, Molecule } from '../molecule.ts'
import { DEEPEST_DATA } from '../size-limits.ts'
import { SolutionValue } from '../multiset.ts'
import type { Batch, DataReader } from './formats.ts'
import { HoclScanner } from './hocl-scanner.ts'
import type { HoclToken } from './hocl-scanner.ts'

/** A bracket that is open, or the file itself. */
interface Frame {
  readonly open: '<' | '⟨' | '[' | '(' | ''
  /** The fields, up to here, of the tuple that is being read. */
  readonly fields: Molecule[]
  /** Of a list. */
  readonly items: Molecule[]
  /** Of a solution. */
  readonly entries: Entry[]
}

/** What must come next. `element` may also be the closing bracket, or the end; `next` is an element after a comma. */
type State = 'element' | 'next' | 'field' | 'after-field' | 'multiplicity' | 'after-multiplicity'

const CLOSING: Readonly<Record<Frame['open'], string>> = {
  '<': '>',
  '⟨': '⟩',
  '[': ']',
  '(': ')',
  '': '',
}

/**
 * Reads molecules written in HOCL, with commas between them (and one after the last, if you like):
 * literals, symbols, tuples, lists, solutions, multiplicities and comments; no rules, no expressions.
 */
export class HoclDataReader implements DataReader {
  readonly #scanner: HoclScanner
  readonly #stack: Frame[] = []
  #top: Frame = frame('')
  #state: State = 'element'
  #molecules: Molecule[] = []
  #multiplicities: Int[] = []

  constructor(file: string) {
    this.#scanner = new HoclScanner(file)
  }

  push(chunk: string): Batch {
    this.#scanner.window.push(chunk)
    return this.#read()
  }

  end(): Batch {
    this.#scanner.window.close()
    return this.#read()
  }

  #read(): Batch {
    for (let token = this.#scanner.next(); token !== 'more'; token = this.#scanner.next()) {
      if (token === 'end') {
        this.#finish()
        break
      }
      this.#take(token)
    }
    const batch = { molecules: this.#molecules, multiplicities: this.#multiplicities }
    this.#molecules = []
    this.#multiplicities = []
    return batch
  }

  #take(token: HoclToken): void {
    switch (this.#state) {
      case 'element':
      case 'next':
      case 'field':
        this.#field(token)
        return
      case 'after-field':
        this.#afterField(token)
        return
      case 'multiplicity':
        this.#multiplicity(token)
        return
      case 'after-multiplicity':
        if (token === ',') this.#state = this.#afterComma()
        else this.#close(token)
    }
  }

  #field(token: HoclToken): void {
    switch (token) {
      case 'value':
        this.#top.fields.push(this.#scanner.value)
        this.#state = 'after-field'
        return
      case '<':
      case '⟨':
      case '[':
      case '(':
        this.#open(token)
        return
      case 'nothing':
        if (this.#state === 'field' || !this.#holdsElements()) throw this.#unexpected()
        this.#state = 'after-multiplicity'
        return
      case '>':
      case '⟩':
      case ']':
      case ')':
      case ',':
      case ':':
      case '^':
      case 'end':
      case 'more':
        if (this.#state === 'element' && this.#top.open !== '(') this.#close(token)
        else throw this.#unexpected()
    }
  }

  #open(bracket: '<' | '⟨' | '[' | '('): void {
    if (this.#stack.length >= DEEPEST_DATA)
      throw this.#scanner.failure(
        'HOCL624',
        `the data nests deeper than ${String(DEEPEST_DATA)} levels`,
      )
    this.#stack.push(this.#top)
    this.#top = frame(bracket)
    this.#state = bracket === '(' ? 'field' : 'element'
  }

  #afterField(token: HoclToken): void {
    if (token === ':') this.#state = 'field'
    else if (token === '^') {
      if (!this.#holdsElements())
        throw this.#scanner.failure('HOCL628', '`^` stands after a molecule of a solution only')
      this.#state = 'multiplicity'
    } else if (token === ',' && this.#top.open !== '(') {
      this.#add(1)
      this.#state = this.#afterComma()
    } else this.#close(token)
  }

  #multiplicity(token: HoclToken): void {
    const { value } = this.#scanner
    if (token !== 'value' || !isInt(value))
      throw this.#scanner.failure(
        'HOCL628',
        `${this.#token()} is no multiplicity`,
        'a multiplicity is an integer, `∞` or `-∞`',
      )
    this.#add(value)
    this.#state = 'after-multiplicity'
  }

  #close(token: HoclToken): void {
    const closed = this.#top
    const outer = this.#stack.at(-1)
    if (outer === undefined || token !== CLOSING[closed.open]) throw this.#unexpected()
    if (closed.fields.length > 0 && closed.open !== '(') this.#add(1)
    this.#stack.pop()
    this.#top = outer
    outer.fields.push(this.#closedValue(closed))
    this.#state = 'after-field'
  }

  #closedValue(closed: Frame): Molecule {
    if (closed.open === '(') return this.#tuple(closed.fields)
    return this.#made(() =>
      closed.open === '[' ? new List(fitted(closed.items)) : SolutionValue.of(closed.entries),
    )
  }

  #tuple(fields: readonly Molecule[]): Molecule {
    const [only] = fields
    if (fields.length === 1 && only !== undefined) return only
    return this.#made(() => new Tuple(fields.slice()))
  }

  #made(make: () => Molecule): Molecule {
    try {
      return make()
    } catch (error) {
      if (error instanceof SizeFailure) throw this.#scanner.failure('HOCL625', error.message)
      if (!(error instanceof ArithmeticFailure)) throw error
      throw this.#scanner.failure(
        'HOCL628',
        `the multiplicities in this solution do not add up: ${error.message}`,
      )
    }
  }

  /** Takes the fields read so far for one molecule. */
  #add(multiplicity: Int): void {
    const { fields, open, items, entries } = this.#top
    const molecule = this.#tuple(fields)
    fields.length = 0
    if (open === '[') items.push(molecule)
    else if (open !== '') entries.push([molecule, multiplicity])
    else if (multiplicity !== 0) {
      this.#molecules.push(molecule)
      this.#multiplicities.push(multiplicity)
    }
  }

  #finish(): void {
    this.#scanner.start = this.#scanner.window.at
    if (this.#stack.length > 0)
      throw this.#scanner.failure(
        'HOCL621',
        `the text ends too early: \`${this.#top.open}\` is not closed`,
      )
    if (this.#state === 'field' || this.#state === 'multiplicity')
      throw this.#scanner.failure('HOCL621', 'the text ends too early: a molecule is not complete')
    if (this.#state === 'after-field') this.#add(1)
    this.#state = 'element'
  }

  /** A comma after the last molecule of a file means nothing; in brackets another molecule must follow. */
  #afterComma(): State {
    if (this.#top.open === '') return 'element'
    return this.#top.open === '<' || this.#top.open === '⟨' ? 'next' : 'field'
  }

  #holdsElements(): boolean {
    return this.#top.open !== '[' && this.#top.open !== '('
  }

  /** The token that was read last, as a whole. */
  #token(): string {
    const { window, start } = this.#scanner
    const text = window.text.slice(start, window.at)
    return `\`${text.length > 20 ? `${text.slice(0, 19)}…` : text}\``
  }

  #seen(): string {
    return this.#scanner.window.seen(this.#scanner.start)
  }

  #unexpected(): DataError {
    return this.#scanner.failure(
      'HOCL627',
      `${this.#seen()} stands where ${this.#wanted()} should`,
      this.#hint(),
    )
  }

  #wanted(): string {
    const close = CLOSING[this.#top.open]
    const orClose = close === '' ? '' : ` or \`${close}\``
    switch (this.#state) {
      case 'element':
        return `a molecule${orClose}`
      case 'next':
      case 'field':
        return 'a molecule'
      case 'after-field':
        return this.#top.open === '(' ? '`:` or `)`' : `a comma${orClose}`
      case 'multiplicity':
        return 'a multiplicity'
      case 'after-multiplicity':
        return `a comma${orClose}`
    }
  }

  #hint(): string | undefined {
    return this.#state === 'after-field' && this.#top.open === ''
      ? 'molecules have commas between them, also on lines of their own'
      : undefined
  }
}

function frame(open: Frame['open']): Frame {
  return { open, fields: [], items: [], entries: [] }
}
