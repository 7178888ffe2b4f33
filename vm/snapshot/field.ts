import { SnapshotError } from './error.ts'

const MOST = Number.MAX_SAFE_INTEGER

/** A part of a snapshot that is being read, and where it stands. Whatever is not as expected throws. */
export class Field {
  readonly value: unknown
  readonly path: string

  constructor(value: unknown, path: string) {
    this.value = value
    this.path = path
  }

  fail(what: string): never {
    throw new SnapshotError('malformed', what, { place: this.path })
  }

  /** A part of an object by its name. */
  named(name: string): Field {
    const { value } = this
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      this.fail('an object is expected here')
    const part: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
    return new Field(part, this.path === '' ? name : `${this.path}.${name}`)
  }

  get isAbsent(): boolean {
    return this.value === undefined || this.value === null
  }

  /** What it reads as where it is there. */
  maybe<T>(read: (field: Field) => T): T | undefined {
    return this.isAbsent ? undefined : read(this)
  }

  list(): readonly unknown[] {
    const { value } = this
    if (!Array.isArray(value)) this.fail('a list is expected here')
    return value as readonly unknown[]
  }

  /** The items of a list, of so many if that is known. */
  items(count?: number): readonly Field[] {
    const list = this.list()
    if (count !== undefined && list.length !== count)
      this.fail(`${String(count)} items are expected here, not ${String(list.length)}`)
    return list.map((item, at) => new Field(item, `${this.path}[${String(at)}]`))
  }

  /** One item of a list. */
  item(at: number): Field {
    return new Field(this.list()[at], `${this.path}[${String(at)}]`)
  }

  int(least = 0, most = MOST): number {
    const { value } = this
    if (!isIntIn(value, least, most)) this.fail(`an integer ${boundsText(least, most)} is expected`)
    return value
  }

  ints(least = 0, most = MOST): readonly number[] {
    const list = this.list()
    for (let at = 0; at < list.length; at++)
      if (!isIntIn(list[at], least, most))
        this.item(at).fail(`an integer ${boundsText(least, most)} is expected`)
    return list as readonly number[]
  }

  number(): number {
    const { value } = this
    if (typeof value !== 'number') this.fail('a number is expected here')
    return value
  }

  flag(): boolean {
    const { value } = this
    if (typeof value !== 'boolean') this.fail('true or false is expected here')
    return value
  }

  text(): string {
    const { value } = this
    if (typeof value !== 'string') this.fail('a text is expected here')
    return value
  }

  /** One of some texts. */
  oneOf<T extends string>(texts: readonly T[]): T {
    const found = texts.find((each) => each === this.value)
    if (found === undefined) this.fail(`one of ${texts.join(', ')} is expected`)
    return found
  }
}

function isIntIn(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

function boundsText(least: number, most: number): string {
  return most === MOST ? `from ${String(least)} on` : `from ${String(least)} to ${String(most)}`
}

/** Some numbers, rows of neighbours written as the first and how many there are. */
export function inRows(numbers: Iterable<number>): number[] {
  const rows: number[] = []
  let [from, count] = [0, 0]
  for (const number of numbers) {
    if (count > 0 && number === from + count) count++
    else {
      if (count > 0) rows.push(from, count)
      from = number
      count = 1
    }
  }
  if (count > 0) rows.push(from, count)
  return rows
}

/** The numbers of such rows, all below a bound and each there once. */
export function fromRows(field: Field, below: number): number[] {
  const rows = field.ints()
  const numbers: number[] = []
  const seen = new Uint8Array(below)
  for (let at = 0; at < rows.length; at += 2) {
    const [from = 0, count] = [rows[at], rows[at + 1]]
    if (count === undefined || from + count > below) field.fail(`a row goes past ${String(below)}`)
    for (let number = from; number < from + count; number++) {
      if (seen[number] === 1) field.fail(`${String(number)} is there twice`)
      seen[number] = 1
      numbers.push(number)
    }
  }
  return numbers
}
