import type { VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { ViewProps } from '../app/views.ts'
import './cluster.css'
import { clustersOf } from './clusters.ts'
import { PageClusterView } from './page-cluster-view.tsx'
import { ServerClusterView } from './server-cluster-view.tsx'

/** One solution on many nodes: in this page, or at a server. */
export function ClusterPane({ workbench, state }: ViewProps): VNode {
  const clusters = useMemo(() => clustersOf(workbench), [workbench])
  const [place, setPlace] = useState(clusters.place)
  const choose = (chosen: typeof place): void => {
    clusters.place = chosen
    setPlace(chosen)
  }
  return (
    <div class="cluster-pane">
      <div class="segments" role="group" aria-label="Where the nodes are">
        {(['page', 'server'] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === place}
            onClick={() => {
              choose(each)
            }}
          >
            {each === 'page' ? 'In this page' : 'At a server'}
          </button>
        ))}
      </div>
      {place === 'page' ? (
        <PageClusterView cluster={clusters.inPage} {...{ state }} />
      ) : (
        <ServerClusterView cluster={clusters.atServer} />
      )}
    </div>
  )
}
