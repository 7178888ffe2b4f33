import type { Command } from 'commander'
import { Option } from 'commander'
import { render } from '../../grammar/index.ts'
import type { GoldenFinding } from '../../interpreter/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { machineMaker, machineNames } from '../machine.ts'
import type { MachineName } from '../machine.ts'
import { choice, common, count, repeated } from '../options.ts'
import { report } from '../report.ts'
import { counted, timeText } from '../run/wording.ts'
import type { Terminal } from '../terminal.ts'
import { findTests, runTest } from '../test-files.ts'
import type { ProgramTest, TestSettings } from '../test-files.ts'
import { update } from '../test-update.ts'
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
  const settings: TestSettings = {
    make: await machineMaker(flags.engine ?? 'vm'),
    seeds: flags.seeds ?? 5,
    hosts: flags.host ?? [],
  }
  if (settings.seeds === 0)
    throw new UsageError('`--seeds` takes a whole number from 1 on, not `0`')
  const tests = chosen(findTests(paths), flags.filter)
  return flags.update === true
    ? updateAll(tests, settings, terminal)
    : runAll(tests, settings, terminal)
}

function chosen(tests: readonly ProgramTest[], filter = ''): readonly ProgramTest[] {
  if (tests.length === 0)
    throw new UsageError(
      'there is nothing to test',
      'a test is a program with a mark, `//=> < … >`: see `hocl help tests`',
    )
  const found = tests.filter(({ name }) => name.includes(filter))
  if (found.length > 0) return found
  const similar = tests.find(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
  throw new UsageError(
    `no test has \`${filter}\` in its name`,
    similar === undefined ? namesOf(tests) : `did you mean \`${similar.name}\`?`,
  )
}

function namesOf([first, ...others]: readonly ProgramTest[]): string {
  const name = `\`${first?.name ?? ''}\``
  return others.length === 0
    ? `there is 1 test, ${name}`
    : `there are ${counted(others.length + 1, 'test')}, such as ${name}`
}

async function runAll(
  tests: readonly ProgramTest[],
  settings: TestSettings,
  terminal: Terminal,
): Promise<number> {
  let failed = 0
  let code: number = exitCodes.success
  for (const each of tests) {
    const { good, faint } = terminal.palette
    const start = performance.now()
    const findings = await attempt(each, terminal, () => runTest(each, settings))
    if (typeof findings !== 'number' && findings.length === 0) {
      const time = faint(`(${timeText(performance.now() - start)})`)
      terminal.tell(`${good('✓')} ${each.name} ${time}`)
      continue
    }
    failed++
    code = Math.max(code, typeof findings === 'number' ? findings : exitCodes.wrong)
    if (typeof findings !== 'number') showFailure(each, findings, terminal)
  }
  terminal.print(`${tests.length - failed} passed, ${failed} failed`)
  return code
}

async function updateAll(
  tests: readonly ProgramTest[],
  settings: TestSettings,
  terminal: Terminal,
): Promise<number> {
  const numbers = { right: 0, written: 0, left: 0 }
  let code: number = exitCodes.success
  for (const each of tests) {
    const updated = await attempt(each, terminal, () => update(each, settings))
    if (typeof updated === 'number') {
      numbers.left++
      code = Math.max(code, updated)
      continue
    }
    const { kind, findings } = updated
    numbers[kind]++
    if (kind === 'written') terminal.tell(`${terminal.palette.good('✎')} ${each.name}`)
    if (findings.length === 0) continue
    code = Math.max(code, exitCodes.wrong)
    showFailure(each, findings, terminal)
  }
  const { right, written, left } = numbers
  terminal.print(`${written} written, ${right} right as they were, ${left} left alone`)
  return code
}

/** What keeps a program from being read is shown, and the next one has its turn. Then it gives the exit code. */
async function attempt<T>(
  { name }: ProgramTest,
  terminal: Terminal,
  work: () => Promise<T>,
): Promise<T | number> {
  try {
    return await work()
  } catch (failure) {
    terminal.complain(`${terminal.palette.error('✗')} ${name}`)
    const code = report(failure, terminal)
    if (code === exitCodes.bug) throw failure
    return code
  }
}

/** A sentence with its line; for what is wrong with the program itself, the picture. */
function showFailure(
  { name }: ProgramTest,
  findings: readonly GoldenFinding[],
  terminal: Terminal,
): void {
  const lines = findings.map(({ text, line, diagnostic }) => {
    if (diagnostic !== undefined) return render(diagnostic, { colour: terminal.hasMessageColour })
    return line === undefined ? text : `${name}:${line}: ${text}`
  })
  terminal.complain([`${terminal.palette.error('✗')} ${name}`, ...lines.map(indented)].join('\n'))
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ')
}
