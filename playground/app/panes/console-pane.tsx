import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ViewProps } from '../views.ts'

/** What the program writes, and where it is answered. */
export function ConsolePane({ state, workbench }: ViewProps): VNode {
  const { console, question } = state
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' })
  }, [console.length])
  const answer = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.currentTarget
    if (!(form instanceof HTMLFormElement)) return
    const line = new FormData(form).get('line')
    form.reset()
    workbench.answer(typeof line === 'string' ? line : '')
  }
  return (
    <div class="console-pane">
      {console.length === 0 && question === undefined && (
        <p class="empty">
          What the program writes with <code>console.writeLine("…")</code> comes here.
        </p>
      )}
      <div role="log" aria-label="Console">
        <pre tabIndex={0}>
          {console.map(({ kind, text }, i) => (
            <span key={i} class={kind}>
              {text}
            </span>
          ))}
        </pre>
      </div>
      {question !== undefined && (
        <form class="answer" onSubmit={answer}>
          <label>
            <span>{question === '' ? 'The program waits for a line' : question}</span>
            <input name="line" autocomplete="off" autofocus />
          </label>
          <button type="submit">Answer</button>
        </form>
      )}
      <div ref={end} />
    </div>
  )
}
