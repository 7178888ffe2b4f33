import type { DataError } from '../errors.ts'

const ESCAPES = new Map([
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

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([0-3][0-7]{0,2}|[4-7][0-7]?)|([^]?))/g

/** The value of a string from what stands between its quotes: JSON's escapes, `\'` and octal ones. */
export function readString(
  inside: string,
  failure: (offset: number, message: string) => DataError,
): string {
  const text = inside.normalize('NFC')
  if (!text.includes('\\')) return text
  let value = ''
  let from = 0
  for (const match of text.matchAll(ESCAPE)) {
    const [whole, unicode, octal, simple = ''] = match
    value += text.slice(from, match.index)
    from = match.index + whole.length
    const known =
      unicode !== undefined
        ? String.fromCharCode(parseInt(unicode, 16))
        : octal !== undefined
          ? String.fromCharCode(parseInt(octal, 8))
          : ESCAPES.get(simple)
    if (known === undefined) throw failure(match.index, `\`${whole}\` is no escape`)
    value += known
  }
  return value + text.slice(from)
}
