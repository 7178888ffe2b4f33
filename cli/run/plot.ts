/** Counts over time, to be drawn. */
export interface Plotted {
  readonly title: string
  /** What the picture shows, for those who hear it read. */
  readonly description: string
  readonly times: readonly number[]
  readonly series: readonly Series[]
}

/** The counts of one column, one for each time. */
export interface Series {
  readonly name: string
  readonly counts: readonly number[]
}

/**
 * Six hues that are told apart with any colour vision (after Okabe and Ito 2008), each dark enough for a
 * white page and light enough for a dark one; then the same with dashes.
 */
export const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#a97b0b', '#2a97cf'] as const
const DASHES = ['', '7 4'] as const
/** Of axes and text: the grey with the same contrast to white and to black. */
export const INK = '#767676'
const MOST_SERIES = COLOURS.length * DASHES.length

const WIDTH = 800
const HEIGHT = 440
const FRAME = { left: 72, right: 610, top: 44, bottom: 388 } as const
const LONGEST_NAME = 24

interface Scale {
  readonly from: number
  readonly to: number
  readonly step: number
}

/**
 * A plot as SVG that stands for itself: no style sheet, script or font of its own, and no background, so
 * that it shows alike in any viewer and on a light or dark page.
 */
export function svgPlot({ title, description, times, series }: Plotted): string {
  const shown = largest(series.filter(({ counts }) => counts.every(Number.isFinite)))
  const x = scaleOf([times[0] ?? 0, times.at(-1) ?? 1], { isTight: true })
  const y = scaleOf([0, ...shown.flatMap(({ counts }) => extremes(counts))])
  const lines = shown.map((each, i) =>
    line(each, i, (index, count) => ({
      x: at(times[index] ?? 0, x, FRAME.left, FRAME.right),
      y: at(count, y, FRAME.bottom, FRAME.top),
    })),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="${INK}">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    `<text x="${FRAME.left}" y="26" font-size="15">${escaped(title)}</text>`,
    ...grid(x, y),
    ...lines,
    ...shown.map(legend),
    ...more(series.length - shown.length, shown.length),
    '</svg>',
    '',
  ].join('\n')
}

/** The series with the largest counts, in their own order. */
function largest(series: readonly Series[]): readonly Series[] {
  const size = ({ counts }: Series): number => Math.max(...extremes(counts).map(Math.abs))
  const kept = new Set([...series].sort((a, b) => size(b) - size(a)).slice(0, MOST_SERIES))
  return series.filter((each) => kept.has(each))
}

/** Least and greatest; without spreading, as there may be a million. */
function extremes(values: readonly number[]): readonly number[] {
  let [least, greatest] = [0, 0]
  for (const value of values) {
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  return [least, greatest]
}

/** About six round steps over some values. */
function scaleOf(values: readonly number[], { isTight = false } = {}): Scale {
  const from = Math.min(...values)
  const to = Math.max(...values)
  const span = to > from ? to - from : 1
  const power = 10 ** Math.floor(Math.log10(span / 6))
  const step = ([1, 2, 5].find((factor) => span / (factor * power) <= 7) ?? 10) * power
  if (isTight) return { from, to: from + span, step }
  return { from: Math.floor(from / step) * step, to: Math.ceil((from + span) / step) * step, step }
}

/** Where a value lies between two places of the picture. */
function at(value: number, { from, to }: Scale, start: number, end: number): number {
  return start + ((value - from) / (to - from)) * (end - start)
}

function grid(x: Scale, y: Scale): readonly string[] {
  const { left, right, top, bottom } = FRAME
  const across = ticksOf(y).map((tick) => {
    const height = rounded(at(tick, y, bottom, top))
    return `<path d="M${left} ${height}H${right}" stroke="${INK}" stroke-opacity="${tick === 0 ? 1 : 0.25}"/><text x="${left - 8}" y="${rounded(height + 4.5)}" text-anchor="end">${tickText(tick)}</text>`
  })
  const along = ticksOf(x).map((tick) => {
    const place = rounded(at(tick, x, left, right))
    return `<path d="M${place} ${bottom}v5" stroke="${INK}"/><text x="${place}" y="${bottom + 20}" text-anchor="middle">${tickText(tick)}</text>`
  })
  return [
    ...across,
    `<path d="M${left} ${bottom}H${right}M${left} ${top}V${bottom}" stroke="${INK}" fill="none"/>`,
    ...along,
    `<text x="${(left + right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">time</text>`,
    `<text transform="translate(18 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">copies</text>`,
  ]
}

function ticksOf({ from, to, step }: Scale): readonly number[] {
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  )
}

/** `2,500`, `0.05`, `40k`, `3M`, `1e12`. */
function tickText(tick: number): string {
  const size = Math.abs(tick)
  if (size >= 1e12 || (size > 0 && size < 1e-4)) return tick.toExponential().replace('e+', 'e')
  for (const [unit, text] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const)
    if (size >= 10 * unit || (size >= unit && unit > 1e3)) return `${tick / unit}${text}`
  return size >= 1000 ? String(tick).replace(/\B(?=(\d{3})+$)/, ',') : String(tick)
}

type Place = (index: number, count: number) => { readonly x: number; readonly y: number }

/** A line through the counts. Where there are more than pixels, each pixel has the least and greatest. */
function line({ counts }: Series, number: number, place: Place): string {
  const points = thinned(counts).map((index) => {
    const { x, y } = place(index, counts[index] ?? 0)
    return `${rounded(x)},${rounded(y)}`
  })
  return `<polyline fill="none" ${stroke(number)} points="${points.join(' ')}"/>`
}

/** The numbers of the counts that can be seen. */
function thinned(counts: readonly number[]): readonly number[] {
  const width = FRAME.right - FRAME.left
  const size = Math.ceil(counts.length / width)
  if (size <= 4) return [...counts.keys()]
  const kept: number[] = []
  for (let start = 0; start < counts.length; start += size) {
    const end = Math.min(start + size, counts.length)
    let [least, greatest] = [start, start]
    for (let i = start; i < end; i++) {
      if ((counts[i] ?? 0) < (counts[least] ?? 0)) least = i
      if ((counts[i] ?? 0) > (counts[greatest] ?? 0)) greatest = i
    }
    kept.push(...[...new Set([start, least, greatest, end - 1])].sort((a, b) => a - b))
  }
  return kept
}

function stroke(number: number): string {
  const dash = DASHES[Math.floor(number / COLOURS.length) % DASHES.length] ?? ''
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`
  return `stroke="${COLOURS[number % COLOURS.length] ?? INK}" stroke-width="2" stroke-linejoin="round"${dashes}`
}

function legend({ name }: Series, number: number): string {
  const y = FRAME.top + 10 + number * 24
  const left = FRAME.right + 20
  const text = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
  return `<path d="M${left} ${y}h26" ${stroke(number)}/><text x="${left + 34}" y="${y + 4.5}">${escaped(text)}</text>`
}

function more(left: number, shown: number): readonly string[] {
  if (left === 0) return []
  const y = FRAME.top + 14 + shown * 24
  return [`<text x="${FRAME.right + 20}" y="${y}">and ${left} more</text>`]
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

/** Signs that XML does not allow at all, not even written by their number. */
// eslint-disable-next-line no-control-regex -- XML has no form for these characters
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  return text.replace(FORBIDDEN, '').replace(/[&<>]/g, (sign) => signs[sign] ?? sign)
}
