/** A table as texts: the first column is words, the others are numbers. */
export interface Table {
  readonly title: string
  /** What a reader must know to read it. */
  readonly note?: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** For a terminal: words to the left, numbers to the right. */
export function tableText({ title, note, head, rows }: Table): string {
  const widths = head.map((name, i) =>
    Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  const ruler = widths.map((width) => '─'.repeat(width)).join('  ')
  return [
    title,
    ...(note === undefined ? [] : [note]),
    '',
    line(head),
    ruler,
    ...rows.map(line),
    '',
  ].join('\n')
}

/** For Markdown. */
export function tableMarkdown({ title, note, head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const ruler = line(head.map((_, i) => (i === 0 ? '---' : '---:')))
  return [
    `## ${title}`,
    '',
    ...(note === undefined ? [] : [note, '']),
    line(head),
    ruler,
    ...rows.map(line),
    '',
  ].join('\n')
}
