import type { Workflow } from './description.ts'
import { COLOURS, conditionOf, labelOf } from './dot.ts'
import type { PictureOptions } from './dot.ts'
import { layoutOf } from './layout.ts'

const HEIGHT = 34
const GAP = { x: 22, y: 46 } as const
const MARGIN = 16
/** Of a letter, on average, at the size that is used. */
const LETTER = 6.6

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
}

/**
 * A picture of a workflow that stands by itself, in light and dark. A task has the colour of its state, and its
 * name and state as a title, so that it can be read without the colours.
 */
export function workflowSvg(workflow: Workflow, { progress }: PictureOptions = {}): string {
  const shown = withAlternatives(workflow)
  const { layers, routes } = layoutOf(shown)
  const boxes = boxesOf(shown, layers)
  const width = Math.max(0, ...[...boxes.values()].map((box) => box.x + box.width)) + MARGIN
  const height = Math.max(0, ...[...boxes.values()].map((box) => box.y + HEIGHT)) + MARGIN
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size(width)} ${size(height)}" width="${size(width)}" height="${size(height)}" role="img" font-family="sans-serif" font-size="12">`,
    `<title>A workflow of ${String(Object.keys(shown.tasks).length)} tasks</title>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#777"/></marker></defs>',
  ]
  for (const [{ from, to }, through] of routes) {
    const stops = [from, ...through, to].flatMap((stop) => boxes.get(stop) ?? [])
    lines.push(route(stops))
    const when = conditionOf(shown, { from, to })
    const [start, next] = stops
    if (when !== undefined && start !== undefined && next !== undefined)
      lines.push(condition(start, next, when))
  }
  for (const [name, task] of Object.entries(shown.tasks)) {
    const box = boxes.get(name)
    if (box === undefined) continue
    const state = progress?.states.get(name) ?? 'waiting'
    const [fill, line] = COLOURS[state]
    const dashed = state === 'skipped' || state === 'removed' ? ' stroke-dasharray="4 3"' : ''
    const middle = size(box.x + box.width / 2)
    lines.push(
      `<g><title>${escaped(`${labelOf(name, task)} (${state})`)}</title>`,
      `<rect x="${size(box.x)}" y="${size(box.y)}" width="${size(box.width)}" height="${String(HEIGHT)}" rx="7" fill="${fill}" stroke="${line}" stroke-width="1.5"${dashed}/>`,
      `<text x="${middle}" y="${size(box.y + HEIGHT / 2 + 4)}" text-anchor="middle" fill="#222">${escaped(labelOf(name, task))}</text></g>`,
    )
  }
  return `${lines.join('\n')}\n</svg>\n`
}

/** Alternatives beside what they are for: they wait for the same. */
function withAlternatives(workflow: Workflow): Workflow {
  const tasks = { ...workflow.tasks }
  for (const { with: other } of workflow.adapt ?? [])
    Object.assign(tasks, withAlternatives(other).tasks)
  return { tasks }
}

/** Each row in the middle of the widest one. */
function boxesOf(
  workflow: Workflow,
  layers: readonly (readonly string[])[],
): ReadonlyMap<string, Box> {
  const widthOf = (name: string): number => {
    const task = workflow.tasks[name]
    return task === undefined ? 0 : Math.max(48, labelOf(name, task).length * LETTER + 20)
  }
  const rows = layers.map((layer) =>
    layer.reduce((sum, name) => sum + widthOf(name) + GAP.x, -GAP.x),
  )
  const widest = Math.max(0, ...rows)
  const boxes = new Map<string, Box>()
  for (const [i, layer] of layers.entries()) {
    let x = MARGIN + (widest - (rows[i] ?? 0)) / 2
    for (const name of layer) {
      const width = widthOf(name)
      boxes.set(name, { x, y: MARGIN + i * (HEIGHT + GAP.y), width })
      x += width + GAP.x
    }
  }
  return boxes
}

/** Curves between rows, and straight down through the rows that it passes. */
function route(stops: readonly Box[]): string {
  const parts: string[] = []
  for (const [i, to] of stops.entries()) {
    const from = stops[i - 1]
    const x = to.x + to.width / 2
    if (from === undefined) {
      parts.push(`M${size(x)} ${size(to.y + HEIGHT)}`)
      continue
    }
    const before = from.x + from.width / 2
    const end = i === stops.length - 1 ? to.y - 2 : to.y
    const bend = (end - from.y - HEIGHT) / 2
    parts.push(
      `C${size(before)} ${size(from.y + HEIGHT + bend)} ${size(x)} ${size(end - bend)} ${size(x)} ${size(end)}`,
    )
    if (i < stops.length - 1) parts.push(`V${size(to.y + HEIGHT)}`)
  }
  return `<path d="${parts.join('')}" fill="none" stroke="#777" marker-end="url(#tip)"/>`
}

function condition(from: Box, to: Box, text: string): string {
  const x = (from.x + from.width / 2 + to.x + to.width / 2) / 2
  const y = (from.y + HEIGHT + to.y) / 2
  return `<text x="${size(x + 4)}" y="${size(y)}" font-size="10" fill="#777">${escaped(text)}</text>`
}

function size(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
