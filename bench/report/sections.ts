import type { Measurement } from '../measure/measure.ts'
import type { Comparison, Figure } from '../peers/compare.ts'
import { quoted } from '../peers/index.ts'
import type { Peer } from '../peers/peer.ts'
import type { Workload } from '../workload.ts'
import { exponent } from './growth.ts'
import { digits, inSeconds, megabytes, whole } from './numbers.ts'
import { measurementsOf } from './results.ts'
import type { Results } from './results.ts'
import type { Table } from './table.ts'
import { lead, verdict } from './verdict.ts'
import type { Verdict } from './verdict.ts'

/** Fewer molecules say nothing of what one takes. */
const ENOUGH_MOLECULES = 1000

/** Ours and hand-written JavaScript. */
export function handTable(results: Results, workloads: readonly Workload[]): Table {
  const { budget } = results.effort
  const rows = workloads.flatMap((workload) => {
    const measurements = measurementsOf(results, workload, 'program')
    return measurements.map((each, i) => [
      i === 0 ? workload.name : '',
      whole(each.size),
      oursText(each, budget),
      each.hand === undefined ? 'out of reach' : digits(each.hand),
      ratio(each.reacting, each.hand),
      i === measurements.length - 1 ? growth(measurements, ({ reacting }) => reacting) : '',
      i === measurements.length - 1 ? growth(measurements, ({ hand }) => hand) : '',
      whole(each.reactions),
      each.reacting === undefined ? '' : perReaction(each),
      bytesEach(each),
    ])
  })
  return {
    title: 'Beside hand-written JavaScript',
    note: 'CPU milliseconds from the loaded solution until it is inert and its result is read, and for the hand-written program from the same data in arrays. Growth is the exponent of N that fits best. Memory is what a loaded molecule takes.',
    head: [
      'program',
      'N',
      'ours',
      'hand',
      'ratio',
      'growth',
      'hand’s',
      'reactions',
      'ns each',
      'B/molecule',
    ],
    rows,
  }
}

/** The same programs, written differently. */
export function variantTable(results: Results, workloads: readonly Workload[]): Table | undefined {
  const rows = workloads.flatMap((workload) =>
    measurementsOf(results, workload, 'variant').map((variant) => {
      const program = measurementsOf(results, workload, 'program').find(
        ({ size }) => size === variant.size,
      )
      return [
        workload.name,
        whole(variant.size),
        oursText(variant, results.effort.budget),
        program === undefined ? '' : oursText(program, results.effort.budget),
        ratio(variant.reacting, program?.reacting),
        ratio(variant.reacting, program?.hand),
        whole(variant.reactions),
      ]
    }),
  )
  if (rows.length === 0) return undefined
  return {
    title: 'Written differently',
    note: 'The same programs with other names, tags and orders of rules, patterns and fields, and conditions turned round (bench/variants).',
    head: ['program', 'N', 'variant', 'program', 'variant/program', 'variant/hand', 'reactions'],
    rows,
  }
}

/** What it takes to put molecules into a machine. */
export function loadingTable(results: Results, workloads: readonly Workload[]): Table | undefined {
  const rows = workloads.flatMap((workload) => {
    const last = measurementsOf(results, workload, 'program').findLast(
      ({ loading, molecules = 0 }) => loading !== undefined && molecules >= ENOUGH_MOLECULES,
    )
    if (last === undefined) return []
    const { size, molecules = 1, loading = NaN } = last
    return [
      [
        workload.name,
        whole(size),
        whole(molecules),
        digits(loading),
        digits((loading * 1e6) / molecules),
        bytesEach(last),
      ],
    ]
  })
  if (rows.length === 0) return undefined
  return {
    title: 'Loading',
    note: 'CPU milliseconds for `new Machine(…)` and `inject(…)` with molecules that are there already.',
    head: ['program', 'N', 'molecules', 'ms', 'ns/molecule', 'B/molecule'],
    rows,
  }
}

/** Ours and peers, as fresh processes. */
export function peerTable(results: Results, peers: readonly Peer[]): Table | undefined {
  const { comparisons, versions, effort } = results
  if (comparisons.length === 0) return undefined
  const present = peers.filter(({ name }) => name in versions)
  const limit = effort.cutOff
  const rows = comparisons.map((each, i) => [
    comparisons[i - 1]?.workload === each.workload ? '' : each.workload,
    whole(each.size),
    figureText(each.ours, limit),
    ...present.map((peer) => peerText(each, peer, limit)),
    verdictText(each, present),
  ])
  return {
    title: 'Beside peers',
    note: `CPU seconds and the most memory of fresh processes, each less what it needs to start (${startsText(results)}). Seconds after > were not enough; ▲ we are ahead by more than 1.5, ▼ we are behind, = a tie; where a peer needs less than a quarter of a second there is no verdict. C is the limit: no rules, the best algorithm.`,
    head: ['program', 'N', 'ours', ...present.map(({ title }) => title), 'against the best peer'],
    rows,
  }
}

