import { add } from '../arithmetic.ts'
import { itemsOf } from './lists.ts'
import { List } from '../molecule.ts'
import type { Molecule } from '../molecule.ts'
import { textOf } from '../print.ts'
import { checkedItems, checkedLength } from '../size-limits.ts'
import type { Arguments, Definition } from './define.ts'
import { regex } from './regex.ts'
import type { Captures, Regex } from './regex.ts'

/*
 * Strings under Java's names and with Java's meaning: indexes count UTF-16 code units from 0 and must lie
 * inside; `split`, `matches`, `replaceAll` and `replaceFirst` take regular expressions (see `regex.ts`).
 */

function charAt(args: Arguments): Molecule {
  const text = args.text(0)
  const index = args.small(1)
  const character = text[index]
  if (character === undefined) throw outside(args, index, text)
  return character
}

function substring(args: Arguments): Molecule {
  const text = args.text(0)
  const start = args.small(1)
  const end = args.count === 3 ? args.small(2) : text.length
  if (start < 0 || start > text.length) throw outside(args, start, text)
  if (end > text.length) throw outside(args, end, text)
  if (end < start) throw args.fail(`the end ${String(end)} is before the start ${String(start)}`)
  return text.slice(start, end)
}

function outside(args: Arguments, index: number, text: string) {
  return args.fail(
    `index ${String(index)} is outside a string of ${String(text.length)} characters`,
  )
}

/** Java's `trim`: control characters go too, other Unicode spaces stay; `strip` is the reverse. */
function trim(args: Arguments): Molecule {
  const text = args.text(0)
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) <= 32) start++
  while (end > start && text.charCodeAt(end - 1) <= 32) end--
  return text.slice(start, end)
}

/** Java's `split`: by a regular expression; empty strings at the end are dropped unless a limit is given. */
function split(args: Arguments): Molecule {
  const text = args.text(0)
  const separator = args.text(1)
  const limit = args.count === 3 ? args.small(2) : 0
  if (text === '') return new List([''])
  const parts = isLiteral(separator) && limit === 0 ? text.split(separator) : []
  if (parts.length === 0) splitInto(parts, text, regex(separator), limit)
  if (limit === 0) while (parts.at(-1) === '') parts.pop()
  checkedItems(parts.length)
  return new List(parts)
}

/** A pattern without special characters is looked for as it stands. */
function isLiteral(pattern: string): boolean {
  return pattern !== '' && !/[\\^$.|?*+()[\]{}]/.test(pattern)
}

function splitInto(parts: string[], text: string, separator: Regex, limit: number): void {
  let from = 0
  for (const [start = 0, end = 0] of separator.findAll(text)) {
    if (limit > 0 && parts.length === limit - 1) break
    // A match without width before the first character splits nothing off.
    if (end === 0 || (start === end && start >= text.length)) continue
    parts.push(text.slice(from, start))
    from = end
  }
  parts.push(text.slice(from))
}

/** `list.join(", ")` as well as Java's `String.join(", ", list)`. */
export function join(args: Arguments): Molecule {
  const isSeparatorFirst = typeof args.at(0) === 'string' && typeof args.at(1) !== 'string'
  const items = itemsOf(args.listOrSolution(isSeparatorFirst ? 1 : 0)).map((item) => textOf(item))
  const separator = args.text(isSeparatorFirst ? 0 : 1)
  let length = separator.length * Math.max(0, items.length - 1)
  for (const item of items) length += item.length
  checkedLength(length)
  return items.join(separator)
}

function replaced(args: Arguments, isOnlyFirst: boolean): Molecule {
  const text = args.text(0)
  const pattern = regex(args.text(1))
  const pieces: string[] = []
  let from = 0
  let length = 0
  for (const captures of pattern.findAll(text)) {
    const [start = 0, end = 0] = captures
    const piece = text.slice(from, start) + replacement(args, pattern, captures)
    length = checkedLength(length + piece.length)
    pieces.push(piece)
    from = end
    if (isOnlyFirst) break
  }
  checkedLength(length + text.length - from)
  return pieces.join('') + text.slice(from)
}

/** Java's replacement text: `$1` and `${name}` are groups, a backslash takes the next character as it is. */
function replacement(args: Arguments, pattern: Regex, captures: Captures): string {
  const text = args.text(0)
  return args
    .text(2)
    .replace(
      /\\([^])|\$(?:(\d)|\{(\w+)\})|[\\$]/g,
      (mark: string, literal?: string, digit?: string, name?: string) => {
        if (literal !== undefined) return literal
        const number = digit === undefined ? pattern.names.get(name ?? '') : Number(digit)
        if (number === undefined || number >= pattern.groups)
          throw args.fail(
            `\`${mark}\` in the replacement is no group; write \`\\\\${mark}\` for itself`,
          )
        const start = captures[number * 2] ?? -1
        return start < 0 ? '' : text.slice(start, captures[number * 2 + 1])
      },
    )
}

function replace(args: Arguments): Molecule {
  const text = args.text(0)
  const sought = args.text(1)
  const by = args.text(2)
  if (by.length > sought.length) {
    const times = sought === '' ? text.length + 1 : text.split(sought).length - 1
    checkedLength(text.length + times * (by.length - sought.length))
  }
  return text.replaceAll(sought, () => by)
}

function repeat(args: Arguments): Molecule {
  const text = args.text(0)
  const times = args.small(1)
  if (times < 0) throw args.fail('the count is negative')
  checkedLength(text.length * times)
  return text.repeat(times)
}

/** Functions on strings. Those that work on lists as well (`length`, `contains`, …) stand in `lists.ts`. */
export const texts: readonly Definition[] = [
  [
    'startsWith',
    [2, 3],
    (args) => args.text(0).startsWith(args.text(1), args.count === 3 ? args.small(2) : 0),
  ],
  ['endsWith', 2, (args) => args.text(0).endsWith(args.text(1))],
  ['lastIndexOf', 2, (args) => args.text(0).lastIndexOf(args.text(1))],
  ['substring', [2, 3], substring],
  ['charAt', 2, charAt],
  ['toUpperCase', 1, (args) => upper(args.text(0))],
  ['toLowerCase', 1, (args) => args.text(0).toLowerCase()],
  ['trim', 1, trim],
  ['strip', 1, (args) => args.text(0).trim()],
  ['isBlank', 1, (args) => args.text(0).trim() === ''],
  ['split', [2, 3], split],
  ['join', 2, join],
  ['matches', 2, (args) => regex(args.text(1)).matches(args.text(0))],
  ['replaceAll', 3, (args) => replaced(args, false)],
  ['replaceFirst', 3, (args) => replaced(args, true)],
  ['replace', 3, replace],
  ['repeat', 2, repeat],
  ['equalsIgnoreCase', 2, (args) => folded(args.text(0)) === folded(args.text(1))],
]

/** Upper case can be longer: `ß` becomes `SS`. */
function upper(text: string): Molecule {
  return add(text.toUpperCase(), '')
}

function folded(text: string): string {
  return text.toUpperCase().toLowerCase()
}
