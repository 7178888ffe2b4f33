import type { Command } from 'commander'
import type { Terminal } from './terminal.ts'
import type { WholeProgram } from './whole-program.ts'

/** What a file of `commands/` exports. */
interface CommandModule {
  define(command: Command, terminal: Terminal, whole: WholeProgram): void
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
  {
    name: 'check',
    summary: 'look for mistakes without running anything',
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'fmt',
    summary: 'write programs in the one layout',
    load: () => import('./commands/fmt.ts'),
  },
  {
    name: 'repl',
    summary: 'type molecules and rules into a living solution',
    load: () => import('./commands/repl.ts'),
  },
  {
    name: 'test',
    summary: 'run programs and compare what comes out with their `//=>` marks',
    load: () => import('./commands/test.ts'),
  },
  {
    name: 'explain',
    summary: 'explain the code of a message',
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'plan',
    summary: 'show what each rule was compiled to, and why',
    load: () => import('./commands/plan.ts'),
  },
  {
    name: 'cluster',
    summary: 'run a program on several nodes that share its solution',
    load: () => import('./commands/cluster.ts'),
  },
  {
    name: 'node',
    summary: 'host shards of the solutions on a NATS server',
    load: () => import('./commands/node.ts'),
  },
  {
    name: 'workflow',
    summary: 'run or draw a workflow that is described in JSON',
    load: () => import('./commands/workflow.ts'),
  },
  {
    name: 'playground',
    summary: 'write programs in the browser, and see them react',
    load: () => import('./commands/playground.ts'),
  },
  {
    name: 'doc',
    summary: 'print the documentation of a module',
    load: () => import('./commands/doc.ts'),
  },
  {
    name: 'init',
    summary: 'make a folder with a first program',
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'lsp',
    summary: 'answer an editor, in the Language Server Protocol',
    load: () => import('./commands/lsp.ts'),
  },
  {
    name: 'completion',
    summary: 'print a completion script for a shell',
    load: () => import('./commands/completion.ts'),
  },
  {
    name: 'help',
    summary: 'explain a command or a topic',
    load: () => import('./commands/help.ts'),
  },
]
