import { suffixes } from './shell-words.ts'
import type { Argument, Flag, ShellWords } from './shell-words.ts'

/** For bash. A word with `=` comes in three parts, as `=` breaks words there. */
export function bash({ flags, commands, first }: ShellWords): string {
  const all = [...flags, ...commands.flatMap((command) => command.flags)]
  const valued = unique(all.filter(({ value }) => value !== undefined))
  const separate = valued.filter(({ isOptional }) => !isOptional)
  const known = commands.map(({ name }) => name).join('|')
  return `_hocl_files() {
  local suffix
  local IFS=$'\\n'
  COMPREPLY+=($(compgen -d -- "$word"))
  for suffix in "$@"; do COMPREPLY+=($(compgen -f -X "!*.$suffix" -- "$word")); done
}
_hocl() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" joined="" command="" i
  COMPREPLY=()
  if [[ "$word" == "=" ]]; then
    word="" joined=1
  elif [[ "$before" == "=" ]]; then
    before="\${COMP_WORDS[COMP_CWORD-2]}" joined=1
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${separate.map(({ long }) => long).join('|')})
        if [[ "\${COMP_WORDS[i+1]}" == "=" ]]; then ((i += 2)); else ((i += 1)); fi ;;
      =) ((i += 1)) ;;
      -?*) ;;
      ${known}) command="\${COMP_WORDS[i]}"; break ;;
      *) command=run; break ;;
    esac
  done
  case "$before" in
${separate.map(({ long, value }) => `    ${long}) ${reply(value)} return ;;`).join('\n')}
  esac
  if [[ -n "$joined" ]]; then
    case "$before" in
${valued
  .filter(({ isOptional }) => isOptional)
  .map(({ long, value }) => `      ${long}) ${reply(value)} ;;`)
  .join('\n')}
    esac
    return
  fi
  if [[ "$word" == -* ]]; then
    case "$command" in
${commands.map((each) => `      ${each.name}) ${wordsReply(names(each.flags))} ;;`).join('\n')}
      *) ${wordsReply(names([...flags, ...(commands[0]?.flags ?? [])]))} ;;
    esac
    return
  fi
  case "$command" in
${commands.map(({ name, argument }) => `    ${name}) ${reply(argument)} ;;`).join('\n')}
    *) ${reply(first)} ;;
  esac
}
complete -o filenames -F _hocl hocl`
}

function names(flags: readonly Flag[]): readonly string[] {
  return [...new Set(flags.map(({ long }) => long))]
}

function unique(flags: readonly Flag[]): readonly Flag[] {
  return [...new Map(flags.map((flag) => [flag.long, flag])).values()]
}

/** What sets the answer; ends with a semicolon. */
function reply(argument: Argument | undefined): string {
  if (argument === undefined) return ':;'
  const { words, files } = argument
  const parts = [
    ...(words.length === 0 ? [] : [wordsReply(words)]),
    ...(files === 'none' ? [] : [filesReply(suffixes[files])]),
  ]
  return parts.length === 0 ? ':;' : parts.map((part) => `${part};`).join(' ')
}

function wordsReply(words: readonly string[]): string {
  return `COMPREPLY+=($(compgen -W "${words.join(' ')}" -- "$word"))`
}

function filesReply(known: readonly string[] | undefined): string {
  if (known?.length === 0) return `local IFS=$'\\n'; COMPREPLY+=($(compgen -f -- "$word"))`
  return ['_hocl_files', ...(known ?? [])].join(' ')
}
