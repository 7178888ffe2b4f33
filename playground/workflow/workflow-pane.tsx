import { useEffect, useRef } from 'preact/hooks'
import type { VNode } from 'preact'
import { workflowSvg } from '../../workflow/index.ts'
import type { TaskState } from '../../workflow/index.ts'
import type { TasksSeen } from './tasks.ts'

const STATES: readonly TaskState[] = ['waiting', 'running', 'done', 'failed', 'skipped', 'removed']

/** The tasks of a workflow with their states, as a picture and as a table. */
export function WorkflowPane({ seen }: { readonly seen: TasksSeen | undefined }): VNode {
  const box = useRef<HTMLDivElement>(null)
  const svg = seen && workflowSvg(seen.workflow, { progress: seen })
  useEffect(() => {
    if (box.current === null || svg === undefined) return
    // Read as XML: what stands in a label stays a label.
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml')
    box.current.replaceChildren(document.importNode(parsed.documentElement, true))
  }, [svg])
  if (seen === undefined) return <p class="empty">No task is there yet.</p>
  const names = Object.keys(seen.workflow.tasks)
  const stateOf = (name: string): TaskState => seen.states.get(name) ?? 'waiting'
  return (
    <div class="workflow-pane">
      <p class="workflow-states">
        {STATES.flatMap((state) => {
          const n = names.filter((name) => stateOf(name) === state).length
          return n === 0 ? [] : [`${n} ${state}`]
        }).join(' · ')}
      </p>
      <div class="workflow-picture" ref={box} tabIndex={0} role="region" aria-label="Picture" />
      <details>
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col">Waits for</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{seen.workflow.tasks[name]?.after?.join(', ') ?? ''}</td>
                <td>{stateOf(name)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  )
}
