import type { VNode } from 'preact'
import { useSystemLook } from '../../picture/system.ts'
import 'uplot/dist/uPlot.min.css'
import '../../charts/charts.css'
import { ChartPane } from '../../charts/chart-pane.tsx'
import '../../graph/graph.css'
import { HistoryPane } from '../../history/history-pane.tsx'
import '../../history/history.css'
import { RulesPane } from '../../influence/rules-pane.tsx'
import '../../influence/rules.css'
import '../../workflow/workflow.css'
import { WorkflowPane } from '../../workflow/workflow-pane.tsx'
import { useSeen } from '../seen.ts'
import type { ViewProps } from '../views.ts'

/*
 * What is seen of what became of a solution: loaded when one of these is first opened.
 */

/** The reactions, to go back and forth in, and the story of a molecule. */
export function History({ workbench, state }: ViewProps): VNode {
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

/** Numbers of molecules over time. */
export function Chart({ workbench }: ViewProps): VNode {
  const { recording, version } = useSeen(workbench)
  const { theme } = useSystemLook()
  return <ChartPane {...{ counts: recording.counts, version, theme }} />
}

/** What each rule did, and which can enable which. */
export function Rules({ workbench, state }: ViewProps): VNode {
  const { figures, skipped } = useSeen(workbench).recording
  return <RulesPane {...{ files: state.files, figures, skipped }} />
}

/** The tasks of a workflow. */
export function Tasks({ workbench }: ViewProps): VNode {
  return <WorkflowPane seen={useSeen(workbench).tasks} />
}
