import type { Task, Workflow } from './description.ts'
import { arrowsOf } from './layout.ts'
import type { Arrow } from './layout.ts'
import type { Progress, TaskState } from './states.ts'

/** The colours of tasks, as pictures have them: inside and around. */
export const COLOURS: Readonly<Record<TaskState, readonly [fill: string, line: string]>> = {
  waiting: ['#f2f2f2', '#8a8a8a'],
  running: ['#d6e8fb', '#1f6fc0'],
  done: ['#d9f2dc', '#2c8a3d'],
  failed: ['#fbdcd9', '#c0392b'],
  skipped: ['#ffffff', '#b5b5b5'],
  removed: ['#ffffff', '#c98b2a'],
}

/** What a picture shows of a workflow beside its tasks. */
export interface PictureOptions {
  /** How far the tasks are. Without it all of them wait. */
  readonly progress?: Pick<Progress, 'states'>
}

/** A workflow for Graphviz. Workflows in tasks are clusters, and alternatives are joined to what they replace by dashes. */
export function workflowDot(workflow: Workflow, { progress }: PictureOptions = {}): string {
  const lines = [
    'digraph workflow {',
    '  node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=11]',
    '  edge [color="#666666"]',
    ...body(workflow, '', progress),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

function body(workflow: Workflow, prefix: string, progress: PictureOptions['progress']): string[] {
  const lines: string[] = []
  for (const [name, task] of Object.entries(workflow.tasks)) {
    const [fill, line] = COLOURS[progress?.states.get(name) ?? 'waiting']
    const id = quoted(prefix + name)
    lines.push(
      `  ${id} [label=${quoted(labelOf(name, task))}, fillcolor="${fill}", color="${line}"]`,
    )
    if (task.workflow !== undefined)
      lines.push(
        `  subgraph ${quoted(`cluster_${prefix}${name}`)} {`,
        `  label=${quoted(labelOf(name, task))}; style=rounded; color="${line}"`,
        ...body(task.workflow, `${prefix}${name}.`, undefined),
        '  }',
      )
  }
  for (const { from, to } of arrowsOf(workflow)) {
    const when = conditionOf(workflow, { from, to })
    const label = when === undefined ? '' : ` [label=${quoted(when)}, fontsize=9]`
    lines.push(`  ${quoted(prefix + from)} -> ${quoted(prefix + to)}${label}`)
  }
  for (const { replaces, with: other } of workflow.adapt ?? []) {
    lines.push(...body(other, prefix, progress))
    for (const [name, task] of Object.entries(other.tasks)) {
      for (const old of replaces)
        lines.push(
          `  ${quoted(prefix + old)} -> ${quoted(prefix + name)} [style=dashed, arrowhead=none, color="#c98b2a"]`,
        )
      for (const source of task.after ?? [])
        if (source in workflow.tasks)
          lines.push(`  ${quoted(prefix + source)} -> ${quoted(prefix + name)} [style=dashed]`)
    }
  }
  return lines
}

/** What a picture calls a task. */
export function labelOf(name: string, { label, service, each, every }: Task): string {
  const does = service ?? each ?? every
  return label ?? (does === undefined ? name : `${name}: ${does}`)
}

/** On what an arrow depends, where what it leads to does not say it. */
export function conditionOf({ tasks }: Workflow, { from, to }: Arrow): string | undefined {
  if (tasks[to]?.label !== undefined) return undefined
  const task = tasks[from]
  const branches = [...(task?.one ?? []), ...(task?.some ?? [])]
  const found = branches.find((each) => each.task === to)
  return found === undefined ? undefined : (found.when ?? 'otherwise')
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}
