import { CommanderError } from 'commander'
import { exitCodes } from './exit-codes.ts'
import { unwritable } from './files.ts'
import { prepared, programFor } from './program.ts'
import { report } from './report.ts'
import { onStandstill } from './standstill.ts'
import { isOfHost, taken } from './stray-errors.ts'
import { Terminal } from './terminal.ts'
import { usageErrorOf } from './usage-wording.ts'

/** Runs the command that the arguments name, and ends the process when all is written. */
export async function start(args: readonly string[]): Promise<void> {
  const terminal = new Terminal()
  // What escapes from a timer or a promise, of ours or of a host module.
  const fail = (error: unknown): void => {
    if (!taken(error)) void failed(error, terminal)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  onStandstill(() => {
    void import('./run/reduction.ts').then(({ unanswered }) => failed(unanswered(), terminal))
  })
  await end(await exitCode(args, terminal), terminal)
}

async function exitCode(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = programFor(terminal)
  try {
    if (args.length === 0) {
      program.outputHelp({ error: true })
      return exitCodes.usage
    }
    await program.parseAsync([...prepared(args)], { from: 'user' })
    return Number(process.exitCode ?? exitCodes.success)
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(error, terminal)
    return error.exitCode === 0 ? exitCodes.success : report(usageErrorOf(error, args), terminal)
  }
}

async function failed(error: unknown, terminal: Terminal): Promise<void> {
  const shown = isOfHost(error) ? (await import('./run/reduction.ts')).strayError(error) : error
  await end(report(shown, terminal), terminal)
}

/** A host module may have left timers or sockets open: they do not keep the process. */
async function end(code: number, terminal: Terminal): Promise<void> {
  await terminal.flush()
  process.exit(terminal.failure === undefined ? code : await unwritten(terminal))
}

/** Says why the result could not be written. */
async function unwritten(terminal: Terminal): Promise<number> {
  const code = report(unwritable('the output', terminal.failure), terminal)
  await terminal.flush()
  return code
}
