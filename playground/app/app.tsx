import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { keep, localStore } from '../keep/storage.ts'
import { paneTitles, standardArrangement } from './arrangement.ts'
import type { Arrangement } from './arrangement.ts'
import { Drawer } from './drawer.tsx'
import { Header } from './header/header.tsx'
import { listenToKeys } from './keys.ts'
import { Notices } from './notices.tsx'
import { openFiles } from './open-files.ts'
import { Panes } from './panes.tsx'
import { RunBar } from './run-bar.tsx'
import { useWorkbench } from './use-workbench.ts'
import { drawers, views } from './view-list.ts'
import type { Workbench } from './workbench.ts'

interface AppProps {
  readonly workbench: Workbench
  readonly view: string | undefined
  /** In a frame of another page: no more than the program and what becomes of it. */
  readonly isEmbedded: boolean
}

/** The page. */
export function App({ workbench, view, isEmbedded }: AppProps): VNode {
  const state = useWorkbench(workbench)
  const [arrangement, setArrangement] = useState<Arrangement>({
    ...standardArrangement,
    view: view ?? views[0]?.id ?? '',
  })
  const arrange = (change: Partial<Arrangement>): void => {
    setArrangement((before) => ({ ...before, ...change }))
  }
  useEffect(() => listenToKeys(workbench), [workbench])
  const { files, settings, perSecond } = state
  useEffect(() => {
    if (!isEmbedded) keep(localStore(), { files, settings, perSecond }, arrangement.view)
  }, [files, settings, perSecond, arrangement.view, isEmbedded])
  const { pane, drawer } = arrangement
  return (
    <div
      class={isEmbedded ? 'page embedded' : 'page'}
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault()
      }}
      onDrop={(event) => {
        const dropped = [...(event.dataTransfer?.files ?? [])]
        if (dropped.length === 0) return
        event.preventDefault()
        void openFiles(workbench, dropped)
      }}
    >
      {!isEmbedded && (
        <Header
          {...{ workbench, state, drawers, drawer }}
          view={arrangement.view}
          onDrawer={(id) => {
            // A lesson has its program in it: a small screen has room for what becomes of it.
            arrange({ drawer: id, ...(id === 'tour' && { pane: 'views' }) })
          }}
        />
      )}
      <RunBar
        {...{ workbench, state, isEmbedded }}
        view={arrangement.view}
        onAct={() => {
          // A small screen that shows the program would show nothing of what happens.
          if (pane === 'code') arrange({ pane: 'views' })
        }}
      />
      <div class="below">
        <Drawer
          {...{ workbench, state, drawers, drawer }}
          onDrawer={(id) => {
            arrange({ drawer: id })
          }}
        />
        <Panes {...{ workbench, state, arrangement, arrange }} />
      </div>
      <nav class="pane-names" aria-label="Parts of the page">
        {paneTitles.map(([name, title]) => (
          <button
            key={name}
            type="button"
            class="quiet"
            aria-pressed={name === pane}
            onClick={() => {
              arrange({ pane: name })
            }}
          >
            {title}
          </button>
        ))}
      </nav>
      <Notices {...{ workbench, state }} />
    </div>
  )
}
