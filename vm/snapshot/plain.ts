import { SnapshotError } from './error.ts'

/** What JSON can say. */
export type Plain =
  null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain }

/** A snapshot is flat: what nests deeper is none. */
const DEEPEST = 24

/**
 * A number of 64 bits over all that a plain value holds, whatever order the names of its objects have. It
 * tells what was cut off or altered by accident; it is no signature. Throws where a value is not plain.
 */
export function checksumOf(value: unknown, but?: string): string {
  const sum = new Checksum()
  sum.add(value, 0, but)
  return sum.text
}

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)

class Checksum {
  #a = 0x2545f491
  #b = 0x51ab0d3f

  get text(): string {
    return [this.#a, this.#b].map((each) => (each >>> 0).toString(16).padStart(8, '0')).join('')
  }

  add(value: unknown, depth: number, but?: string): void {
    switch (typeof value) {
      case 'number':
        this.#number(value)
        return
      case 'string':
        this.#text(value)
        return
      case 'boolean':
        this.#mix(value ? 11 : 12)
        return
      case 'object':
        break
      case 'undefined':
      case 'bigint':
      case 'function':
      case 'symbol':
        throw new SnapshotError('malformed', `a ${typeof value} is in no snapshot`)
    }
    if (value === null) this.#mix(13)
    else if (depth > DEEPEST)
      throw new SnapshotError('malformed', 'it nests deeper than any snapshot')
    else if (Array.isArray(value)) this.#list(value, depth)
    else this.#object(value, depth, but)
  }

  #list(items: readonly unknown[], depth: number): void {
    this.#mix(14)
    this.#mix(items.length)
    for (let i = 0; i < items.length; i++) {
      const item = items[i]
      if (typeof item === 'number' && (item | 0) === item) this.#mix(item)
      else this.add(item, depth + 1)
    }
  }

  #object(value: object, depth: number, but: string | undefined): void {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null)
      throw new SnapshotError('malformed', 'only plain objects are in a snapshot')
    this.#mix(15)
    for (const [name, inner] of Object.entries(value).sort(byName)) {
      if (name === but) continue
      this.#text(name)
      this.add(inner, depth + 1)
    }
    this.#mix(16)
  }

  #number(value: number): void {
    if ((value | 0) === value) {
      this.#mix(value)
      return
    }
    if (!Number.isFinite(value))
      throw new SnapshotError('malformed', `${String(value)} is in no snapshot`)
    double[0] = value
    this.#mix(words[0] ?? 0)
    this.#mix(words[1] ?? 0)
  }

  #text(text: string): void {
    this.#mix(text.length)
    for (let i = 0; i < text.length; i++) this.#mix(text.charCodeAt(i))
  }

  #mix(value: number): void {
    let a = Math.imul(this.#a ^ value, 0x85ebca6b)
    a ^= a >>> 13
    this.#a = Math.imul(a, 0xc2b2ae35) ^ (a >>> 16)
    this.#b = (Math.imul(this.#b ^ value, 0x01000193) + a) | 0
  }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0
}
