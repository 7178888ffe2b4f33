import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { parse, Source } from '../../grammar/index.ts'
import { documentationOf } from '../../interpreter/index.ts'
import type { Documentation } from '../../interpreter/index.ts'
import { standardModules } from '../../stdlib/index.ts'
import { readText, STDIN } from '../files.ts'
import { markdownText } from '../markdown.ts'
import { meant } from '../meant.ts'
import { common } from '../options.ts'
import { hasErrors, Rejection } from '../rejection.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

/** `hocl doc MODULE`: what a module and its definitions say about themselves, as Markdown. */
export function define(command: Command, terminal: Terminal): void {
  common(
    command.argument(
      '[module]',
      'a file, or a standard module such as hocl.sets; without one, these',
    ),
  ).action((given: string | undefined) => {
    if (given === undefined) list(terminal)
    else terminal.print(markdownText(page(given), terminal.resultPalette, terminal.hasColour))
  })
}

function page(given: string): string {
  const source = sourceOf(given)
  const { program, diagnostics } = parse(source)
  if (hasErrors(diagnostics)) throw new Rejection(diagnostics)
  const { head, introduction, definitions } = documentationOf(source, program)
  const sections = definitions
    .filter(({ comment }) => comment !== '')
    .map(
      ({ call, text, comment }) =>
        `## ${call}\n\n\`\`\`hocl\n${text} in\n\`\`\`\n\n${spaced(comment)}`,
    )
  const bare = definitions.filter(({ comment }) => comment === '').map(({ call }) => `\`${call}\``)
  return [
    `# ${source.name}`,
    ...(head === '' ? [] : [head]),
    ...(introduction === '' ? [] : [spaced(introduction)]),
    ...sections,
    ...(bare.length === 0 ? [] : [`Without a comment: ${bare.join(', ')}.`]),
    ...(definitions.length === 0 ? ['It defines nothing that could be imported.'] : []),
  ].join('\n\n')
}

/** A code block stands apart, as Markdown wants it. */
function spaced(comment: string): string {
  return comment.replace(/([^\n])\n```hocl/g, '$1\n\n```hocl')
}

function sourceOf(given: string): Source {
  const path = given.startsWith('hocl.') ? given : `hocl.${given}`
  const text = standardModules.get(path)
  if (text !== undefined) return new Source(path, text)
  if (given.startsWith('hocl.') && !given.endsWith('.hocl')) {
    const similar = meantModule(given)
    const hint = similar === undefined ? '`hocl doc` lists them' : `did you mean \`${similar}\`?`
    throw new UsageError(`there is no standard module \`${given}\``, hint)
  }
  return new Source(given === '-' ? STDIN : given, fileText(given))
}

/** One word that is no file was perhaps to be a standard module. */
function fileText(given: string): string {
  const similar = /^[a-z]+$/i.test(given) && !existsSync(given) ? meantModule(given) : undefined
  if (similar === undefined) return readText(given)
  throw new UsageError(
    `there is no standard module and no file \`${given}\``,
    `did you mean \`${similar}\`?`,
  )
}

function meantModule(given: string): string | undefined {
  const names = [...standardModules.keys()]
  return meant(
    given,
    names.map((name) => (given.startsWith('hocl.') ? name : name.replace('hocl.', ''))),
  )
}

function list(terminal: Terminal): void {
  for (const [name, text] of standardModules) {
    const source = new Source(name, text)
    terminal.print(`${name.padEnd(14)} ${summary(documentationOf(source, parse(source).program))}`)
  }
}

function summary({ head, introduction }: Documentation): string {
  return (head === '' ? introduction : head).split('\n')[0] ?? ''
}
