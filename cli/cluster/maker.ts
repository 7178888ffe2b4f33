import { randomUUID } from 'node:crypto'
import {
  Blueprint,
  guaranteeText,
  LocalCluster,
  LogError,
  offersOf,
  RemoteCluster,
  sliceOf,
} from '../../distribution/index.ts'
import { HoclError } from '../../interpreter/index.ts'
import type { Reducer, SolutionValue } from '../../interpreter/index.ts'
import type { MachineOptions } from '../../vm/index.ts'
import type { Loaded } from '../load.ts'
import type { MakeMachine } from '../machine.ts'
import type { Terminal } from '../terminal.ts'
import { linkTo } from './link.ts'
import type { ClusterRequest } from './request.ts'

/** Makes a cluster that starts with a solution. */
export async function clusterMaker(
  loaded: Loaded,
  request: ClusterRequest,
  terminal: Terminal,
): Promise<MakeMachine> {
  const { nodes, shards, nats, replicas } = request
  if (nats === undefined)
    return (first, options) => {
      return told(new LocalCluster(first, { ...partsOf(options), ...loaded, nodes, shards }))
    }
  const complain = (error: unknown): void => {
    terminal.complain(error instanceof Error ? error.message : String(error))
  }
  const link = await linkTo(nats, complain, { replicas, canBeLocal: true })
  for (const line of guaranteeText(await link.facts())) terminal.tell(line)
  return (first, options) => {
    const remote = remoteCluster(first, options, { ...loaded, shards, bus: link.bus })
    tellWhileNobodyComes(remote, nats, terminal)
    return closing(told(remote), link.close)
  }
}

type Parts = Pick<MachineOptions, 'seed' | 'limits' | 'clock' | 'signal'>

function partsOf({ seed, limits, clock, signal }: MachineOptions): Parts {
  return { seed, limits, clock, ...(signal === undefined ? {} : { signal }) }
}

function remoteCluster(
  first: SolutionValue,
  options: MachineOptions,
  {
    program,
    host,
    modules,
    shards,
    bus,
  }: Loaded & { readonly shards: number } & Pick<Awaited<ReturnType<typeof linkTo>>, 'bus'>,
): RemoteCluster {
  const { seed, limits } = options
  const { depth } = limits
  return new RemoteCluster(first, {
    ...partsOf(options),
    bus,
    solution: randomUUID(),
    record: {
      name: program.source.name,
      text: program.source.text,
      modules: modules.found,
      ...{ shards, seed, depth },
      ...(limits.reactions !== undefined && { slice: sliceOf(limits.reactions, shards) }),
      isCentral: false,
      offers: offersOf(host),
    },
    blueprint: new Blueprint({ program, host, first, shards, seed, depth }),
  })
}

/** Somebody who has started no node would wait for ever. */
const PATIENCE = 3_000

function tellWhileNobodyComes(cluster: RemoteCluster, url: string, terminal: Terminal): void {
  setTimeout(() => {
    const { inert, reactions } = cluster.progress
    if (inert === 0 && reactions === 0)
      terminal.tell(`no node has come yet: start one with \`hocl node --nats ${url}\``)
  }, PATIENCE).unref()
}

/** The same, which says of a log that is not right that it is the log. */
function told<T extends Reducer>(cluster: T): T {
  const run = cluster.run.bind(cluster)
  cluster.run = async () => {
    try {
      return await run()
    } catch (cause) {
      if (!(cause instanceof LogError)) throw cause
      throw new HoclError(
        'HOCL504',
        `a record of this run is not what a node wrote: ${cause.message}`,
        {
          hint: 'nothing of it counts: run it again, and see who else writes to `h.>` at the server',
          cause,
        },
      )
    }
  }
  return cluster
}

/** The same, with its connection closed when it has run. */
function closing(cluster: RemoteCluster, close: () => Promise<void>): Reducer {
  const run = cluster.run.bind(cluster)
  cluster.run = async () => {
    try {
      return await run()
    } finally {
      await close()
    }
  }
  return cluster
}
