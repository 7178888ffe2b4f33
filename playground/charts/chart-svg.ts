import type { Series } from './counts.ts'

/** What a picture of a chart needs besides the numbers. */
export interface ChartLook {
  readonly x: string
  /** Whether the lines run over reactions, of which there is no half. */
  readonly isWhole: boolean
  readonly width: number
  readonly height: number
  readonly colours: readonly string[]
  readonly text: string
  readonly line: string
  readonly background: string
}

const MARGIN = { left: 64, right: 20, top: 20, bottom: 44 } as const
const ROW = 18

/** A chart that stands by itself, with its axes and what its lines are. */
export function chartSvg(
  xs: readonly number[],
  series: readonly Series[],
  look: ChartLook,
): string {
  const { width, colours } = look
  const height = look.height + series.length * ROW
  const plot = {
    left: MARGIN.left,
    right: width - MARGIN.right,
    top: MARGIN.top,
    bottom: look.height - MARGIN.bottom,
  }
  const [least, most] = bounds(series.flatMap(({ values }) => values))
  const [first, last] = [xs[0] ?? 0, xs.at(-1) ?? 1]
  const xOf = (x: number): number =>
    plot.left + ((x - first) / (last - first || 1)) * (plot.right - plot.left)
  const yOf = (y: number): number =>
    plot.bottom - ((y - least) / (most - least || 1)) * (plot.bottom - plot.top)
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}" font-family="system-ui, sans-serif" font-size="12" role="img">`,
    `<title>Counts by ${escaped(look.x)}</title>`,
    `<rect width="100%" height="100%" fill="${look.background}"/>`,
  ]
  for (const y of ticks(least, most, 5, 1))
    parts.push(
      `<path d="M${at(plot.left)} ${at(yOf(y))}H${at(plot.right)}" stroke="${look.line}"/>`,
      `<text x="${at(plot.left - 8)}" y="${at(yOf(y) + 4)}" text-anchor="end" fill="${look.text}">${shown(y)}</text>`,
    )
  for (const x of ticks(first, last, 6, look.isWhole ? 1 : 0))
    parts.push(
      `<text x="${at(xOf(x))}" y="${at(plot.bottom + 18)}" text-anchor="middle" fill="${look.text}">${shown(x)}</text>`,
    )
  parts.push(
    `<text x="${at((plot.left + plot.right) / 2)}" y="${at(plot.bottom + 36)}" text-anchor="middle" fill="${look.text}">${escaped(look.x)}</text>`,
  )
  for (const [i, { name, values }] of series.entries()) {
    const colour = colours[i % colours.length] ?? look.text
    const points = values.flatMap((y, j) =>
      Number.isFinite(y) ? [`${at(xOf(xs[j] ?? 0))},${at(yOf(y))}`] : [],
    )
    const y = look.height + i * ROW
    parts.push(
      `<polyline fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round" points="${points.join(' ')}"/>`,
      `<rect x="${at(plot.left)}" y="${at(y - 9)}" width="12" height="4" rx="2" fill="${colour}"/>`,
      `<text x="${at(plot.left + 20)}" y="${at(y)}" fill="${look.text}">${escaped(name)}</text>`,
    )
  }
  return `${parts.join('\n')}\n</svg>\n`
}

function bounds(values: readonly number[]): [number, number] {
  let [least, most] = [0, 1]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return [least, most]
}

/** Round numbers between two others, about so many of them, and no closer than that. */
export function ticks(first: number, last: number, about: number, least = 0): readonly number[] {
  const span = last - first
  if (!(span > 0)) return [first]
  const rough = span / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(least, ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power)
  const found: number[] = []
  for (let i = Math.ceil(first / step); i * step <= last + step * 1e-9; i++) found.push(i * step)
  return found
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)))
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
