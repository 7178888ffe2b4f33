import type { VNode } from 'preact'
import { Icon } from './icons.tsx'
import type { View, ViewProps } from './views.ts'

interface DrawerProps extends ViewProps {
  readonly drawers: readonly View[]
  readonly drawer: string | undefined
  readonly onClose: () => void
}

/** What is open beside the program, or nothing. */
export function Drawer({ drawers, drawer, onClose, workbench, state }: DrawerProps): VNode | null {
  const open = drawers.find(({ id }) => id === drawer)
  if (open === undefined) return null
  return (
    <aside class="drawer pane" aria-label={open.title}>
      <div class="drawer-top">
        <h2>{open.title}</h2>
        <button type="button" class="tool" aria-label={`Close ${open.title}`} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div class="pane-body">
        <open.Component {...{ workbench, state }} />
      </div>
    </aside>
  )
}
