import type { VNode } from 'preact'
import { endText } from '../wording.ts'
import type { ViewProps } from '../views.ts'

/** The solution that a run ended with, as a text. */
export function ResultPane({ state, workbench }: ViewProps): VNode {
  const { result, session } = state
  if (result === undefined)
    return <p class="empty">Run the program to see what is left when nothing can react any more.</p>
  const copy = (): void => {
    void navigator.clipboard.writeText(result.text).then(() => {
      workbench.notify('The result is copied.')
    })
  }
  return (
    <div class="result-pane">
      <div class="pane-line">
        <span>{session.outcome === undefined ? '' : endText(session.outcome)}</span>
        <button type="button" class="quiet" onClick={copy}>
          Copy result
        </button>
      </div>
      {session.outcome?.failure !== undefined && (
        <p class="trouble">{session.outcome.failure.message}</p>
      )}
      <pre tabIndex={0} aria-label="Result">
        {result.text}
        {result.isCut && '…'}
      </pre>
    </div>
  )
}
