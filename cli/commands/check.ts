import type { Command } from 'commander'
import { Option } from 'commander'
import { renderAll } from '../../grammar/index.ts'
import type { Diagnostic, Severity } from '../../grammar/index.ts'
import { diagnosticsOf, firstSolution } from '../../interpreter/index.ts'
import type { Host } from '../../interpreter/index.ts'
import { planChecks } from '../../vm/index.ts'
import { diagnosticJson, errorJson, rejectionJson } from '../diagnostic-json.ts'
import { exitCodes } from '../exit-codes.ts'
import { foundFiles } from '../hocl-files.ts'
import type { Found } from '../hocl-files.ts'
import { hostOf, load } from '../load.ts'
import { common, repeated } from '../options.ts'
import { hasErrors, Rejection } from '../rejection.ts'
import { exitCodeOf, report } from '../report.ts'
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

/** What was found in one file, or why it could not be looked at. */
interface Checked {
  readonly file: string
  readonly diagnostics: readonly Diagnostic[]
  readonly trouble?: unknown
}

async function check(
  paths: readonly string[],
  { denyWarnings = false, json = false, host = [] }: Flags,
  terminal: Terminal,
): Promise<number> {
  const loaded = await loadedHost(host, json, terminal)
  if (typeof loaded === 'number') return loaded
  const checked: Checked[] = []
  for (const found of foundFiles(paths))
    checked.push(await checkedFile(found, loaded, { callsHosts: host.length > 0 }))
  const all = checked.flatMap(({ diagnostics }) => diagnostics)
  const troubles = checked.flatMap(({ trouble }) => trouble ?? [])
  const sum = summary(all, troubles.length)
  if (json) terminal.print(JSON.stringify({ files: checked.map(checkedJson), ...sum }))
  const codes = json
    ? troubles.map((trouble) => exitCodeOf(trouble))
    : checked.map((each) => tell(each, terminal))
  if (!json) terminal.tell(`${counted(checked.length, 'file')}: ${summaryText(sum)}`)
  const isWrong = hasErrors(all) || (denyWarnings && sum.warnings > 0)
  return Math.max(isWrong ? exitCodes.wrong : exitCodes.success, ...codes)
}

/** What all programs may call, or the exit code where it does not load. */
async function loadedHost(
  files: readonly string[],
  isJson: boolean,
  terminal: Terminal,
): Promise<Host | number> {
  try {
    return await hostOf(files)
  } catch (error) {
    const counts = summary([], 1)
    if (isJson) terminal.print(JSON.stringify({ files: [], ...counts, ...rejectionJson(error) }))
    return report(error, terminal)
  }
}

async function checkedFile(
  found: Found,
  host: Host,
  options: { readonly callsHosts: boolean },
): Promise<Checked> {
  const { file } = found
  if ('trouble' in found) return { file, diagnostics: [], trouble: found.trouble }
  try {
    return { file, diagnostics: await diagnosticsOfFile(file, host, options) }
  } catch (trouble) {
    if (trouble instanceof Rejection) return { file, diagnostics: trouble.diagnostics }
    if (exitCodeOf(trouble) === exitCodes.bug) throw trouble
    return { file, diagnostics: [], trouble }
  }
}

/** Shows what was found in a file. Gives the exit code for what kept it from being looked at. */
function tell({ diagnostics, trouble }: Checked, terminal: Terminal): number {
  if (diagnostics.length > 0)
    terminal.complain(`${renderAll(diagnostics, { colour: terminal.hasMessageColour })}\n`)
  return trouble === undefined ? exitCodes.success : report(trouble, terminal)
}

function checkedJson({ file, diagnostics, trouble }: Checked): object {
  const shown = { file, diagnostics: diagnostics.map(diagnosticJson) }
  return trouble === undefined ? shown : { ...shown, error: errorJson(trouble) }
}

async function diagnosticsOfFile(
  file: string,
  host: Host,
  { callsHosts }: { readonly callsHosts: boolean },
): Promise<readonly Diagnostic[]> {
  const { program } = await load(file, [], host)
  // Host functions are not called: a check has no effects.
  const diagnostics = diagnosticsOf(program, { checks: planChecks })
  if (callsHosts || hasErrors(diagnostics) || program.solution === undefined) return diagnostics
  const { diagnostic } = firstSolution(program, 1)
  return diagnostic === undefined ? diagnostics : [diagnostic, ...diagnostics]
}

type Summary = Readonly<Record<`${Severity}s`, number>>

/** What kept a file from being looked at counts as an error. */
function summary(all: readonly Diagnostic[], troubles: number): Summary {
  const count = (severity: Severity): number =>
    all.filter((each) => each.severity === severity).length
  return { errors: count('error') + troubles, warnings: count('warning'), hints: count('hint') }
}

function summaryText({ errors, warnings, hints }: Summary): string {
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(hints > 0 ? [counted(hints, 'hint')] : []),
  ]
  return parts.length === 0 ? 'nothing to report' : parts.join(', ')
}
