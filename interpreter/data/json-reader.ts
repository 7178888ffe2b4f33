import type { DiagnosticCode } from '../../grammar/index.ts'
import type { DataError } from '../errors.ts'
import { SizeFailure } from '../failures.ts'
import type { Int } from '../integer.ts'
import { DEEPEST_DATA } from '../size-limits.ts'
import { JsonScanner } from './json-scanner.ts'
import type { JsonToken } from './json-scanner.ts'

/** What a JSON value becomes. */
export interface JsonMaker<T> {
  int(value: Int): T
  float(value: number): T
  text(value: string): T
  boolean(value: boolean): T
  nothing(): T
  array(items: T[]): T
  /** Of members with the same name the last counts. */
  object(members: Map<string, T>): T
}

/** `document`: one value · `elements`: the elements of one array, or one value · `lines`: a value on each line. */
export type JsonMode = 'document' | 'elements' | 'lines'

interface Frame<T> {
  /** Undefined for an object. */
  readonly items: T[] | undefined
  readonly members: Map<string, T> | undefined
  key: string
}

/** What must come next. */
type State =
  'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close' | 'between'

/** Reads JSON as it arrives, without recursion; every call gives the values that it completed. */
export class JsonReader<T> {
  readonly #make: JsonMaker<T>
  readonly #mode: JsonMode
  readonly #deepest: number
  readonly #scanner: JsonScanner
  readonly #stack: Frame<T>[] = []
  #state: State = 'value'
  #done: T[] = []
  /** Takes each value as it is complete; without it, `push` and `end` give them. */
  taker: ((value: T) => void) | undefined
  /** Between the brackets of the array whose elements are wanted one by one. */
  #isInElements = false
  #hasElements = false
  #count = 0

  constructor(make: JsonMaker<T>, mode: JsonMode, file: string, deepest = DEEPEST_DATA) {
    this.#make = make
    this.#mode = mode
    this.#deepest = deepest
    this.#scanner = new JsonScanner(file)
    this.#scanner.marksLines = mode === 'lines'
  }

  /** In the mode `elements`: whether the values are elements of one array. */
  get hasElements(): boolean {
    return this.#hasElements
  }

  push(chunk: string): T[] {
    this.#scanner.window.push(chunk)
    return this.#read()
  }

  end(): T[] {
    this.#scanner.window.close()
    const values = this.#read()
    if (this.#mode !== 'lines' && this.#count === 0) throw this.#tooEarly()
    return values
  }

  #read(): T[] {
    for (let token = this.#scanner.next(); token !== 'more'; token = this.#scanner.next()) {
      if (token === 'end') {
        this.#checkEnd()
        break
      }
      this.#take(token)
    }
    const done = this.#done
    this.#done = []
    return done
  }

  #checkEnd(): void {
    const isComplete = this.#stack.length === 0 && !this.#isInElements
    if (!isComplete || (this.#state !== 'between' && this.#state !== 'value'))
      throw this.#tooEarly()
  }

  #tooEarly(): DataError {
    const last = this.#stack.at(-1)
    const open =
      last === undefined && !this.#isInElements
        ? 'there is no value'
        : `\`${last?.members === undefined ? '[' : '{'}\` is not closed`
    return this.#scanner.failure('HOCL621', `the text ends too early: ${open}`)
  }

