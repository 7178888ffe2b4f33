import type { VNode } from 'preact'
import type { DrawerView, DrawerViewProps } from '../views.ts'
import { FileMenu } from './file-menu.tsx'
import { SettingsMenu } from './settings-menu.tsx'
import { ShareMenu } from './share-menu.tsx'

interface HeaderProps extends DrawerViewProps {
  readonly view: string
  /** What can be opened beside the program. */
  readonly drawers: readonly DrawerView[]
  readonly drawer: string | undefined
}

/** The name of the page, and what is not about running. */
export function Header(props: HeaderProps): VNode {
  const { workbench, state, view, drawers, drawer, onDrawer } = props
  return (
    <header class="top">
      <h1>
        <img src="./icon.svg" alt="" width={26} height={26} />
        HOCL <span>playground</span>
      </h1>
      <nav aria-label="Learn">
        {drawers.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            class="quiet"
            aria-expanded={id === drawer}
            onClick={() => {
              onDrawer(id === drawer ? undefined : id)
            }}
          >
            {title}
          </button>
        ))}
      </nav>
      <div class="menus">
        <FileMenu {...{ workbench, state }} />
        <SettingsMenu {...{ workbench, state }} />
        <ShareMenu {...{ workbench, state, view }} />
      </div>
    </header>
  )
}
