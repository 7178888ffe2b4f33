import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { counted, grouped } from '../app/wording.ts'
import { Crossings } from './crossings.tsx'
import type { ClusterState, ClusterView } from './messages.ts'
import { groupsOf } from './node-groups.ts'
import { NodePanel } from './node-panel.tsx'
import type { PageNode } from './page-nodes.ts'

interface SolutionOnNodesProps {
  readonly view: ClusterView
  readonly result: { readonly text: string; readonly isCut: boolean } | undefined
  /** Nodes of this page. */
  readonly nodes: readonly PageNode[]
  readonly isPaused?: boolean
  readonly onKill: (name: string) => void
  readonly onLeave?: (name: string) => void
}

/** A solution: its nodes side by side with their shards, what crosses, and what came out. */
export function SolutionOnNodes(props: SolutionOnNodesProps): VNode {
  const { view, result, nodes, isPaused = false, onKill, onLeave } = props
  const field = useRef<HTMLDivElement>(null)
  const { state, why, reactions, commits, onTheirWay, shards, ways } = view
  const inert = shards.filter(({ isInert }) => isInert).length
  return (
    <>
      <p class="cluster-status">
        <span class={`dot ${dotOf(state, isPaused)}`} />
        <strong role="status">{stateText(state, isPaused)}</strong>
        <span class="figures">
          {counted(reactions, 'reaction')} · {counted(commits, 'record')} · {String(inert)} of{' '}
          {String(shards.length)} shards inert · {grouped(onTheirWay)} on the way
        </span>
      </p>
      {why !== undefined && <p class="trouble">{why}</p>}
      {result !== undefined && (
        <pre class="cluster-result" tabIndex={0} aria-label="Result of the cluster">
          {result.text}
          {result.isCut && '…'}
        </pre>
      )}
      <div class="cluster-field" ref={field}>
        {groupsOf(shards, nodes).map((group) => (
          <NodePanel
            key={group.name ?? ''}
            {...{ group, onKill }}
            {...(onLeave !== undefined && { onLeave })}
          />
        ))}
        <Crossings {...{ field, view }} />
      </div>
      {ways.length > 0 && (
        <details class="ways">
          <summary>Molecules that have crossed, by way</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">To</th>
                <th scope="col">Molecules</th>
              </tr>
            </thead>
            <tbody>
              {ways.map(({ from, to, molecules }) => (
                <tr key={`${String(from)} ${String(to)}`}>
                  <td>{shardName(from, shards.length - 1)}</td>
                  <td>{shardName(to, shards.length - 1)}</td>
                  <td>{grouped(molecules)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  )
}

function shardName(shard: number, outside: number): string {
  return shard === outside ? 'entrance' : `shard ${String(shard)}`
}

function dotOf(state: ClusterState, isPaused: boolean): string {
  if (state === 'running') return isPaused ? 'paused' : 'running'
  return state === 'inert' ? 'ended' : 'broken'
}

function stateText(state: ClusterState, isPaused: boolean): string {
  switch (state) {
    case 'running':
      return isPaused ? 'Paused' : 'Reacting'
    case 'inert':
      return 'Inert'
    case 'failed':
      return 'Failed'
    case 'broken':
      return 'Stands still'
    case 'limit':
      return 'Stopped by the limit on reactions'
    case 'cancelled':
      return 'Cancelled'
  }
}
