import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Option } from 'commander'
import { format, Source } from '../../grammar/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { readText, STDIN, unwritable } from '../files.ts'
import { foundFiles } from '../hocl-files.ts'
import type { Found } from '../hocl-files.ts'
import { common } from '../options.ts'
import { hasErrors, Rejection } from '../rejection.ts'
import { report } from '../report.ts'
import { counted } from '../run/wording.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

interface Flags {
  readonly check?: boolean
  readonly stdin?: boolean
}

/** `hocl fmt`: lays programs out, in their files or from the standard input to the standard output. */
export function define(command: Command, terminal: Terminal): void {
  common(command.argument('[files...]', 'programs, or folders of them'))
    .addOption(
      new Option(
        '--check',
        'write nothing; list the files that are laid out otherwise, and exit with 1',
      ),
    )
    .addOption(new Option('--stdin', 'format the standard input to the standard output'))
    .action(async (files: readonly string[], flags: Flags) => {
      process.exitCode = await run(files, flags, terminal)
    })
}

async function run(paths: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const isStdin = flags.stdin === true || (paths.length === 1 && paths[0] === '-')
  if (isStdin && paths.filter((path) => path !== '-').length > 0)
    throw new UsageError('`--stdin` takes no files')
  if (isStdin) return formatStdin(flags, terminal)
  if (paths.length === 0)
    throw new UsageError(
      'name the files to format',
      '`hocl fmt .` formats all programs in this folder',
    )
  return formatFiles(foundFiles(paths), flags.check === true, terminal)
}

async function formatStdin({ check }: Flags, terminal: Terminal): Promise<number> {
  const text = readText('-')
  const after = formatted(STDIN, text)
  if (check === true) return text === after ? exitCodes.success : exitCodes.wrong
  await terminal.printPieces([after])
  return exitCodes.success
}

/** One file with errors does not keep the others from being formatted. */
function formatFiles(found: readonly Found[], isCheck: boolean, terminal: Terminal): number {
  let changed = 0
  let failed = 0
  let code: number = exitCodes.success
  for (const each of found) {
    try {
      if ('trouble' in each) throw each.trouble
      if (!formatFile(each.file, isCheck, terminal)) continue
      changed++
    } catch (error) {
      failed++
      code = Math.max(code, report(error, terminal))
    }
  }
  const what = isCheck ? 'would change' : 'changed'
  const parts = [
    counted(found.length, 'file'),
    changed === 0 ? `none ${what}` : `${changed} ${what}`,
    ...(failed === 0 ? [] : [`${failed} could not be formatted`]),
  ]
  terminal.tell(parts.join(', '))
  return isCheck && changed > 0 ? Math.max(code, exitCodes.wrong) : code
}

/** Whether a file was laid out otherwise. */
function formatFile(file: string, isCheck: boolean, terminal: Terminal): boolean {
  const text = readText(file)
  const after = formatted(file, text)
  if (text === after) return false
  if (isCheck) terminal.print(file)
  else write(file, after, terminal)
  return true
}

function write(file: string, text: string, terminal: Terminal): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw unwritable(`\`${file}\``, error)
  }
  terminal.tell(`formatted ${file}`)
}

function formatted(name: string, text: string): string {
  const { text: after, diagnostics } = format(new Source(name, text))
  if (hasErrors(diagnostics))
    throw new Rejection(diagnostics.filter(({ severity }) => severity === 'error'))
  return after
}
