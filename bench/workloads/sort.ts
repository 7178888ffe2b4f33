import { table } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { drawn, each } from '../molecules.ts'
import { sorted } from '../hand/sort.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'

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
    molecules: (values) => [table(each(values.length), values)],
    result: (left) => checksumOf(left.columns(undefined, 2), 0, 1),
  },
  variant: {
    molecules: (values) => [table('CELL', values, each(values.length))],
    result: (left) => checksumOf(left.columns('CELL', 2), 1, 0),
  },
  peers: { sizes: [100, 200, 400] },
})

function checksumOf(
  columns: readonly ArrayLike<Molecule>[],
  placeField: number,
  valueField: number,
): string {
  const [places = [], values = []] = [columns[placeField], columns[valueField]]
  let checksum = 0
  for (let i = 0; i < places.length; i++)
    checksum = added(checksum, Number(places[i]), Number(values[i]))
  return String(checksum)
}

// Exact: a place is below 2²² and a value below 2³¹.
function added(checksum: number, place: number, value: number): number {
  return (checksum + place * value) % 1_000_000_007
}
