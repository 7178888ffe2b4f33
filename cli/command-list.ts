import type { Command } from 'commander'
import type { Terminal } from './terminal.ts'

/** What a file of `commands/` exports. */
interface CommandModule {
  define(command: Command, terminal: Terminal): void
}

/** A command as the list of commands shows it. Its file is loaded when it is called: a start is to cost little. */
export interface ListedCommand {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<CommandModule>
}

/** In the order of the help. */
export const commandList: readonly ListedCommand[] = [
  {
    name: 'run',
    summary: 'run a program until it is inert and print the result',
    load: () => import('./commands/run.ts'),
  },
]
