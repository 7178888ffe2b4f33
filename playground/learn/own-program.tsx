import type { VNode } from 'preact'
import type { DrawerViewProps } from '../app/views.ts'
import type { Learning } from './learning.ts'

type OwnProgramProps = Pick<DrawerViewProps, 'onDrawer'> & { readonly learning: Learning }

/** The way back to what was in the editor before. */
export function OwnProgram({ learning, onDrawer }: OwnProgramProps): VNode {
  return (
    <p class="own">
      Your own program is kept.{' '}
      <button
        type="button"
        class="link"
        onClick={() => {
          learning.restore()
          onDrawer(undefined)
        }}
      >
        Back to my program
      </button>
    </p>
  )
}
