import type { Command } from 'commander'
import { Option } from 'commander'
import { defineCancel, defineDrain } from '../cluster/ending.ts'
import { defineResult, defineWatch } from '../cluster/follow.ts'
import { defineInject } from '../cluster/inject.ts'
import { defineList, defineStatus, defineTop } from '../cluster/overview.ts'
import { defineServer } from '../cluster/own-server.ts'
import { clusterRequest, notOnNodes } from '../cluster/request.ts'
import { replicasOption } from '../cluster/server.ts'
import { defineSnapshot } from '../cluster/snapshot.ts'
import { defineSubmit } from '../cluster/submit.ts'
import { suggest } from '../../grammar/index.ts'
import { common, count } from '../options.ts'
import { addRunOptions, requestOf } from '../run/request.ts'
import { run } from '../run/run.ts'
import { UsageError } from '../usage-error.ts'
import type { Terminal } from '../terminal.ts'

/** `hocl cluster …`: programs on several nodes that share a solution. */
export function define(command: Command, terminal: Terminal): void {
  defineRun(command, terminal)
  for (const [name, summary, defineIt] of others)
    defineIt(described(command, name, summary), terminal)
  common(command)
    .helpCommand(false)
    .addHelpText('after', groupExamples)
    .action((_: unknown, { args: [word] }: Command) => {
      throw word === undefined
        ? new UsageError('what is to be done with a cluster?', 'write `hocl cluster run FILE`')
        : unknownCommand(word)
    })
    .allowExcessArguments()
}

/** In the order of the help. */
const others: readonly (readonly [
  name: string,
  summary: string,
  defineIt: (command: Command, terminal: Terminal) => void,
])[] = [
  ['server', 'start the nats-server of this machine so that it writes at once', defineServer],
  ['submit', 'give a program to the nodes at a server, and leave it with them', defineSubmit],
  ['ls', 'list the solutions at a server', defineList],
  ['status', 'say how a solution stands, or who is at a server', defineStatus],
  ['top', 'show solutions and nodes each second', defineTop],
  ['inject', 'put molecules into a solution', defineInject],
  ['watch', 'say what happens to a solution until it is inert', defineWatch],
  ['result', 'wait until a solution is inert, and print it', defineResult],
  ['snapshot', 'write all molecules of a solution as they are now', defineSnapshot],
  ['drain', 'let a node give its shards away and end', defineDrain],
  ['cancel', 'end a solution on all nodes and forget it', defineCancel],
]

function described(command: Command, name: string, summary: string): Command {
  return command.command(name).summary(summary).description(summary)
}

function unknownCommand(word: string): UsageError {
  const names = ['run', ...others.map(([name]) => name)]
  const similar = suggest(word, names)
  const hint =
    similar === undefined
      ? `there are ${names.join(', ')}`
      : `did you mean \`hocl cluster ${similar}\`?`
  return new UsageError(`there is no \`hocl cluster ${word}\``, hint)
}

function defineRun(command: Command, terminal: Terminal): void {
  const running = command
    .command('run')
    .summary('run a program on several nodes and print the result')
    .description('run a program on several nodes that share its solution, and print the result')
    .argument('<file>', 'a program, or `-` for the standard input')
    .addOption(count('--nodes <n>', 'how many nodes (default: 3)', 64))
    .addOption(count('--shards <n>', 'into how many parts the solution goes (default: 16)', 4096))
    .addOption(new Option('--nats <url>', 'on the nodes at this server, `nats://127.0.0.1:4222`'))
    .addOption(replicasOption())
    .addOption(new Option('--local', 'on nodes in this process, without a server (the default)'))
  common(addRunOptions(running))
  for (const option of running.options) if (notOnNodes.has(option.long ?? '')) option.hideHelp()
  running
    .addHelpText('after', examples)
    .action(async (file: string, flags: Readonly<Record<string, unknown>>) => {
      const request = { ...requestOf(file, flags), cluster: clusterRequest(flags) }
      process.exitCode = await run(request, terminal)
    })
}

const examples = `
Examples:
  hocl cluster run words.hocl --in LINE=book.txt         three nodes in this process
  hocl cluster run words.hocl --nodes 5 --shards 64
  hocl cluster run words.hocl --nats nats://127.0.0.1:4222     nodes started by \`hocl node\`
  hocl plan words.hocl --cluster                         where the molecules would go

Without --nats all nodes are in this process, and share the solution over memory. The result goes to
the standard output, all else to the standard error output. Exit codes: as of \`hocl run\`, and 5 where
the server cannot be reached.`

const groupExamples = `
Examples, with NATS_URL=nats://127.0.0.1:4222 and nodes started by \`hocl node\`:
  hocl cluster submit words.hocl --name words --in LINE=book.txt
  hocl cluster status words
  hocl cluster inject words 'LINE:"one more line"'
  hocl cluster result words                              waits, and prints it like \`hocl run\`
  hocl cluster cancel words

Exit codes: 0 all is well, 1 refused, 2 wrong usage or nothing of that name, 3 a limit, 4 failed,
5 where the server or the nodes cannot be reached, 130 Ctrl-C.`
