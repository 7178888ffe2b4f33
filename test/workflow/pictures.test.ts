import { expect, test } from 'vitest'
import { workflowDot, workflowSvg } from '../../workflow/index.ts'
import type { TaskState, Workflow } from '../../workflow/index.ts'

const workflow: Workflow = {
  tasks: {
    A: { service: 'f', one: [{ task: 'B', when: 'isGood' }, { task: 'C' }] },
    B: { after: ['A'], label: 'a "quoted" <b>' },
    C: { after: ['A'], workflow: { tasks: { OUTPUT: { after: ['INPUT'] } } } },
    D: { after: ['A', 'B', 'C'] },
  },
  adapt: [{ replaces: ['B'], exit: 'E', with: { tasks: { E: { after: ['A'] } } } }],
}
const states = new Map<string, TaskState>([
  ['A', 'done'],
  ['B', 'failed'],
  ['C', 'running'],
])

test('DOT has each task, arrow, condition and alternative, with colours for states', () => {
  const dot = workflowDot(workflow, { progress: { states } })
  expect(dot).toContain('"A" [label="A: f", fillcolor="#d9f2dc"')
  expect(dot).toContain('"B" [label="a \\"quoted\\" <b>", fillcolor="#fbdcd9"')
  expect(dot).toContain('"A" -> "C" [label="otherwise"')
  expect(dot).toContain('subgraph "cluster_C"')
  expect(dot).toContain('"B" -> "E" [style=dashed')
  expect(dot.split('{').length).toBe(dot.split('}').length)
})

test('SVG is well formed, names tasks with their states, and puts each below what it waits for', () => {
  const svg = workflowSvg(workflow, { progress: { states } })
  expect(svg).toContain('<title>a &quot;quoted&quot; &lt;b&gt; (failed)</title>')
  expect(svg).toContain('<title>C (running)</title>')
  const opened = svg.match(/<[a-z]+[^>]*[^/]>|<[a-z]+>/g)?.length
  expect(svg.match(/<\/[a-z]+>/g)).toHaveLength(opened ?? -1)
  const top = (label: string): number =>
    Number(new RegExp(`<title>${label}[^<]*</title>\\s*<rect x="[^"]*" y="([^"]*)"`).exec(svg)?.[1])
  expect(top('A: f')).toBeLessThan(top('C'))
  expect(top('C')).toBeLessThan(top('D'))
  expect(top('E')).toBe(top('C'))
})

test('a picture of nothing is one, and so is one of tasks that wait for one another', () => {
  expect(workflowSvg({ tasks: {} })).toContain('<svg')
  const circle: Workflow = { tasks: { A: { after: ['B'] }, B: { after: ['A'] } } }
  expect(workflowSvg(circle)).toContain('<title>B (waiting)</title>')
})
