import type { Command } from 'commander'
import { Option } from 'commander'
import { hostNode } from '../cluster/host-node.ts'
import { isName } from '../../distribution/index.ts'
import { natsOption, replicasOption } from '../cluster/server.ts'
import { serverUrl } from '../cluster/server-url.ts'
import { UsageError } from '../usage-error.ts'
import { hostOption } from '../run/request.ts'
import { common } from '../options.ts'
import type { Terminal } from '../terminal.ts'

/** `hocl node`: hosts shards of the solutions on a NATS server until it is stopped. */
export function define(command: Command, terminal: Terminal): void {
  common(command)
    .addOption(natsOption())
    .addOption(new Option('--name <name>', 'what this node is called (default: node-PID)'))
    .addOption(hostOption())
    .addOption(replicasOption())
    .addHelpText('after', examples)
    .action(async ({ nats, name = `node-${process.pid}`, host = [], replicas }: Flags) => {
      if (!isName(name))
        throw new UsageError(
          `a node cannot be called \`${name}\``,
          'a name has letters, digits, `-` and `_`, 64 at most',
        )
      const request = { nats: serverUrl(nats), name, hosts: host, replicas }
      process.exitCode = await hostNode(request, terminal)
    })
}

interface Flags {
  readonly nats?: string
  readonly name?: string
  readonly host?: readonly string[]
  readonly replicas?: number
}

const examples = `
Examples:
  hocl node --nats nats://127.0.0.1:4222 --name one     until Ctrl-C, which gives its shards away
  hocl cluster run words.hocl --in LINE=book.txt --nats nats://127.0.0.1:4222

Nodes may come and go while a program runs. One that is killed is missed after a second, and the others
take its shards over. Exit codes: 0 after Ctrl-C, 5 where the server cannot be reached.`
