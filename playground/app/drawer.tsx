import type { VNode } from 'preact'
import { Icon } from './icons.tsx'
import type { DrawerView, DrawerViewProps } from './views.ts'

interface DrawerProps extends DrawerViewProps {
  readonly drawers: readonly DrawerView[]
  readonly drawer: string | undefined
}

/** What is open beside the program, or nothing. */
export function Drawer({ drawers, drawer, ...given }: DrawerProps): VNode | null {
  const open = drawers.find(({ id }) => id === drawer)
  if (open === undefined) return null
  return (
    <aside class={`drawer pane ${open.id}-drawer`} aria-label={open.title}>
      <div class="drawer-top">
        <h2>{open.title}</h2>
        <button
          type="button"
          class="tool"
          aria-label={`Close ${open.title}`}
          onClick={() => {
            given.onDrawer(undefined)
          }}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="pane-body">
        <open.Component {...given} />
      </div>
    </aside>
  )
}
