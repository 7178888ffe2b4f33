import { symbol } from '../../interpreter/index.ts'
import { onlyTagged, tuple } from '../molecules.ts'
import { fibonacci, fibonacciByLoop } from '../hand/fib.ts'
import { workload } from '../workload.ts'

/** Beyond, the definition calls itself for minutes. */
const FAR = 40

/** The N-th Fibonacci number, from one molecule. */
export const fib = workload<number>({
  name: 'fib',
  unit: '',
  sizes: [20, 25, 70],
  data: (size) => size,
  hand: (n) => (n <= FAR ? String(fibonacci(n)) : undefined),
  check: (n) => String(fibonacciByLoop(n)),
  program: {
    molecules: (n) => [tuple(symbol('FIB'), n)],
    result: (left) => onlyTagged(left, 'SUM'),
  },
  variant: {
    molecules: (n) => [tuple(symbol('N'), n)],
    result: (left) => onlyTagged(left, 'VALUE'),
  },
  peers: { sizes: [22, 25, 28] },
})
