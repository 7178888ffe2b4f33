import type { VNode } from 'preact'
import { Icon } from './icons.tsx'
import type { ViewProps } from './views.ts'

/** Sentences that come and go. */
export function Notices({ workbench, state }: ViewProps): VNode {
  return (
    <div class="notices" role="status" aria-label="Messages">
      {state.notices.map(({ id, text, tone, action }) => (
        <div key={id} class={`notice ${tone}`}>
          <span>{text}</span>
          {action !== undefined && (
            <button
              type="button"
              class="quiet"
              onClick={() => {
                workbench.dismiss(id)
                action.act()
              }}
            >
              {action.label}
            </button>
          )}
          <button
            type="button"
            class="tool"
            aria-label="Close message"
            onClick={() => {
              workbench.dismiss(id)
            }}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  )
}
