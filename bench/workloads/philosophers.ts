import { symbol } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { tuple } from '../molecules.ts'
import { dinner } from '../hand/philosophers.ts'
import { workload } from '../workload.ts'

interface Dinner {
  readonly seats: number
  readonly meals: number
}

const [THINKING, FORK, HUNGRY] = [symbol('THINKING'), symbol('FORK'), symbol('HUNGRY')]

/** N philosophers who want 20 meals each, 10 with peers; the result is how many are fed and how many forks are back. */
export const philosophers = workload<Dinner>({
  name: 'philosophers',
  unit: 'seats',
  sizes: [100, 1_000, 10_000],
  data: (seats) => ({ seats, meals: 20 }),
  hand: ({ seats, meals }) => {
    const { fed, forks } = dinner(seats, meals)
    return `${fed}-${forks}`
  },
  program: {
    *molecules({ seats, meals }) {
      for (let i = 0; i < seats; i++) {
        yield tuple(THINKING, i, (i + 1) % seats, meals)
        yield tuple(FORK, i)
      }
    },
    result: (left) => table(left, { tag: THINKING, mealsField: 3 }),
  },
  variant: {
    *molecules({ seats, meals }) {
      for (let i = 0; i < seats; i++) {
        yield tuple(HUNGRY, meals, i, seats)
        yield tuple(FORK, i)
      }
    },
    result: (left) => table(left, { tag: HUNGRY, mealsField: 1 }),
  },
  peers: { sizes: [1_000, 5_000, 20_000], data: (seats) => ({ seats, meals: 10 }) },
})

function table(
  left: Iterable<Molecule>,
  { tag, mealsField }: { readonly tag: Molecule; readonly mealsField: number },
): string {
  let fed = 0
  let forks = 0
  for (const molecule of left) {
    if (typeof molecule !== 'object' || molecule.kind !== 'tuple') continue
    const { fields } = molecule
    if (fields[0] === FORK) forks++
    else if (fields[0] === tag && fields[mealsField] === 0) fed++
  }
  return `${fed}-${forks}`
}
