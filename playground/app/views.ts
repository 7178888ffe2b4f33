import type { ComponentType } from 'preact'
import type { Workbench, WorkbenchState } from './workbench.ts'

/** What a view is given. */
export interface ViewProps {
  readonly workbench: Workbench
  readonly state: WorkbenchState
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
