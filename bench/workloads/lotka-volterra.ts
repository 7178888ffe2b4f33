import { symbol } from '../../interpreter/index.ts'
import type { Outcome, Symbol } from '../../interpreter/index.ts'
import { populationAfter } from '../hand/lotka-volterra.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

/** As many of both as the programs start with. */
const START = { prey: 10_000, predators: 10_000 }

/** N events among prey and predators; the result is how many of each are there then. */
export const lotkaVolterra = workload<number>({
  name: 'lotka-volterra',
  unit: 'events',
  sizes: [10_000, 100_000, 1_000_000],
  data: (events) => events,
  hand: (events) => {
    const random = new Lehmer()
    const chance = (): number => random.next() / 2_147_483_647
    const { prey, predators } = populationAfter(events, START, chance)
    return `${events}-${prey}-${predators}`
  },
  agrees: isLikely,
  events: (events) => events,
  program: {
    molecules: () => [],
    result: (_, end) => counts(end, symbol('PREY'), symbol('PREDATOR')),
  },
  variant: {
    molecules: () => [],
    result: (_, end) => counts(end, symbol('RABBIT'), symbol('FOX')),
  },
  peers: { sizes: [100_000, 1_000_000, 3_000_000] },
})

function counts({ solution, reactions }: Outcome, prey: Symbol, predator: Symbol): string {
  const contents = solution.contents()
  const left = [prey, predator].map((species) => String(contents.multiplicityOf(species)))
  return [reactions, ...left].join('-')
}

/** Everybody draws on their own, so only the events are equal. In millions of them the cycles stay well within this. */
function isLikely(result: string, expected: string): boolean {
  const [events, ...counts] = result.split('-')
  const isAlive = counts.every((count) => Number(count) > 2_000 && Number(count) < 50_000)
  return events === expected.split('-')[0] && counts.length === 2 && isAlive
}
