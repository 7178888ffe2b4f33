import type { Command } from 'commander'
import { Option } from 'commander'
import { clusterRequest } from '../cluster/request.ts'
import { common, count } from '../options.ts'
import { addRunOptions, requestOf } from '../run/request.ts'
import { run } from '../run/run.ts'
import { UsageError } from '../usage-error.ts'
import type { Terminal } from '../terminal.ts'

/** `hocl cluster run`: reduces a program on several nodes that share its solution. */
export function define(command: Command, terminal: Terminal): void {
  const running = command
    .command('run')
    .summary('run a program on several nodes and print the result')
    .description('run a program on several nodes that share its solution, and print the result')
    .argument('<file>', 'a program, or `-` for the standard input')
    .addOption(count('--nodes <n>', 'how many nodes (default: 3)', 64))
    .addOption(count('--shards <n>', 'into how many parts the solution goes (default: 16)', 4096))
    .addOption(new Option('--nats <url>', 'on the nodes at this server, `nats://127.0.0.1:4222`'))
    .addOption(new Option('--local', 'on nodes in this process, without a server (the default)'))
  common(addRunOptions(running))
    .addHelpText('after', examples)
    .action(async (file: string, flags: Readonly<Record<string, unknown>>) => {
      const request = { ...requestOf(file, flags), cluster: clusterRequest(flags) }
      process.exitCode = await run(request, terminal)
    })
  common(command)
    .helpCommand(false)
    .action(() => {
      throw new UsageError('what is to be done with a cluster?', 'write `hocl cluster run FILE`')
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