  #take(token: JsonToken): void {
    this.#checkLine()
    switch (this.#state) {
      case 'value':
        this.#value(token)
        return
      case 'value-or-close':
        if (token === ']') this.#close()
        else this.#value(token)
        return
      case 'key':
      case 'key-or-close':
        this.#key(token)
        return
      case 'colon':
        if (token !== ':') throw this.#unexpected('`:`')
        this.#state = 'value'
        return
      case 'comma-or-close':
        this.#commaOrClose(token)
        return
      case 'between':
        throw this.#scanner.failure(
          'HOCL620',
          `${this.#seen()} stands after the end of the value`,
          'values one after the other are the format ndjson',
        )
    }
  }

  /** A value in the format ndjson stands on one line, alone. */
  #checkLine(): void {
    if (this.#mode !== 'lines') return
    const broke = this.#scanner.lineBreaks > 0
    this.#scanner.lineBreaks = 0
    if (this.#state === 'between' && broke) this.#state = 'value'
    else if (this.#state === 'between')
      throw this.#scanner.failure('HOCL631', `${this.#seen()} is a second value on the line`)
    else if (broke && this.#stack.length > 0)
      throw this.#scanner.window.failureAtMark(
        'HOCL631',
        'the line ends inside a value',
        'a value over several lines is the format json',
      )
  }

  /** A failure of the value that `taker` has got, at its beginning. */
  failure(code: DiagnosticCode, message: string, hint?: string): DataError {
    return this.#scanner.window.failureAtMark(code, message, hint)
  }

  #value(token: JsonToken): void {
    if (this.taker !== undefined && this.#stack.length === 0)
      this.#scanner.window.mark(this.#scanner.start)
    switch (token) {
      case 'string':
        this.#add(this.#make.text(this.#scanner.text))
        return
      case 'int':
        this.#add(this.#make.int(this.#scanner.int))
        return
      case 'float':
        this.#add(this.#make.float(this.#scanner.float))
        return
      case 'true':
      case 'false':
        this.#add(this.#make.boolean(token === 'true'))
        return
      case 'null':
        this.#add(this.#make.nothing())
        return
      case '[':
      case '{':
        this.#open(token)
        return
      case ']':
      case '}':
      case ':':
      case ',':
      case 'end':
      case 'more':
        throw this.#unexpected('a value')
    }
  }

  #open(token: '[' | '{'): void {
    if (
      this.#mode === 'elements' &&
      this.#count === 0 &&
      !this.#isInElements &&
      token === '[' &&
      this.#stack.length === 0
    ) {
      this.#isInElements = true
      this.#hasElements = true
      this.#state = 'value-or-close'
      return
    }
    if (this.#stack.length >= this.#deepest)
      throw this.#scanner.failure(
        'HOCL624',
        `the data nests deeper than ${String(this.#deepest)} levels`,
      )
    this.#stack.push(
      token === '['
        ? { items: [], members: undefined, key: '' }
        : { items: undefined, members: new Map(), key: '' },
    )
    this.#state = token === '[' ? 'value-or-close' : 'key-or-close'
  }

  #key(token: JsonToken): void {
    if (token === '}' && this.#state === 'key-or-close') {
      this.#close()
      return
    }
    const top = this.#stack.at(-1)
    if (token !== 'string' || top === undefined) throw this.#unexpected('a name in double quotes')
    top.key = this.#scanner.text
    this.#state = 'colon'
  }

  #commaOrClose(token: JsonToken): void {
    const isObject = this.#stack.at(-1)?.members !== undefined
    if (token === ',') this.#state = isObject ? 'key' : 'value'
    else if (token === (isObject ? '}' : ']')) this.#close()
    else throw this.#unexpected(isObject ? '`,` or `}`' : '`,` or `]`')
  }

  #close(): void {
    const frame = this.#stack.pop()
    if (frame === undefined) {
      this.#isInElements = false
      this.#count++
      this.#state = 'between'
    } else this.#add(this.#made(frame))
  }

  #made({ items, members }: Frame<T>): T {
    try {
      return items === undefined
        ? this.#make.object(members ?? new Map<string, T>())
        : this.#make.array(items)
    } catch (error) {
      if (error instanceof SizeFailure) throw this.#scanner.failure('HOCL625', error.message)
      throw error
    }
  }

  #add(value: T): void {
    const top = this.#stack.at(-1)
    if (top === undefined) {
      if (this.taker === undefined) this.#done.push(value)
      else this.taker(value)
      this.#count++
      this.#state = this.#isInElements ? 'comma-or-close' : 'between'
      return
    }
    if (top.items !== undefined) top.items.push(value)
    else top.members?.set(top.key, value)
    this.#state = 'comma-or-close'
  }

  #seen(): string {
    return this.#scanner.window.seen(this.#scanner.start)
  }

  #unexpected(wanted: string): DataError {
    return this.#scanner.failure('HOCL620', `${this.#seen()} stands where ${wanted} should`)
  }
}
