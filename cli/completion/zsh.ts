import { suffixes } from './shell-words.ts'
import type { Argument, CommandWords, Flag, ShellWords } from './shell-words.ts'

/** For zsh, whose own functions know how options and their values are written. */
export function zsh({ flags, commands }: ShellWords): string {
  const [run] = commands
  const mixed = commands.filter(({ argument }) => isMixed(argument))
  return `#compdef hocl
${mixed.map(({ name, argument }) => `_hocl_${name}() {\n  compadd -- ${argument.words.join(' ')}\n  ${filesAction(argument)}\n}\n`).join('')}_hocl() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`).join('\n')}
  )
  _arguments -C \\
${lines([...flags.map(option), "'1: :->first'", "'*:: :->rest'"], 4)}
  case "$state" in
    first)
      _describe -t commands 'command' commands
      _files -g '*.hocl' ;;
    rest)
      case "$words[1]" in
${commands.map((each) => branch(each.name, each)).join('\n')}
${run === undefined ? '' : branch('*', run)}
      esac ;;
  esac
}
compdef _hocl hocl`
}

/** What follows a command; without one, what follows `run`. */
function branch(pattern: string, { name, flags, argument }: CommandWords): string {
  const action = isMixed(argument) ? `_hocl_${name}` : actionOf(argument)
  const specs = [...flags.map(option), `'*: :${action}'`]
  return `        ${pattern})\n          _arguments \\\n${lines(specs, 12)} ;;`
}

function lines(specs: readonly string[], indent: number): string {
  return specs.map((each) => ' '.repeat(indent) + each).join(' \\\n')
}

/** `--seed=[what it does]:value:(random)`. The star lets it come again, as some do. */
function option({ long, short, summary, value, isOptional }: Flag): string {
  const text = `[${quoted(summary)}]`
  const after = value === undefined ? '' : `${isOptional ? '::' : ':'}value:${actionOf(value)}`
  const sign = value === undefined ? '' : isOptional ? '=-' : '='
  const whole = `'*${long}${sign}${text}${after}'`
  return short === undefined ? whole : `'*${short}${text}${after}' ${whole}`
}

function isMixed({ words, files }: Argument): boolean {
  return words.length > 0 && files !== 'none'
}

/** An action in a specification; a space is one that offers nothing. */
function actionOf(argument: Argument): string {
  if (argument.files !== 'none') return filesAction(argument)
  return argument.words.length === 0 ? ' ' : `(${argument.words.join(' ')})`
}

function filesAction({ files }: Argument): string {
  if (files === 'folders') return '_files -/'
  const known = suffixes[files] ?? []
  return known.length === 0 ? '_files' : `_files -g "*.(${known.join('|')})"`
}

function quoted(text: string): string {
  return text
    .replaceAll("'", "'\\''")
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replaceAll(':', '\\:')
}
