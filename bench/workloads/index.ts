import type { Workload } from '../workload.ts'
import { closure } from './closure.ts'
import { dag } from './dag.ts'
import { fib } from './fib.ts'
import { gcd } from './gcd.ts'
import { lotkaVolterra } from './lotka-volterra.ts'
import { max } from './max.ts'
import { nested, nestedLarge } from './nested.ts'
import { paths } from './paths.ts'
import { philosophers } from './philosophers.ts'
import { sieve } from './sieve.ts'
import { sort } from './sort.ts'
import { sum } from './sum.ts'
import { words, wordsAsText } from './words.ts'

/** Everything that is measured, in the order of the tables. Two programs come with two kinds of data. */
export const workloads: readonly Workload[] = [
  max,
  sum,
  sieve,
  gcd,
  sort,
  fib,
  closure,
  paths,
  words,
  wordsAsText,
  philosophers,
  dag,
  nested,
  nestedLarge,
  lotkaVolterra,
]

/** The workload of that name; none is the caller's mistake. */
export function workloadNamed(wanted: string): Workload {
  const found = workloads.find(({ name }) => name === wanted)
  if (found === undefined) throw new RangeError(`there is no program ${wanted}`)
  return found
}
