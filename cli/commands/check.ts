import type { Command } from 'commander'
import { Option } from 'commander'
import { renderAll } from '../../grammar/index.ts'
import type { Diagnostic, Severity } from '../../grammar/index.ts'
import { diagnosticsOf, firstSolution } from '../../interpreter/index.ts'
import { diagnosticJson } from '../diagnostic-json.ts'
import { exitCodes } from '../exit-codes.ts'
import { hoclFiles } from '../hocl-files.ts'
import { load } from '../load.ts'
import { common, repeated } from '../options.ts'
import { hasErrors } from '../rejection.ts'
import { counted } from '../run/wording.ts'
import type { Terminal } from '../terminal.ts'

interface Flags {
  readonly denyWarnings?: boolean
  readonly json?: boolean
  readonly host?: readonly string[]
}

/** `hocl check`: reports mistakes without running anything. */
export function define(command: Command, terminal: Terminal): void {
  common(
    command.argument('<files...>', 'programs, modules, or folders of them; `-` for standard input'),
  )
    .addOption(new Option('--deny-warnings', 'exit with 1 when there are warnings, too'))
    .addOption(new Option('--json', 'print one JSON object: the diagnostics of each file'))
    .addOption(
      repeated(
        '--host <file>',
        'a .ts or .js file whose functions and classes are called; repeatable',
      ),
    )
    .action(async (files: readonly string[], flags: Flags) => {
      process.exitCode = await check(files, flags, terminal)
    })
}

async function check(
  paths: readonly string[],
  { denyWarnings = false, json = false, host = [] }: Flags,
  terminal: Terminal,
): Promise<number> {
  const checked: { readonly file: string; readonly diagnostics: readonly Diagnostic[] }[] = []
  for (const file of hoclFiles(paths))
    checked.push({ file, diagnostics: await diagnosticsOfFile(file, host) })
  const all = checked.flatMap(({ diagnostics }) => diagnostics)
  if (json) {
    const files = checked.map((each) => ({
      ...each,
      diagnostics: each.diagnostics.map(diagnosticJson),
    }))
    terminal.print(JSON.stringify({ files, ...summary(all) }))
  } else {
    for (const { diagnostics } of checked)
      if (diagnostics.length > 0)
        terminal.complain(`${renderAll(diagnostics, { colour: terminal.hasMessageColour })}\n`)
    terminal.tell(`${counted(checked.length, 'file')}: ${summaryText(all)}`)
  }
  const isWrong =
    hasErrors(all) || (denyWarnings && all.some(({ severity }) => severity === 'warning'))
  return isWrong ? exitCodes.wrong : exitCodes.success
}

async function diagnosticsOfFile(
  file: string,
  hosts: readonly string[],
): Promise<readonly Diagnostic[]> {
  const { program } = await load(file, hosts)
  // Host functions are not called: a check has no effects.
  const diagnostics = diagnosticsOf(program)
  if (hosts.length > 0 || hasErrors(diagnostics) || program.solution === undefined)
    return diagnostics
  const { diagnostic } = firstSolution(program, 1)
  return diagnostic === undefined ? diagnostics : [diagnostic, ...diagnostics]
}

function summary(all: readonly Diagnostic[]): Readonly<Record<`${Severity}s`, number>> {
  const count = (severity: Severity): number =>
    all.filter((each) => each.severity === severity).length
  return { errors: count('error'), warnings: count('warning'), hints: count('hint') }
}

function summaryText(all: readonly Diagnostic[]): string {
  const { errors, warnings, hints } = summary(all)
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(hints > 0 ? [counted(hints, 'hint')] : []),
  ]
  return parts.length === 0 ? 'nothing to report' : parts.join(', ')
}
