import { isInt, symbol } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { drawn, taggedNumbers, tuplesOf } from '../molecules.ts'
import { primesUpTo } from '../hand/sieve.ts'
import { workload } from '../workload.ts'

const NUMBER = symbol('NUMBER')

/** The numbers from 2 to N; the result is how many primes are left. */
export const sieve = workload<Int32Array>({
  name: 'sieve',
  unit: 'numbers',
  sizes: [10_000, 100_000, 1_000_000],
  data: (size) => drawn(size - 1, (i) => i + 2),
  hand: (numbers) => String(primesUpTo(numbers.length + 1)),
  program: { molecules: (numbers) => numbers, result: (left) => amount(left, isInt) },
  variant: {
    molecules: (numbers) => taggedNumbers(NUMBER, numbers),
    result: (left) => amount(tuplesOf(left, NUMBER), () => true),
  },
  peers: { sizes: [2_000, 10_000, 32_000] },
})

function amount<T = Molecule>(items: Iterable<T>, counts: (item: T) => boolean): string {
  let count = 0
  for (const item of items) if (counts(item)) count++
  return String(count)
}
