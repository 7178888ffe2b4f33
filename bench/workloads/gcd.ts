import { table } from '../../interpreter/index.ts'
import { drawn, onlyNumber } from '../molecules.ts'
import { commonDivisor } from '../hand/gcd.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

/** N multiples of six. */
export const gcd = workload<Int32Array>({
  name: 'gcd',
  unit: 'numbers',
  sizes: [100, 1_000, 10_000],
  data: (size) => {
    const random = new Lehmer()
    return drawn(size, () => 6 * (1 + random.below(1000)))
  },
  hand: (numbers) => String(commonDivisor(numbers)),
  program: { molecules: (numbers) => [table(numbers)], result: onlyNumber },
  variant: { molecules: (numbers) => [table(numbers)], result: onlyNumber },
  peers: { sizes: [1_000, 3_000, 10_000] },
})
