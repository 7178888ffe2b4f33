import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { EditorPane } from '../editor/editor-pane.tsx'
import { RunBar } from './run-bar.tsx'
import { useWorkbench } from './use-workbench.ts'
import { ViewPane } from './view-pane.tsx'
import { panels, views } from './view-list.ts'
import type { Workbench } from './workbench.ts'

/** The page. */
export function App({ workbench }: { readonly workbench: Workbench }): VNode {
  const state = useWorkbench(workbench)
  const [view, setView] = useState(views[0]?.id ?? '')
  const [panel, setPanel] = useState(panels[0]?.id ?? '')
  return (
    <div class="page">
      <header class="top">
        <h1>HOCL playground</h1>
      </header>
      <RunBar {...{ workbench, state }} />
      <main class="panes">
        <EditorPane {...{ workbench, state }} />
        <ViewPane
          name="views"
          label="What is there"
          {...{ views, workbench, state }}
          active={view}
          onChoose={setView}
        />
        <ViewPane
          name="panels"
          label="What came out"
          views={panels}
          {...{ workbench, state }}
          active={panel}
          onChoose={setPanel}
        />
      </main>
    </div>
  )
}
