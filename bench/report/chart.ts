import type { Measurement } from '../measure/measure.ts'
import type { Peer } from '../peers/peer.ts'
import type { Workload } from '../workload.ts'
import { logAxis } from './log-axis.ts'
import type { LogAxis } from './log-axis.ts'
import { digits } from './numbers.ts'
import { measurementsOf } from './results.ts'
import type { Results } from './results.ts'
import { bestPeer } from './sections.ts'
import { lead, verdict } from './verdict.ts'
import type { Verdict } from './verdict.ts'

/** A figure in a row of a panel. */
interface Mark {
  readonly value: number
  /** From 0, the smallest of the sizes, to 1. */
  readonly size: number
  readonly colour: string
  readonly isHollow: boolean
  /** It is at least so much: an arrow points on. */
  readonly isAtLeast: boolean
  /** What a pointer that rests on it is told. */
  readonly text: string
}

/** One side of the chart: a row of marks for each program. */
interface Panel {
  readonly title: string
  readonly axisText: string
  readonly rows: ReadonlyMap<string, readonly Mark[]>
}

const WIDTH = 1040
const NAMES = 120
const GAP = 40
const ROW = 26
const TOP = 92
const BOTTOM = 64
const INK = '#1f2933'
const PALE = '#6b7785'
const LINE = '#d9dee5'
const OURS = '#1f6feb'
const colours: Readonly<Record<Verdict, string>> = {
  ahead: '#1a7f37',
  tie: '#9a6700',
  behind: '#cf222e',
  'no claim': '#8c959f',
}

