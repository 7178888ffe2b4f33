import { suffixes } from './shell-words.ts'
import type { Argument, CommandWords, Flag, ShellWords } from './shell-words.ts'

/** For PowerShell, which offers all files where nothing else is offered. */
export function powershell({ flags, commands, first }: ShellWords): string {
  const [run] = commands
  const valued = [...flags, ...commands.flatMap((command) => command.flags)].filter(
    ({ value }) => value !== undefined,
  )
  const values = new Map(valued.map((flag) => [flag.long, flag]))
  const separate = [...values.values()].filter(({ isOptional }) => !isOptional)
  return `Register-ArgumentCompleter -Native -CommandName hocl -ScriptBlock {
  param($word, $ast, $position)
  $flags = @{
    '' = ${list(namesOf([...flags, ...(run?.flags ?? [])]))}
${commands.map((each) => `    '${each.name}' = ${list(namesOf(each.flags))}`).join('\n')}
  }
  $values = @{
${[...values.values()].map(({ long, value }) => `    '${long}' = ${argument(value)}`).join('\n')}
  }
  $separate = ${list(separate.map(({ long }) => long))}
  $arguments = @{
    '' = ${argument(first)}
${commands.map((each: CommandWords) => `    '${each.name}' = ${argument(each.argument)}`).join('\n')}
  }
  $before = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  $command = ''
  for ($i = 1; $i -lt $before.Count; $i++) {
    if ($separate -contains $before[$i]) { $i++ }
    elseif ($before[$i] -notlike '-?*') {
      $command = if ($arguments.ContainsKey($before[$i])) { $before[$i] } else { 'run' }
      break
    }
  }
  $prefix = ''
  if ($word -match '^(--[a-z-]+)=(.*)$') {
    $prefix = $Matches[1] + '='
    $answer = $values[$Matches[1]]
    $word = $Matches[2]
  }
  elseif ($before.Count -gt 1 -and $separate -contains $before[-1]) { $answer = $values[$before[-1]] }
  elseif ($word -like '-*') { $answer = @{ words = $flags[$command]; files = $null } }
  else { $answer = $arguments[$command] }
  if ($null -eq $answer) { return }
  $found = @($answer.words | Where-Object { $_ -like "$word*" })
  if ($null -ne $answer.files) {
    $folder = $word -replace '[^/\\\\]*$', ''
    $found += @(Get-ChildItem -Path "$word*" -ErrorAction Ignore |
      Where-Object { $_.PSIsContainer -or $answer.files -contains $_.Extension -or $answer.files -contains '*' } |
      ForEach-Object { $folder + $_.Name })
  }
  $found | ForEach-Object {
    $text = if ($_ -match '\\s') { "'" + $prefix + $_ + "'" } else { $prefix + $_ }
    [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
  }
}`
}

function namesOf(flags: readonly Flag[]): readonly string[] {
  return [...new Set(flags.map(({ long }) => long))]
}

/** Extensions with their dot; \`$null\` for no files, none for folders only. */
function argument(given: Argument | undefined): string {
  const { words, files } = given ?? { words: [], files: 'none' as const }
  const known = files === 'all' ? ['*'] : (suffixes[files] ?? []).map((each) => `.${each}`)
  return `@{ words = ${list(words)}; files = ${files === 'none' ? '$null' : list(known)} }`
}

function list(words: readonly string[]): string {
  return `@(${words.map((word) => `'${word}'`).join(', ')})`
}
