import type { IToken } from 'chevrotain'
import type { Literal } from './ast.ts'
import type { Span } from './source.ts'
import { tokens } from './tokens.ts'

/** A literal as read, and what is wrong with it, if anything. */
export interface LiteralReading {
  readonly literal: Literal
  readonly flaws: readonly LiteralFlaw[]
}

export interface LiteralFlaw {
  readonly kind:
    | 'malformed-number'
    | 'number-too-large'
    | 'leading-zero'
    | 'unclosed-string'
    | 'unknown-escape'
    | 'character-length'
  readonly span: Span
  /** The word, the escape or the count that the message names. */
  readonly detail: string
}

const decimalInteger = /^\d+(?:_\d+)*$/
const hexInteger = /^0[xX][\da-fA-F]+(?:_[\da-fA-F]+)*$/
const float = /^(?:\d+(?:_\d+)*)?(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+(?:_\d+)*)?$/

/** Reads a literal token. A flawed one still has a value, so that parsing goes on. */
export function readLiteral(token: IToken): LiteralReading {
  const span = { start: token.startOffset, end: token.startOffset + token.image.length }
  switch (token.tokenType) {
    case tokens.Number:
      return readNumber(token.image, span)
    case tokens.True:
    case tokens.False:
      return sound({ kind: 'boolean', span, value: token.image === 'true' })
    case tokens.Infinity:
      return sound({ kind: 'infinity', span })
    case tokens.Null:
      return sound({ kind: 'null', span })
    default:
      return readString(token.image, span)
  }
}

function sound(literal: Literal): LiteralReading {
  return { literal, flaws: [] }
}

function readNumber(text: string, span: Span): LiteralReading {
  if (hexInteger.test(text)) return readInteger(text, span)
  const digits = text.replace(/[lL]$/, '')
  if (decimalInteger.test(digits)) {
    const { literal, flaws } = readInteger(digits, span)
    const isPadded = digits.length > 1 && digits.startsWith('0')
    return { literal, flaws: isPadded ? [...flaws, flaw('leading-zero', span, text)] : flaws }
  }
  const unsuffixed = text.replace(/[fFdD]$/, '')
  if (!float.test(unsuffixed)) {
    return { literal: integer(0, span), flaws: [flaw('malformed-number', span, text)] }
  }
  const value = Number(unsuffixed.replaceAll('_', ''))
  if (Number.isFinite(value)) return sound({ kind: 'float', span, value })
  return {
    literal: { kind: 'float', span, value: 0 },
    flaws: [flaw('number-too-large', span, text)],
  }
}

// BigInt reads a million digits in a moment, but has an end.
const maxDigits = 1_000_000

function readInteger(text: string, span: Span): LiteralReading {
  const digits = text.replaceAll('_', '')
  if (digits.length > maxDigits) {
    return {
      literal: integer(0, span),
      flaws: [flaw('number-too-large', span, digits.slice(0, 9))],
    }
  }
  const value = digits.length < 15 ? Number(digits) : BigInt(digits)
  return sound(integer(value <= Number.MAX_SAFE_INTEGER ? Number(value) : value, span))
}

function integer(value: number | bigint, span: Span): Literal {
  return { kind: 'integer', span, value }
}

function flaw(kind: LiteralFlaw['kind'], span: Span, detail: string): LiteralFlaw {
  return { kind, span, detail }
}

const simpleEscapes = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

const escape =
  /\\(?:u(?<unicode>[\da-fA-F]{4})|(?<octal>[0-3][0-7]{0,2}|[4-7][0-7]?)|(?<simple>[^]|$))/gu

function readString(text: string, span: Span): LiteralReading {
  const quote = text.startsWith("'") ? "'" : '"'
  const isClosed = text.length > 1 && text.endsWith(quote) && !endsInEscape(text)
  const inside = text.slice(1, isClosed ? -1 : undefined)
  const { value, flaws } = unescape(inside, span.start + 1)
  const literal: Literal = { kind: 'string', span, value, quote }
  if (!isClosed) return { literal, flaws: [flaw('unclosed-string', span, quote)] }
  const count = [...value].length
  if (quote === '"' || count === 1) return { literal, flaws }
  return { literal, flaws: [...flaws, flaw('character-length', span, String(count))] }
}

function unescape(text: string, offset: number): { value: string; flaws: readonly LiteralFlaw[] } {
  const flaws: LiteralFlaw[] = []
  const parts: string[] = []
  let end = 0
  for (const { 0: whole, index, groups = {} } of text.matchAll(escape)) {
    const { unicode, octal, simple = '' } = groups
    const code = unicode === undefined ? parseInt(octal ?? '', 8) : parseInt(unicode, 16)
    const known = Number.isNaN(code) ? simpleEscapes.get(simple) : String.fromCharCode(code)
    if (known === undefined) {
      const start = offset + index
      flaws.push(flaw('unknown-escape', { start, end: start + whole.length }, whole))
    }
    parts.push(text.slice(end, index), known ?? simple)
    end = index + whole.length
  }
  return { value: parts.join('') + text.slice(end), flaws }
}

/** Whether the last quote belongs to an escape: an odd number of backslashes stands before it. */
function endsInEscape(text: string): boolean {
  let index = text.length - 2
  while (text.charAt(index) === '\\') index -= 1
  return (text.length - 2 - index) % 2 === 1
}
