import { suffixes } from './shell-words.ts'
import type { Argument, CommandWords, Flag, ShellWords } from './shell-words.ts'

/** For fish. Files are listed by a function, as fish knows suffixes only as a preference. */
export function fish({ flags, commands, first }: ShellWords): string {
  const names = commands.map(({ name }) => name)
  return [
    'function __hocl_files',
    '    set -l word (commandline -ct | string replace -r -- "^--[a-z-]+=" "")',
    '    for path in $word*',
    '        if test -d "$path"',
    '            echo "$path/"',
    '        else if test (count $argv) -gt 0; and string match -qr -- "\\.("(string join "|" $argv)")\\$" "$path"',
    '            echo "$path"',
    '        end',
    '    end',
    'end',
    'complete -c hocl -f',
    ...commands.map(
      ({ name, summary }) =>
        `complete -c hocl -n __fish_use_subcommand -a ${name} -d '${quoted(summary)}'`,
    ),
    ...argumentLines('__fish_use_subcommand', { ...first, words: [] }),
    ...flags.map((flag) => flagLine('__fish_use_subcommand', flag)),
    ...commands.flatMap((command) => commandLines(command, names)),
  ].join('\n')
}

/** A program without a command is run: its flags are there as long as no other command is. */
function commandLines(
  { name, flags, argument }: CommandWords,
  names: readonly string[],
): readonly string[] {
  const others = names.filter((each) => each !== name).join(' ')
  const when = `__fish_seen_subcommand_from ${name}`
  const flagsWhen = name === 'run' ? `not __fish_seen_subcommand_from ${others}` : when
  return [...flags.map((flag) => flagLine(flagsWhen, flag)), ...argumentLines(when, argument)]
}

function argumentLines(when: string, argument: Argument): readonly string[] {
  const answer = answerOf(argument)
  if (answer === undefined) return []
  return [`complete -c hocl -n '${when}' ${answer}`]
}

function flagLine(when: string, { long, short, summary, value, isOptional }: Flag): string {
  const name = `-l ${long.slice(2)}${short === undefined ? '' : ` -s ${short.slice(1)}`}`
  const needs = value === undefined || isOptional ? '' : value.files === 'all' ? ' -r' : ' -x'
  const answer = value === undefined ? undefined : answerOf(value)
  const given = answer === undefined ? '' : ` ${answer}`
  return `complete -c hocl -n '${when}' ${name} -d '${quoted(summary)}'${needs}${given}`
}

/** What completes it, as flags of `complete`; undefined for nothing. */
function answerOf({ words, files }: Argument): string | undefined {
  if (files === 'all') return '-F'
  const known = suffixes[files] ?? []
  const list = files === 'none' ? [] : [`(${['__hocl_files', ...known].join(' ')})`]
  const all = [...words, ...list]
  return all.length === 0 ? undefined : `-a '${all.join(' ')}'`
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
}
