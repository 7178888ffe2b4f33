import { SolutionValue, symbol } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { drawn, onlyNumber, onlyTagged, tuple } from '../molecules.ts'
import { sumOfLargest } from '../hand/nested.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'
import type { Definition } from '../workload.ts'

/** Number k belongs to group k mod `groups`. */
interface Groups {
  readonly groups: number
  readonly numbers: Int32Array
}

const GROUP = symbol('GROUP')

const summing: Omit<Definition<Groups>, 'name' | 'data'> = {
  file: 'nested',
  unit: 'solutions',
  sizes: [100, 1_000, 10_000],
  hand: ({ groups, numbers }) => String(sumOfLargest(groups, numbers)),
  program: {
    *molecules(data, rule) {
      for (let group = 0; group < data.groups; group++) yield solutionOf(data, group, rule('max'))
    },
    result: onlyNumber,
  },
  variant: {
    *molecules(data, rule) {
      for (let group = 0; group < data.groups; group++)
        yield tuple(GROUP, group, solutionOf(data, group, rule('best')))
    },
    result: (left) => onlyTagged(left, 'TOTAL'),
  },
}

/** N solutions of 10 numbers each, 20 with peers. */
export const nested = workload<Groups>({
  ...summing,
  name: 'nested',
  data: (groups) => numbersFor(groups, 10),
  peers: { sizes: [1_000, 10_000, 40_000], data: (groups) => numbersFor(groups, 20) },
})

/** N solutions of 100 numbers each. */
export const nestedLarge = workload<Groups>({
  ...summing,
  name: 'nested-100',
  data: (groups) => numbersFor(groups, 100),
})

function numbersFor(groups: number, each: number): Groups {
  const random = new Lehmer()
  return { groups, numbers: drawn(groups * each, () => random.below(1_000_000)) }
}

function solutionOf({ groups, numbers }: Groups, group: number, rule: Molecule): Molecule {
  const molecules: Molecule[] = [rule]
  for (let k = group; k < numbers.length; k += groups) molecules.push(numbers[k] ?? 0)
  // A copy takes no more room than it needs.
  return SolutionValue.listing(molecules.slice())
}
