/*
 * The fields of a tuple, read off its exchange form without making the tuple.
 */

const BEFORE = '{"tuple":['
const AFTER = ']}'

/**
 * The exchange forms of the fields of a tuple; undefined for other molecules. Whatever text it is given, `joined`
 * makes the same text of them again.
 */
export function fieldsOf(text: string): readonly string[] | undefined {
  if (!text.startsWith(BEFORE) || !text.endsWith(AFTER)) return undefined
  const fields: string[] = []
  const end = text.length - AFTER.length
  let [start, depth, isQuoted] = [BEFORE.length, 0, false]
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i)
    if (unit === QUOTE) isQuoted = !isQuoted
    else if (isQuoted) {
      if (unit === BACKSLASH) i++
    } else if (unit === COMMA) {
      if (depth > 0) continue
      fields.push(text.slice(start, i))
      start = i + 1
    } else if (unit === BRACKET || unit === BRACE) depth++
    else if (unit === BRACKET + 2 || unit === BRACE + 2) depth--
  }
  // More than one molecule, as nobody writes it.
  if (depth !== 0 || isQuoted || start > end) return undefined
  fields.push(text.slice(start, end))
  return fields
}

/** The exchange form of a tuple with such fields. */
export function joined(fields: readonly string[]): string {
  return `${BEFORE}${fields.join(',')}${AFTER}`
}

const QUOTE = 34
const COMMA = 44
const BRACKET = 91
const BACKSLASH = 92
const BRACE = 123

/** The integer that a text is, where it is written as that one would be. */
export function intIn(text: string): number | undefined {
  const { length } = text
  const isNegative = text.charCodeAt(0) === MINUS
  const start = isNegative ? 1 : 0
  if (length === start || length > start + 15) return undefined
  let value = 0
  for (let i = start; i < length; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (digit < 0 || digit > 9 || (digit === 0 && value === 0 && length > start + 1))
      return undefined
    value = 10 * value + digit
  }
  if (!isNegative) return value
  return value === 0 ? undefined : -value
}

const ZERO = 48
const MINUS = 45
