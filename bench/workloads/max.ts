import { table } from '../../interpreter/index.ts'
import { drawn, onlyNumber } from '../molecules.ts'
import { largest } from '../hand/max.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

/** N numbers below 2³¹. */
export const max = workload<Int32Array>({
  name: 'max',
  unit: 'numbers',
  sizes: [10_000, 100_000, 1_000_000],
  data: (size) => {
    const random = new Lehmer()
    return drawn(size, () => random.next())
  },
  hand: (numbers) => String(largest(numbers)),
  program: { molecules: (numbers) => [table(numbers)], result: onlyNumber },
  variant: { molecules: (numbers) => [table(numbers)], result: onlyNumber },
  peers: { sizes: [100_000, 1_000_000, 4_000_000] },
})
