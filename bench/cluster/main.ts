/*
 * `npm run bench:cluster [MOLECULES]`: at a nats-server that writes at once, with nodes as they are installed: how
 * quickly molecules are counted by key on one to four processes, how soon a reaction is durable and inertness known,
 * how long others take to go on for a node that was killed, and what a small program waits for a server. Prints
 * tables. Needs nats-server 2.10 or later: see test/support/nats-server.ts.
 */
import { cpus } from 'node:os'
import { guaranteeText } from '../../distribution/index.ts'
import { connectNats } from '../../distribution/nats-tcp.ts'
import { setup } from '../../test/support/command.ts'
import { natsServer, newerServerFile } from '../../test/support/nats-server.ts'
import { appends } from './appends.ts'
import { failovers } from './failovers.ts'
import { histograms } from './histograms.ts'
import { latencies } from './latencies.ts'
import type { Scene } from './scene.ts'
import { smallPrograms } from './small-programs.ts'

const [molecules = 1_000_000] = process.argv.slice(2).map(Number)

await setup()
await using server = await natsServer({
  file: newerServerFile(),
  jetstream: ['sync_interval: always'],
})
const link = await connectNats(server.url)
const scene: Scene = { server, bus: link.bus }

const [kept = ''] = guaranteeText({ ...(await link.bus.facts()), syncInterval: 0 })
console.log(
  `${kept}\n${cpus()[0]?.model ?? ''}, ${String(cpus().length)} cores, Node ${process.version}`,
)
await appends(scene)
await histograms(scene, molecules)
await latencies(scene, molecules)
await failovers(scene)
await smallPrograms(scene)
await link.close()
process.exit()
