import { ClusterPane } from '../cluster/cluster-pane.tsx'
import { GalleryPane } from '../learn/gallery-pane.tsx'
import { TourPane } from '../learn/tour-pane.tsx'
import { BreakpointsPane } from './panes/breakpoints-pane.tsx'
import { ConsolePane } from './panes/console-pane.tsx'
import { ProblemsPane } from './panes/problems-pane.tsx'
import { ResultPane } from './panes/result-pane.tsx'
import { seenViews } from './panes/seen-views.tsx'
import type { DrawerView, View } from './views.ts'

/** What is seen of the solution, beside the program. */
export const views: readonly View[] = [
  ...seenViews,
  { id: 'cluster', title: 'Cluster', Component: ClusterPane },
]

/** What can be opened beside the program: what teaches. */
export const drawers: readonly DrawerView[] = [
  { id: 'tour', title: 'Tour', Component: TourPane },
  { id: 'gallery', title: 'Gallery', Component: GalleryPane },
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
