import { ClusterHost, guaranteeText } from '../../distribution/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { counted } from '../run/wording.ts'
import type { Terminal } from '../terminal.ts'
import { hostOf } from '../load.ts'
import { linkTo } from './link.ts'

/** What `hocl node` was asked for. */
export interface NodeRequest {
  readonly nats: string
  readonly name: string
  /** Files whose functions it offers. */
  readonly hosts: readonly string[]
  /** How many servers keep each record at least. */
  readonly replicas?: number | undefined
}

/** Hosts shards until Ctrl-C or SIGTERM, which gives them away; a second one ends the process at once. */
export async function hostNode(
  { nats, name, hosts, replicas }: NodeRequest,
  terminal: Terminal,
): Promise<number> {
  const complain = (error: unknown): void => {
    terminal.complain(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const link = await linkTo(nats, complain, { replicas })
  let drain = (): void => undefined
  const drained = new Promise<void>((resolve) => (drain = resolve))
  const host = await ClusterHost.start({
    name,
    onDrained: () => {
      drain()
    },
    bus: link.bus,
    host: await hostOf(hosts),
    clock: () => performance.now(),
    onTrouble: complain,
    onNews: ({ kind, solution, stats }) => {
      const parts =
        stats === undefined
          ? []
          : [
              counted(stats.claims, 'claim'),
              `${stats.fenced} refused`,
              `${stats.repeated} repeated`,
            ]
      terminal.tell([`${name} has ${kind} ${solution}`, ...parts].join(' · '))
    },
  })
  for (const line of guaranteeText(await link.facts())) terminal.tell(line)
  terminal.tell(`${name} is at ${nats}, with ${counted(host.solutions.length, 'solution')}`)
  await Promise.race([stopped(), drained])
  await host.leave()
  await link.close()
  terminal.tell(`${name} has left`)
  return exitCodes.success
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false
    const stop = (): void => {
      if (isStopping) process.exit(exitCodes.interrupted)
      isStopping = true
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
