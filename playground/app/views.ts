import type { ComponentType } from 'preact'
import type { Workbench, WorkbenchState } from './workbench.ts'

/** What a view is given. */
export interface ViewProps {
  readonly workbench: Workbench
  readonly state: WorkbenchState
}

/** What a view in a drawer is given. */
export interface DrawerViewProps extends ViewProps {
  /** Opens another drawer, or closes the one that is open. */
  readonly onDrawer: (id: string | undefined) => void
}

/** What can be opened beside the program. */
export interface DrawerView {
  readonly id: string
  readonly title: string
  readonly Component: ComponentType<DrawerViewProps>
}

/** A tab of the page. */
export interface View {
  readonly id: string
  readonly title: string
  /** A number beside the title, such as how many problems there are. */
  readonly badge?: (state: WorkbenchState) => number
  /** Shown only where this holds. */
  readonly isThere?: (state: WorkbenchState) => boolean
  readonly Component: ComponentType<ViewProps>
}
