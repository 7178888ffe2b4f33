import type { Command } from 'commander'
import { Option } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { machineMaker, machineNames } from '../machine.ts'
import type { MachineName } from '../machine.ts'
import { choice, common, count, repeated } from '../options.ts'
import { report } from '../report.ts'
import { timeText } from '../run/wording.ts'
import type { Terminal } from '../terminal.ts'
import { findTests, runTest, update } from '../test-files.ts'
import type { ProgramTest, TestSettings } from '../test-files.ts'
import { UsageError } from '../usage-error.ts'

interface Flags {
  readonly filter?: string
  readonly engine?: MachineName
  readonly seeds?: number
  readonly host?: readonly string[]
  readonly update?: boolean
}

/** `hocl test`: runs programs with several seeds and compares what comes out with their marks. */
export function define(command: Command, terminal: Terminal): void {
  common(
    command.argument(
      '[files...]',
      'programs, modules, or folders of them; this folder if not given',
    ),
  )
    .addOption(new Option('--filter <text>', 'only tests whose name has this text'))
    .addOption(count('--seeds <n>', 'how many seeds each program runs with (default: 5)'))
    .addOption(choice('--engine <name>', 'what reduces (default: vm)', machineNames))
    .addOption(
      repeated(
        '--host <file>',
        'a .ts or .js file whose functions and classes are called; repeatable',
      ),
    )
    .addOption(
      new Option(
        '--update',
        'write what comes out into the marks `//=>`; read the change afterwards',
      ),
    )
    .addHelpText('after', '\n`hocl help tests` explains the marks.')
    .action(async (files: readonly string[], flags: Flags) => {
      process.exitCode = await test(files.length === 0 ? ['.'] : files, flags, terminal)
    })
}

async function test(paths: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const tests = findTests(paths).filter(({ name }) => name.includes(flags.filter ?? ''))
  if (tests.length === 0)
    throw new UsageError(
      'there is nothing to test',
      'a test is a program with a mark, `//=> < … >`: see `hocl help tests`',
    )
  const settings: TestSettings = {
    make: await machineMaker(flags.engine ?? 'vm'),
    seeds: Math.max(1, flags.seeds ?? 5),
    hosts: flags.host ?? [],
  }
  let failed = 0
  for (const each of tests) {
    if (flags.update === true) await update(each, settings)
    else if (!(await passes(each, settings, terminal))) failed++
  }
  if (flags.update === true) {
    terminal.tell(`${tests.length} read again`)
    return exitCodes.success
  }
  terminal.print(`${tests.length - failed} passed, ${failed} failed`)
  return failed === 0 ? exitCodes.success : exitCodes.wrong
}

/** Shows how one test went. What keeps a program from being read is a failure, too. */
async function passes(
  each: ProgramTest,
  settings: TestSettings,
  terminal: Terminal,
): Promise<boolean> {
  const { good, error, faint } = terminal.palette
  const start = performance.now()
  try {
    const failures = await runTest(each, settings)
    const time = faint(`(${timeText(performance.now() - start)})`)
    if (failures.length === 0) terminal.tell(`${good('✓')} ${each.name} ${time}`)
    else
      terminal.complain(
        [`${error('✗')} ${each.name}`, ...failures.map((line) => `    ${line}`)].join('\n'),
      )
    return failures.length === 0
  } catch (failure) {
    terminal.complain(`${error('✗')} ${each.name}`)
    if (report(failure, terminal) === exitCodes.bug) throw failure
    return false
  }
}
