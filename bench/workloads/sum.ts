import { table } from '../../interpreter/index.ts'
import { drawn, onlyNumber, onlyTagged } from '../molecules.ts'
import { total } from '../hand/sum.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

/** N numbers below 1000. */
export const sum = workload<Int32Array>({
  name: 'sum',
  unit: 'numbers',
  sizes: [10_000, 100_000, 1_000_000],
  data: (size) => {
    const random = new Lehmer()
    return drawn(size, () => random.below(1000))
  },
  hand: (numbers) => String(total(numbers)),
  program: { molecules: (numbers) => [table(numbers)], result: onlyNumber },
  variant: {
    molecules: (numbers) => [table('PRICE', numbers)],
    result: (left) => onlyTagged(left, 'PRICE'),
  },
  peers: { sizes: [100_000, 1_000_000, 2_000_000] },
})
