import type { Command } from 'commander'
import { load, warningsOf } from '../load.ts'
import { planOf } from '../machine.ts'
import { common, repeated } from '../options.ts'
import type { Terminal } from '../terminal.ts'

/** `hocl plan FILE`: what each rule was compiled to, and why. */
export function define(command: Command, terminal: Terminal): void {
  common(command.argument('<file>', 'a program, or `-` for the standard input'))
    .addOption(
      repeated(
        '--host <file>',
        'a .ts or .js file whose functions and classes are called; repeatable',
      ),
    )
    .action(async (file: string, { host = [] }: { readonly host?: readonly string[] }) => {
      const { program } = await load(file, host)
      warningsOf(program)
      terminal.print((await planOf(program)).trimEnd())
    })
}
