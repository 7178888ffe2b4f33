/** A line of text as it is shown: tabs are spaces, and of a very long line only a part. */
export interface DisplayLine {
  readonly text: string
  /** For each code unit of the line, and for its end, the column where it is shown. */
  readonly columns: readonly number[]
}

const tabWidth = 4
const longest = 160
const beforeFocus = 60

/** Shows a line; if it is too long, the part around the column `focus` (from 1). */
export function displayLine(line: string, focus: number): DisplayLine {
  if (line.length <= longest) return lay(line, 0)
  const start = Math.max(0, Math.min(focus - 1 - beforeFocus, line.length - longest))
  const end = start + longest
  const part = lay(line.slice(start, end), start > 0 ? 2 : 0)
  const columns = Array.from({ length: line.length + 1 }, (_, index) => {
    const inside = Math.min(Math.max(index - start, 0), longest)
    return part.columns[inside] ?? 0
  })
  return { text: `${start > 0 ? '… ' : ''}${part.text}${end < line.length ? ' …' : ''}`, columns }
}

function lay(line: string, indent: number): DisplayLine {
  let text = ''
  let column = indent
  const columns: number[] = []
  for (const character of line) {
    for (let unit = 0; unit < character.length; unit += 1) columns.push(column)
    const shown =
      character === '\t' ? ' '.repeat(tabWidth - (column % tabWidth)) : visible(character)
    text += shown
    column += character === '\t' ? shown.length : widthOf(character)
  }
  columns.push(column)
  return { text, columns }
}

/** The columns from and up to which a span of the line is shown. */
export function displayColumns(
  { columns }: DisplayLine,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  const last = columns.length - 1
  const at = (index: number) => columns[Math.min(Math.max(index, 0), last)] ?? 0
  return { start: at(start), end: at(end) }
}

// A control character would move the cursor or worse; its picture from U+2400 takes its place.
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : code === 0x7f ? '␡' : character
}

/** How many columns of a terminal a character takes. */
function widthOf(character: string): number {
  if (character < '\u0300') return 1
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)) return 0
  return isWide(character) ? 2 : 1
}

function isWide(character: string): boolean {
  return /^[\p{Emoji_Presentation}\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]$/u.test(
    character,
  )
}
