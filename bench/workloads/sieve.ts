import { isInt, table } from '../../interpreter/index.ts'
import type { SolutionValue } from '../../interpreter/index.ts'
import { amount, drawn } from '../molecules.ts'
import { primesUpTo } from '../hand/sieve.ts'
import { workload } from '../workload.ts'

/** The numbers from 2 to N; the result is how many primes are left. */
export const sieve = workload<Int32Array>({
  name: 'sieve',
  unit: 'numbers',
  sizes: [10_000, 100_000, 1_000_000],
  data: (size) => drawn(size - 1, (i) => i + 2),
  hand: (numbers) => String(primesUpTo(numbers.length + 1)),
  program: { molecules: (numbers) => [table(numbers)], result: ints },
  variant: {
    molecules: (numbers) => [table('NUMBER', numbers)],
    result: (left) => amount(left, 'NUMBER', 1),
  },
  peers: { sizes: [2_000, 10_000, 32_000] },
})

function ints(left: SolutionValue): string {
  let count = 0
  for (const molecule of left.molecules()) if (isInt(molecule)) count++
  return String(count)
}
