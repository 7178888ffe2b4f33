import type { VNode } from 'preact'
import { EditorPane } from '../editor/editor-pane.tsx'
import type { Arrangement } from './arrangement.ts'
import { Divider } from './divider.tsx'
import { panels, views } from './view-list.ts'
import { ViewPane } from './view-pane.tsx'
import type { ViewProps } from './views.ts'

interface PanesProps extends ViewProps {
  readonly arrangement: Arrangement
  readonly arrange: (change: Partial<Arrangement>) => void
}

/** The program, what is there, and what came out. */
export function Panes({ workbench, state, arrangement, arrange }: PanesProps): VNode {
  const { across, down, pane, panel, view } = arrangement
  return (
    <main
      class="panes"
      data-pane={pane}
      style={{ '--across': `${String(across)}%`, '--down': `${String(down)}%` }}
    >
      <EditorPane {...{ workbench, state }} />
      <Divider
        label="Width of the program"
        direction="across"
        value={across}
        onChange={(value) => {
          arrange({ across: value })
        }}
      />
      <div class="beside">
        <ViewPane
          name="views"
          label="What is there"
          {...{ views, workbench, state }}
          active={view}
          onChoose={(id) => {
            arrange({ view: id })
          }}
        />
        <Divider
          label="Height of the view"
          direction="down"
          value={down}
          onChange={(value) => {
            arrange({ down: value })
          }}
        />
        <ViewPane
          name="panels"
          label="What came out"
          views={panels}
          {...{ workbench, state }}
          active={panel}
          onChoose={(id) => {
            arrange({ panel: id })
          }}
        />
      </div>
    </main>
  )
}