/** A chart of a run: ratios to hand-written JavaScript, and to the best peer where there are peers. */
export function chart(
  results: Results,
  workloads: readonly Workload[],
  peers: readonly Peer[],
): string {
  const panels = [handPanel(results, workloads)]
  if (results.comparisons.length > 0) panels.push(peerPanel(results, peers))
  const width = (WIDTH - NAMES - GAP * panels.length) / panels.length
  const bottom = TOP + ROW * workloads.length
  const drawn = panels.map((panel, i) =>
    panelSvg(panel, workloads, NAMES + i * (width + GAP), width),
  )
  const names = workloads.map(({ name }, i) =>
    words(NAMES - 12, middleOf(i) + 4, name, { anchor: 'end', size: 13 }),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + BOTTOM}" font-family="system-ui, sans-serif">`,
    `<title>HOCL beside hand-written JavaScript and beside peers</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    words(16, 28, 'HOCL, CPU time', { size: 17, weight: 600 }),
    words(
      16,
      47,
      `${results.when} · ${results.machine.cpu} · Node ${results.machine.node} · small to large dots: small to large N`,
      { size: 12, fill: PALE },
    ),
    ...names,
    ...drawn,
    '</svg>',
    '',
  ].join('\n')
}

function handPanel(results: Results, workloads: readonly Workload[]): Panel {
  const rows = workloads.map(({ name }) => {
    const marks = measurementsOf(results, { name }, 'program').flatMap((each, i, all) =>
      handMark(each, i / Math.max(1, all.length - 1), results.effort.budget),
    )
    return [name, marks] as const
  })
  return {
    title: 'Times the CPU time of hand-written JavaScript',
    axisText: '← quicker than by hand · slower →',
    rows: new Map(rows),
  }
}

function handMark(each: Measurement, size: number, budget: number): readonly Mark[] {
  if (each.hand === undefined) return []
  const isAtLeast = each.reacting === undefined
  const value = (each.reacting ?? budget * 1000) / each.hand
  const text = `${each.workload}, N = ${each.size}: ${isAtLeast ? 'over ' : ''}${digits(value)} times the time by hand`
  return [{ value, size, colour: OURS, isHollow: isAtLeast, isAtLeast, text }]
}

function peerPanel(results: Results, peers: readonly Peer[]): Panel {
  const rows = new Map<string, Mark[]>()
  for (const comparison of results.comparisons) {
    const all = results.comparisons.filter(({ workload }) => workload === comparison.workload)
    const best = bestPeer(comparison, peers)
    const figure = best === undefined ? undefined : comparison.others[best.name]
    if (best === undefined || figure === undefined) continue
    if (comparison.ours.ending === 'not tried' || comparison.ours.ending === 'failed') continue
    const said = verdict(comparison.ours, figure)
    const value = lead(comparison.ours, figure)
    const marks = rows.get(comparison.workload) ?? []
    marks.push({
      value,
      size: all.indexOf(comparison) / Math.max(1, all.length - 1),
      colour: colours[said],
      isHollow: said === 'no claim',
      isAtLeast: figure.ending === 'cut off',
      text: `${comparison.workload}, N = ${comparison.size}: ${best.title} takes ${digits(value)} times as long (${said})`,
    })
    rows.set(comparison.workload, marks)
  }
  return {
    title: 'Times that the best peer takes longer',
    axisText: '← the peer is ahead · we are ahead → (hollow: too quick for a claim)',
    rows,
  }
}

function panelSvg(
  panel: Panel,
  workloads: readonly Workload[],
  left: number,
  width: number,
): string {
  const values = [...panel.rows.values()].flat().map(({ value }) => value)
  const axis = logAxis(values, left, left + width)
  const bottom = TOP + ROW * workloads.length
  const grid = axis.powers.flatMap((power) => {
    const x = axis.at(10 ** power)
    const isOne = power === 0
    return [
      `<line x1="${x}" y1="${TOP - 6}" x2="${x}" y2="${bottom}" stroke="${isOne ? PALE : LINE}" stroke-width="${isOne ? 1.5 : 1}"/>`,
      words(x, bottom + 18, powerText(power), { anchor: 'middle', size: 11, fill: PALE }),
    ]
  })
  const rows = workloads.map(({ name }, i) => rowSvg(panel.rows.get(name) ?? [], middleOf(i), axis))
  return [
    words(left, TOP - 18, panel.title, { size: 13, weight: 600 }),
    ...grid,
    ...rows,
    words(left + width / 2, bottom + 42, panel.axisText, {
      anchor: 'middle',
      size: 12,
      fill: PALE,
    }),
  ].join('\n')
}

function rowSvg(marks: readonly Mark[], y: number, axis: LogAxis): string {
  const xs = marks.map(({ value }) => axis.at(value))
  const line =
    marks.length > 1
      ? `<polyline points="${xs.map((x) => `${x},${y}`).join(' ')}" fill="none" stroke="${LINE}" stroke-width="3"/>`
      : ''
  const dots = marks.map((mark, i) => {
    const x = xs[i] ?? 0
    const radius = (3.5 + 3 * mark.size).toFixed(1)
    const arrow = mark.isAtLeast
      ? `<path d="M${x + 9} ${y - 4} l6 4 l-6 4" fill="none" stroke="${mark.colour}" stroke-width="1.5"/>`
      : ''
    return `<g><title>${mark.text}</title><circle cx="${x}" cy="${y}" r="${radius}" fill="${mark.isHollow ? '#ffffff' : mark.colour}" stroke="${mark.colour}" stroke-width="1.5"/>${arrow}</g>`
  })
  return [line, ...dots].join('')
}

function middleOf(row: number): number {
  return TOP + ROW * row + ROW / 2
}

function powerText(power: number): string {
  return power < -2 || power > 4 ? `10${superscript(power)}` : String(Number(`1e${power}`))
}

function superscript(power: number): string {
  return [...String(power)].map((char) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(char)]).join('')
}

function words(
  x: number,
  y: number,
  text: string,
  how: { size: number; anchor?: 'end' | 'middle'; weight?: number; fill?: string },
): string {
  const { size, anchor = 'start', weight = 400, fill = INK } = how
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${safe}</text>`
}
