import { onOneMachine } from '../../distribution/index.ts'
import type { Strategy } from '../../interpreter/index.ts'
import type { MachineName } from '../machine.ts'
import { valueFlag } from '../run/limit-flags.ts'
import type { LimitFlags } from '../run/limit-flags.ts'
import { UsageError } from '../usage-error.ts'
import { serverUrl } from './server-url.ts'

/** On what `hocl cluster run` is to run. */
export interface ClusterRequest {
  readonly nodes: number
  readonly shards: number
  /** Where nodes of other processes are; undefined for nodes in this one. */
  readonly nats: string | undefined
  /** How many servers keep each record at least. */
  readonly replicas: number | undefined
}

interface Flags extends LimitFlags {
  readonly nodes: number
  readonly shards: number
  readonly nats: string
  readonly replicas: number
  readonly local: boolean
  readonly engine: MachineName
  readonly strategy: Strategy
  readonly stochastic: boolean
  readonly workers: number
  readonly verify: boolean
  readonly trace: string
  readonly watch: boolean
  readonly stats: boolean
}

/** Options of `hocl run` for what one machine alone can do: refused with a reason, and not in the help. */
export const notOnNodes: ReadonlySet<string> = new Set([
  ...['--engine', '--strategy', '--workers', '--verify', '--trace', '--stats', '--watch'],
  ...['--max-molecules', '--max-characters', '--max-items', '--max-bits', '--max-calls'],
  ...['--stochastic', '--until', '--sample', '--out', '--plot', '--columns'],
])

/** Refuses what one machine alone can do. */
export function clusterRequest(flags: Readonly<Record<string, unknown>>): ClusterRequest {
  // Commander gives what the parsers of the options returned, under these names.
  const given = flags as Partial<Flags>
  const { nodes = 3, shards = 16 } = given
  if (nodes === 0) throw new UsageError('a cluster has one node at least', 'write `--nodes 3`')
  if (shards === 0) throw new UsageError('a solution has one shard at least', 'write `--shards 16`')
  const others: readonly (readonly [string, boolean, string])[] = [
    ['--engine', given.engine === 'reference', 'nodes run the compiled machine'],
    [
      '--strategy',
      given.strategy !== undefined && given.strategy !== 'fast',
      onOneMachine.strategy,
    ],
    ['--stochastic', given.stochastic === true, onOneMachine.stochastic],
    ['--workers', (given.workers ?? 0) > 0, 'say how many nodes: `--nodes 4`'],
    ['--verify', given.verify === true, 'it looks at one reaction after the other'],
    ['--trace', given.trace !== undefined, 'a trace is one row of reactions'],
    ['--stats', given.stats === true, 'reactions are counted by `hocl run`'],
    ['--watch', given.watch === true, 'watch with `hocl run`'],
    [
      '--nodes',
      given.nats !== undefined && given.nodes !== undefined,
      'the nodes are those that `hocl node --nats` started: leave it out',
    ],
    [
      '--local',
      given.nats !== undefined && given.local === true,
      'nodes are in this process or at the server: choose one',
    ],
    [
      '--replicas',
      given.nats === undefined && given.replicas !== undefined,
      'records of nodes in this process are in its memory: say which servers with `--nats`',
    ],
    ['--max-molecules', given.maxMolecules !== undefined, 'no node counts all molecules'],
    [valueFlag(given) ?? '', valueFlag(given) !== undefined, 'nodes look at no single values'],
  ]
  const found = others.find(([, isThere]) => isThere)
  if (found !== undefined)
    throw new UsageError(
      `\`hocl cluster run${given.nats === undefined ? '' : ' --nats'}\` and \`${found[0]}\` do not go together`,
      found[2],
    )
  const nats = given.nats === undefined ? undefined : serverUrl(given.nats)
  return { nodes, shards, nats, replicas: given.replicas }
}
