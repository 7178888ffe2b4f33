import type { Palette } from './palette.ts'

/** Markdown for a terminal: titles and code stand out, the marks of Markdown go. A pipe gets it as it is. */
export function markdownText(
  markdown: string,
  { strong, hint, faint }: Palette,
  hasColour: boolean,
): string {
  if (!hasColour) return markdown.trimEnd()
  let isCode = false
  const lines: string[] = []
  for (const line of markdown.trimEnd().split('\n')) {
    if (line.startsWith('```')) isCode = !isCode
    else if (isCode) lines.push(`    ${hint(line)}`)
    else if (line.startsWith('#')) lines.push(strong(line.replace(/^#+ /, '')))
    else
      lines.push(
        line
          .replace(/`([^`]+)`/g, (_, code: string) => hint(code))
          .replace(/^- /, `${faint('•')} `),
      )
  }
  return lines.join('\n')
}
