import type { Workbench } from '../app/workbench.ts'
import { PageCluster } from './page-cluster.ts'
import { ServerCluster } from './server-cluster.ts'

/** The clusters of a page: they go on while something else is looked at. */
export interface Clusters {
  place: 'page' | 'server'
  readonly inPage: PageCluster
  readonly atServer: ServerCluster
}

const known = new WeakMap<Workbench, Clusters>()

export function clustersOf(workbench: Workbench): Clusters {
  let clusters = known.get(workbench)
  if (clusters === undefined) {
    const inPage = new PageCluster((text) => {
      workbench.notify(text.trimEnd())
    })
    clusters = { place: 'page', inPage, atServer: new ServerCluster() }
    known.set(workbench, clusters)
  }
  return clusters
}
