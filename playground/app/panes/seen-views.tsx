import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import '../../picture/picture.css'
import { PicturePane } from '../../picture/picture-pane.tsx'
import { useSystemLook } from '../../picture/system.ts'
import '../../table/table.css'
import { TablePane } from '../../table/table-pane.tsx'
import { later } from '../later.tsx'
import { drop, seenOf, useSeen } from '../seen.ts'
import type { View, ViewProps } from '../views.ts'
import type { Workbench } from '../workbench.ts'

/** A change is seen in this time at most, in milliseconds. */
const LONGEST_CHANGE = 900
/** Entries that a table has, and that everything else needs. */
const ENTRIES = { table: 10_000, others: 2_500 } as const

/** What is seen of a solution and of what became of it. */
export const seenViews: readonly View[] = [
  { id: 'picture', title: 'Picture', Component: Picture },
  { id: 'table', title: 'Table', Component: Table },
  {
    id: 'history',
    title: 'History',
    Component: later(async () => (await import('./recorded-views.tsx')).History),
  },
  {
    id: 'chart',
    title: 'Chart',
    Component: later(async () => (await import('./recorded-views.tsx')).Chart),
  },
  {
    id: 'rules',
    title: 'Rules',
    Component: later(async () => (await import('./recorded-views.tsx')).Rules),
  },
  {
    id: 'workflow',
    title: 'Workflow',
    isThere: ({ program }) => program?.modules.includes('hocl.workflow') === true,
    Component: later(async () => (await import('./recorded-views.tsx')).Tasks),
  },
]

function Picture({ workbench, state }: ViewProps): VNode {
  const { recording } = useSeen(workbench)
  const isAtRest = state.session.status !== 'running'
  const pace = Math.min(LONGEST_CHANGE, isAtRest ? LONGEST_CHANGE : 1_000 / state.perSecond)
  return (
    <PicturePane
      {...useSystemLook()}
      {...{ solution: state.solution, reactions: recording.latest, pace, isAtRest }}
      detail={state.inspected}
      onInspect={(molecule) => {
        workbench.inspect(molecule)
      }}
      onStory={(molecule) => {
        tell(workbench, molecule)
      }}
      onDrop={(dropped) => {
        drop(workbench, dropped)
      }}
    />
  )
}

function Table({ workbench, state }: ViewProps): VNode {
  useEffect(() => {
    workbench.watch = { entries: ENTRIES.table, reactions: true }
    return () => {
      workbench.watch = { entries: ENTRIES.others, reactions: true }
    }
  }, [workbench])
  return (
    <TablePane
      solution={state.solution}
      onInspect={(molecule) => {
        workbench.inspect(molecule)
      }}
      onStory={(molecule) => {
        tell(workbench, molecule)
      }}
    />
  )
}

/** Tells the story of a molecule, in its own tab. */
function tell(workbench: Workbench, molecule: number): void {
  seenOf(workbench).choose(molecule)
  // The page decides which tab is open, and does so when one is pressed.
  document.getElementById('tab-views-history')?.click()
}
