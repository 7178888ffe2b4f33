import { later } from './later.tsx'
import { BreakpointsPane } from './panes/breakpoints-pane.tsx'
import { ConsolePane } from './panes/console-pane.tsx'
import { ProblemsPane } from './panes/problems-pane.tsx'
import { ResultPane } from './panes/result-pane.tsx'
import { seenViews } from './panes/seen-views.tsx'
import type { DrawerView, View } from './views.ts'

/** What is seen of the solution, beside the program. */
export const views: readonly View[] = [
  ...seenViews,
  {
    id: 'cluster',
    title: 'Cluster',
    Component: later(async () => (await import('../cluster/cluster-pane.tsx')).ClusterPane),
  },
]

/** What can be opened beside the program: what teaches. */
export const drawers: readonly DrawerView[] = [
  {
    id: 'tour',
    title: 'Tour',
    Component: later(async () => (await import('../learn/tour-pane.tsx')).TourPane),
  },
  {
    id: 'gallery',
    title: 'Gallery',
    Component: later(async () => (await import('../learn/gallery-pane.tsx')).GalleryPane),
  },
]

/** What came out, below. */
export const panels: readonly View[] = [
  { id: 'result', title: 'Result', Component: ResultPane },
  {
    id: 'console',
    title: 'Console',
    badge: ({ console }) => console.length,
    Component: ConsolePane,
  },
  {
    id: 'problems',
    title: 'Problems',
    badge: ({ diagnostics }) => diagnostics.length,
    Component: ProblemsPane,
  },
  {
    id: 'breakpoints',
    title: 'Breakpoints',
    badge: ({ breakpoints }) => breakpoints.length,
    Component: BreakpointsPane,
  },
]
