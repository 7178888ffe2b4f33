import type { Command } from 'commander'
import { markdownText } from '../markdown.ts'
import { common } from '../options.ts'
import { codesWithPages, pageOf } from '../pages.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

/** `hocl explain CODE`: the page about a code, with an example and what to write instead. */
export function define(command: Command, terminal: Terminal): void {
  common(
    command.argument('[code]', 'as in a message: HOCL203, or 203; without one, all codes'),
  ).action((given: string | undefined) => {
    if (given === undefined) list(terminal)
    else explain(given, terminal)
  })
}

function explain(given: string, terminal: Terminal): void {
  const code = /^\d+$/.test(given) ? `HOCL${given}` : given.toUpperCase()
  const page = pageOf(code)
  if (page === undefined) {
    // One number is as near to another as any: only the letters can be mended.
    const meant = `HOCL${/\d+$/.exec(given)?.[0] ?? ''}`
    const hint = pageOf(meant) === undefined ? codesFrom(code) : `did you mean \`${meant}\`?`
    throw new UsageError(`there is no code \`${given}\``, hint)
  }
  terminal.print(markdownText(page, terminal.resultPalette, terminal.hasColour))
}

/** The codes that begin so, where there are any. */
function codesFrom(start: string): string {
  const [first, ...others] = codesWithPages().filter((code) => code.startsWith(start))
  const last = others.at(-1)
  if (first === undefined || start === 'HOCL') return '`hocl explain` lists the codes'
  return last === undefined ? `did you mean \`${first}\`?` : `so begin ${first} to ${last}`
}

function list(terminal: Terminal): void {
  for (const code of codesWithPages()) {
    const [title = ''] = (pageOf(code) ?? '').split('\n')
    terminal.print(title.replace(/^# /, ''))
  }
}
