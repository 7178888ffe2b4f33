import { symbol } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { drawn, tuple, tuplesOf } from '../molecules.ts'
import { sorted } from '../hand/sort.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

const CELL = symbol('CELL')

/** N values at the places 0 to N − 1; the result is a checksum of place times value. */
export const sort = workload<Int32Array>({
  name: 'sort',
  unit: 'pairs',
  sizes: [1_000, 10_000, 100_000],
  data: (size) => {
    const random = new Lehmer()
    return drawn(size, () => random.next())
  },
  hand: (values) => {
    const inOrder = sorted(values)
    let checksum = 0
    for (let i = 0; i < inOrder.length; i++) checksum = added(checksum, i, inOrder[i] ?? 0)
    return String(checksum)
  },
  program: {
    *molecules(values) {
      for (const [i, value] of values.entries()) yield tuple(i, value)
    },
    result: (left) => checksumOf(tuplesOf(left), 0, 1),
  },
  variant: {
    *molecules(values) {
      for (const [i, value] of values.entries()) yield tuple(CELL, value, i)
    },
    result: (left) => checksumOf(tuplesOf(left, CELL), 2, 1),
  },
  peers: { sizes: [100, 200, 400] },
})

function checksumOf(
  tuples: Iterable<readonly Molecule[]>,
  placeField: number,
  valueField: number,
): string {
  let checksum = 0
  for (const fields of tuples)
    checksum = added(checksum, Number(fields[placeField]), Number(fields[valueField]))
  return String(checksum)
}

// Exact: a place is below 2²² and a value below 2³¹.
function added(checksum: number, place: number, value: number): number {
  return (checksum + place * value) % 1_000_000_007
}