/** Figures of others for programs that no peer here has. */
export function quotedText({ comparisons }: Results): string {
  return quoted
    .map(({ program, peer, size, seconds, peakBytes }) => {
      const own = comparisons.find(
        ({ workload, size: n, ours }) =>
          workload === program && n === size && ours.ending === 'finished',
      )?.ours
      const ours =
        own === undefined
          ? 'ours is not measured here'
          : `ours here: ${inSeconds(own.seconds)}, ${megabytes(own.peakBytes)}`
      return `Quoted, not measured here: ${peer}, ${program}, ${whole(size)} events in ${inSeconds(seconds)} and ${megabytes(peakBytes)}; ${ours}.`
    })
    .join('\n')
}

/** The comparisons in which we are not ahead of a peer that took long enough to be compared, and what has no figure. */
export function notAhead(results: Results, peers: readonly Peer[]): readonly string[] {
  const besidePeers = results.comparisons.flatMap((each) =>
    peers.flatMap(({ name, title, isLimit }) => {
      const peer = each.others[name]
      if (peer === undefined || isLimit) return []
      const said = verdict(each.ours, peer)
      if (said !== 'tie' && said !== 'behind') return []
      const times = digits(1 / lead(each.ours, peer))
      return [
        `${each.workload}, ${whole(each.size)}: ${said === 'tie' ? 'a tie with' : 'behind'} ${title}, ${times} times its CPU time`,
      ]
    }),
  )
  const own = results.comparisons
    .filter(({ ours }) => ours.ending !== 'finished' && ours.ending !== 'not tried')
    .map(
      ({ workload, size, ours }) => `${workload}, ${whole(size)}: ours ${ours.ending} beside peers`,
    )
  const without = results.measurements
    .filter(({ reacting }) => reacting === undefined)
    .map(
      ({ workload, form, size }) =>
        `${workload}, ${whole(size)}${form === 'variant' ? ', written differently' : ''}: no result within ${results.effort.budget} s`,
    )
  return [...besidePeers, ...own, ...without]
}

/** The peer that took the least time among those that finished; without one, any that was cut off. */
export function bestPeer(comparison: Comparison, peers: readonly Peer[]): Peer | undefined {
  const time = (peer: Peer): number => {
    const figure = comparison.others[peer.name]
    if (figure === undefined) return Infinity
    return figure.ending === 'finished'
      ? figure.seconds
      : figure.ending === 'cut off'
        ? 1e9
        : Infinity
  }
  const [best] = peers
    .filter((peer) => !peer.isLimit && time(peer) < Infinity)
    .sort((a, b) => time(a) - time(b))
  return best
}

function verdictText(comparison: Comparison, peers: readonly Peer[]): string {
  const best = bestPeer(comparison, peers)
  const figure = best === undefined ? undefined : comparison.others[best.name]
  if (best === undefined || figure === undefined) return ''
  const said = verdict(comparison.ours, figure)
  const atLeast = figure.ending === 'cut off' ? 'over ' : ''
  switch (said) {
    case 'ahead':
      return `ahead ${atLeast}×${digits(lead(comparison.ours, figure))} (${best.name})`
    case 'tie':
      return `tie (${best.name})`
    case 'behind':
      return `behind ×${digits(1 / lead(comparison.ours, figure))} (${best.name})`
    case 'no claim':
      return ''
  }
}

const marks: Readonly<Record<Verdict, string>> = {
  ahead: '▲',
  tie: '=',
  behind: '▼',
  'no claim': ' ',
}

function peerText({ ours, others }: Comparison, { name, isLimit }: Peer, limit: number): string {
  const figure = others[name]
  if (figure === undefined) return ''
  return `${figureText(figure, limit)} ${isLimit ? ' ' : marks[verdict(ours, figure)]}`
}

function figureText(figure: Figure, limit: number): string {
  switch (figure.ending) {
    case 'finished':
      return `${inSeconds(figure.seconds)} ${megabytes(figure.peakBytes).padStart(8)}`
    case 'cut off':
      return `> ${limit} s ${megabytes(figure.peakBytes).padStart(8)}`
    case 'failed':
      return `failed ${megabytes(figure.peakBytes).padStart(8)}`
    case 'wrong':
      return 'WRONG'
    case 'not tried':
      return '–'
  }
}

function startsText({ starts }: Results): string {
  return Object.entries(starts)
    .map(([name, seconds]) => `${name} ${inSeconds(seconds)}`)
    .join(', ')
}

function oursText({ wrong, reacting }: Measurement, budget: number): string {
  if (wrong !== undefined) return 'WRONG'
  return reacting === undefined ? `> ${budget} s` : digits(reacting)
}

function perReaction({ reacting = NaN, reactions = 0 }: Measurement): string {
  return reactions === 0 ? '' : digits((reacting * 1e6) / reactions)
}

function bytesEach({ bytes, molecules = 0 }: Measurement): string {
  if (bytes === undefined || molecules < ENOUGH_MOLECULES) return ''
  return digits(Math.max(0, bytes / molecules))
}

function ratio(time: number | undefined, other: number | undefined): string {
  return time === undefined || other === undefined ? '' : digits(time / other)
}

function growth(
  measurements: readonly Measurement[],
  time: (measurement: Measurement) => number | undefined,
): string {
  const points = measurements.flatMap((each) => {
    const ms = time(each)
    return ms === undefined ? [] : [[each.size, ms] as const]
  })
  const found = exponent(points)
  return found === undefined ? '' : found.toFixed(2)
}
