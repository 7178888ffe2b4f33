import type { Command } from 'commander'
import { renderAll } from '../../grammar/index.ts'
import { hostOf } from '../load.ts'
import { machineMaker, machineNames } from '../machine.ts'
import type { MachineName } from '../machine.ts'
import { choice, common, repeated } from '../options.ts'
import { loadProgram } from '../repl/files.ts'
import { loop } from '../repl/loop.ts'
import { Session } from '../repl/session.ts'
import { Interruption } from '../run/interruption.ts'
import { seedOption } from '../run/request.ts'
import { strategiesOf } from '../strategies.ts'
import type { Terminal } from '../terminal.ts'

interface Flags {
  readonly host?: readonly string[]
  readonly engine?: MachineName
  readonly seed?: number
}

/** `hocl repl [FILE]`: a living solution to type into. */
export function define(command: Command, terminal: Terminal): void {
  common(command.argument('[file]', 'a program to start with'))
    .addOption(seedOption())
    .addOption(choice('--engine <name>', 'what reduces (default: vm)', machineNames))
    .addOption(
      repeated(
        '--host <file>',
        'a .ts or .js file whose functions and classes can be called; repeatable',
      ),
    )
    .addHelpText(
      'after',
      '\n`:help` at the prompt lists the commands. History is kept in ~/.config/hocl/history.',
    )
    .action(async (file: string | undefined, { host = [], engine = 'vm', seed = 1 }: Flags) => {
      const session = new Session(await hostOf(host), {
        make: await machineMaker(engine),
        strategies: strategiesOf(engine),
        withHosts: async (start) => {
          const { reducedWithHosts } = await import('../run/reduction.ts')
          const interruption = new Interruption()
          try {
            const machine = start(interruption.signal)
            const around = { interruption, terminal, milliseconds: Infinity }
            return await reducedWithHosts(machine, around)
          } finally {
            interruption.release()
          }
        },
      })
      session.setSeed(seed)
      if (file !== undefined) {
        await loadProgram(file, session, {
          print: (text) => {
            terminal.print(text)
          },
          tell: (text) => {
            terminal.tell(text)
          },
          warn: (diagnostics) => {
            if (diagnostics.length > 0)
              terminal.tell(renderAll(diagnostics, { colour: terminal.hasMessageColour }))
          },
          showSolution: () => undefined,
        })
      }
      process.exitCode = await loop(session, terminal)
    })
}
