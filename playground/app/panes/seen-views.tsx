import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import 'uplot/dist/uPlot.min.css'
import '../../charts/charts.css'
import { ChartPane } from '../../charts/chart-pane.tsx'
import '../../graph/graph.css'
import { HistoryPane } from '../../history/history-pane.tsx'
import '../../history/history.css'
import { RulesPane } from '../../influence/rules-pane.tsx'
import '../../influence/rules.css'
import '../../picture/picture.css'
import { PicturePane } from '../../picture/picture-pane.tsx'
import { useSystemLook } from '../../picture/system.ts'
import '../../table/table.css'
import { TablePane } from '../../table/table-pane.tsx'
import '../../workflow/workflow.css'
import { WorkflowPane } from '../../workflow/workflow-pane.tsx'
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
  { id: 'history', title: 'History', Component: History },
  { id: 'chart', title: 'Chart', Component: Chart },
  { id: 'rules', title: 'Rules', Component: Rules },
  {
    id: 'workflow',
    title: 'Workflow',
    isThere: ({ program }) => program?.modules.includes('hocl.workflow') === true,
    Component: Tasks,
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

function History({ workbench, state }: ViewProps): VNode {
  const seen = useSeen(workbench)
  const { position, recorded } = state.session
  return (
    <HistoryPane
      {...{ story: seen.recording.story, version: seen.version, position, recorded }}
      molecule={seen.molecule}
      onSeek={(reactions) => {
        workbench.seek(reactions)
      }}
      onMolecule={(molecule) => {
        seen.choose(molecule)
      }}
    />
  )
}

function Chart({ workbench }: ViewProps): VNode {
  const { recording, version } = useSeen(workbench)
  const { theme } = useSystemLook()
  return <ChartPane {...{ counts: recording.counts, version, theme }} />
}

function Rules({ workbench, state }: ViewProps): VNode {
  const { figures, skipped } = useSeen(workbench).recording
  return <RulesPane {...{ files: state.files, figures, skipped }} />
}

function Tasks({ workbench }: ViewProps): VNode {
  return <WorkflowPane seen={useSeen(workbench).tasks} />
}

/** Tells the story of a molecule, in its own tab. */
function tell(workbench: Workbench, molecule: number): void {
  seenOf(workbench).choose(molecule)
  // The page decides which tab is open, and does so when one is pressed.
  document.getElementById('tab-views-history')?.click()
}
