import { table } from '../../interpreter/index.ts'
import type { Molecule, SolutionValue } from '../../interpreter/index.ts'
import { amount, each } from '../molecules.ts'
import { dinner } from '../hand/philosophers.ts'
import { workload } from '../workload.ts'

interface Dinner {
  readonly seats: number
  readonly meals: number
}

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
    molecules: ({ seats, meals }) => [
      table(
        'THINKING',
        each(seats),
        each(seats, (i) => (i + 1) % seats),
        each(seats, () => meals),
      ),
      table('FORK', each(seats)),
    ],
    result: (left) => countsOf(left, left.columns('THINKING', 3)[2]),
  },
  variant: {
    molecules: ({ seats, meals }) => [
      table(
        'HUNGRY',
        each(seats, () => meals),
        each(seats),
        each(seats, () => seats),
      ),
      table('FORK', each(seats)),
    ],
    result: (left) => countsOf(left, left.columns('HUNGRY', 3)[0]),
  },
  peers: { sizes: [1_000, 5_000, 20_000], data: (seats) => ({ seats, meals: 10 }) },
})

function countsOf(left: SolutionValue, meals: ArrayLike<Molecule> = []): string {
  let fed = 0
  for (let i = 0; i < meals.length; i++) if (meals[i] === 0) fed++
  return `${fed}-${amount(left, 'FORK', 1)}`
}
