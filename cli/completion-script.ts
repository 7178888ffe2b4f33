import type { Command, Option } from 'commander'

/** The shells that there is a script for. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof shells)[number]

/** What can follow `hocl`, for the scripts. */
interface Words {
  readonly name: string
  readonly summary: string
  readonly options: readonly Option[]
}

/** A script that completes commands, options, the words that options take, and files. */
export function completionScript(shell: Shell, program: Command): string {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: command.options.filter(({ hidden }) => !hidden),
  }))
  switch (shell) {
    case 'bash':
      return bash(commands)
    case 'zsh':
      return zsh(commands)
    case 'fish':
      return fish(commands)
    case 'powershell':
      return powershell(commands)
  }
}

function names(commands: readonly Words[]): string {
  return commands.map(({ name }) => name).join(' ')
}

function flags({ options }: Words): string {
  return [...options.map(({ long }) => long ?? ''), '--help'].join(' ')
}

function bash(commands: readonly Words[]): string {
  const choices = new Map<string, readonly string[]>()
  for (const { options } of commands)
    for (const { long, argChoices } of options)
      if (long !== undefined && argChoices !== undefined) choices.set(long, argChoices)
  return `_hocl() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  COMPREPLY=()
  case "$before" in
${[...choices].map(([flag, words]) => `    ${flag}) COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word")); return ;;`).join('\n')}
  esac
  if [[ "$word" == -* ]]; then
    case "$command" in
${commands.map((each) => `      ${each.name}) COMPREPLY=($(compgen -W "${flags(each)}" -- "$word")) ;;`).join('\n')}
      *) COMPREPLY=($(compgen -W "--version --help" -- "$word")) ;;
    esac
    return
  fi
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${names(commands)}" -- "$word") $(compgen -f -X '!*.hocl' -- "$word") $(compgen -d -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _hocl hocl`
}

function zsh(commands: readonly Words[]): string {
  const quoted = (text: string): string =>
    text.replaceAll("'", "'\\''").replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', '\\:')
  const option = ({ long, description, argChoices, required }: Option): string => {
    const values =
      argChoices === undefined
        ? required
          ? ':value:_files'
          : ''
        : `:value:(${argChoices.join(' ')})`
    return `        '*${long ?? ''}[${quoted(description)}]${values}'`
  }
  return `#compdef hocl
_hocl() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    _files -g '*.hocl'
    return
  fi
  case "$words[2]" in
${commands.map(({ name, options }) => `    ${name})\n      _arguments \\\n${[...options.map(option), "        '*:file:_files'"].join(' \\\n')}\n      ;;`).join('\n')}
    *) _files ;;
  esac
}
compdef _hocl hocl`
}

function fish(commands: readonly Words[]): string {
  const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
  const option = (command: string, { long, description, argChoices, required }: Option): string => {
    const values =
      argChoices === undefined ? (required ? ' -r' : '') : ` -x -a '${argChoices.join(' ')}'`
    return `complete -c hocl -n '__fish_seen_subcommand_from ${command}' -l ${(long ?? '').slice(2)} -d '${quoted(description)}'${values}`
  }
  return [
    ...commands.map(
      ({ name, summary }) =>
        `complete -c hocl -n __fish_use_subcommand -a ${name} -d '${quoted(summary)}'`,
    ),
    ...commands.flatMap(({ name, options }) => options.map((each) => option(name, each))),
  ].join('\n')
}

function powershell(commands: readonly Words[]): string {
  const list = (words: string): string =>
    words
      .split(' ')
      .map((word) => `'${word}'`)
      .join(', ')
  return `Register-ArgumentCompleter -Native -CommandName hocl -ScriptBlock {
  param($word, $ast, $position)
  $parts = @($ast.CommandElements | ForEach-Object { $_.ToString() })
  $flags = @{
${commands.map((each) => `    '${each.name}' = @(${list(flags(each))})`).join('\n')}
  }
  if ($word -like '-*' -and $parts.Count -gt 1 -and $flags.ContainsKey($parts[1])) { $words = $flags[$parts[1]] }
  elseif ($parts.Count -le 1 -or ($parts.Count -eq 2 -and $word -ne '')) { $words = @(${list(names(commands))}) }
  else { return }
  $words | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}`
}
