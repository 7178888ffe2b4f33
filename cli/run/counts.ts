import type { CountsOverTime } from '../../vm/index.ts'
import { svgPlot } from './plot.ts'

const PIECE = 2 ** 16

/** Counts as CSV (RFC 4180): a row for each time, a column for each species or tag. */
export function* csvPieces(counts: CountsOverTime): Generator<string> {
  let text = `${['time', ...counts.names].map(field).join(',')}\n`
  for (const { time, counts: numbers } of counts.rows()) {
    text += `${timeField(time)},${numbers.map(countField).join(',')}`.replace(/,$/, '')
    text += '\n'
    if (text.length < PIECE) continue
    yield text
    text = ''
  }
  yield text
}

/** Counts as a picture. */
export function svgOf(
  counts: CountsOverTime,
  { title, seed }: { readonly title: string; readonly seed: number },
): string {
  const rows = [...counts.rows()]
  const series = counts.names.map((name, i) => ({
    name,
    counts: rows.map((row) => row.counts[i] ?? 0),
  }))
  const end = timeField(rows.at(-1)?.time ?? 0)
  const description = `How many copies there are of ${counts.names.join(', ') || 'nothing'}, from time 0 to ${end}; seed ${String(seed)}.`
  return svgPlot({ title, description, times: rows.map(({ time }) => time), series })
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Without the dust of binary fractions. */
function timeField(time: number): string {
  return String(Number(time.toPrecision(12)))
}

function countField(count: number): string {
  if (Number.isFinite(count)) return String(count)
  return count > 0 ? 'inf' : '-inf'
}
