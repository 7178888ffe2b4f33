import { LogError } from './errors.ts'

/*
 * Bytes written one after the other, and read again. Numbers are in as few bytes as they need: seven bits in each,
 * the lowest first, and a bit that says that more follow.
 */

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A text as UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text)
}

/** The text that stands in some bytes. What is no UTF-8 is no text that anybody has written: it becomes `�`. */
export function textIn(bytes: Uint8Array): string {
  return lenient.decode(bytes)
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

export function areEqualBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Grows as it is written. */
export class ByteWriter {
  #bytes: Uint8Array = new Uint8Array(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** What was written so far; it is not to be changed. */
  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  /** An integer from 0 on, as far as those are exact. */
  count(value: number): void {
    this.#reserve(8)
    let rest = value
    for (; rest >= 128; rest = Math.floor(rest / 128))
      this.#bytes[this.#length++] = (rest % 128) + 128
    this.#bytes[this.#length++] = rest
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length)
    this.#bytes.set(value, this.#length)
    this.#length += value.length
  }

  /** Bytes with their number before them. */
  sized(value: Uint8Array): void {
    this.count(value.length)
    this.bytes(value)
  }

  text(value: string): void {
    this.sized(encoder.encode(value))
  }

  /** Four bytes, the lowest first. */
  word(value: number): void {
    this.#reserve(4)
    for (let shift = 0; shift < 32; shift += 8) this.#bytes[this.#length++] = value >>> shift
  }

  /** So many bytes that whoever asks writes, zero until then. */
  room(count: number): Uint8Array {
    this.#reserve(count)
    this.#length += count
    return this.#bytes.subarray(this.#length - count, this.#length)
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + count))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }
}

/** Reads what a writer wrote. Throws a `LogError` where nobody can have written it so. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  byte(): number {
    const value = this.#bytes[this.#at++]
    if (value === undefined) throw broken('it ends too early')
    return value
  }

  count(): number {
    let [value, factor] = [0, 1]
    for (;;) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (byte < 128) break
      factor *= 128
      if (factor > 2 ** 49) throw broken('a number is too long')
    }
    if (!Number.isSafeInteger(value)) throw broken('a number is too large')
    return value
  }

  /** The next bytes, which nobody copies. */
  bytes(count: number): Uint8Array {
    if (count > this.left) throw broken('it ends too early')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  sized(): Uint8Array {
    return this.bytes(this.count())
  }

  text(): string {
    const bytes = this.sized()
    try {
      return decoder.decode(bytes)
    } catch {
      throw broken('a text is no UTF-8')
    }
  }

  word(): number {
    let value = 0
    for (let shift = 0; shift < 32; shift += 8) value |= this.byte() << shift
    return value >>> 0
  }
}

function broken(why: string): LogError {
  return new LogError(`what was written is not whole: ${why}`)
}
