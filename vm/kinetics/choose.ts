import { isInfinite } from '../../interpreter/index.ts'
import type { Int } from '../../interpreter/index.ts'

/**
 * How many choices of n copies there are among so many: combinations. Anti-copies count as copies do, for
 * a negative n; ∞ of the right sign is one choice, a constant source; 0 where there are too few.
 */
export function choose(copies: Int, n: Int): number {
  if (n > 0 ? copies < n : copies > n) return 0
  if (isInfinite(copies)) return 1
  const all = Math.abs(Number(copies))
  const taken = Math.abs(Number(n))
  if (taken === 1) return all
  let ways = 1
  const least = Math.min(taken, all - taken)
  for (let i = 0; i < least && ways < Infinity; i++) ways = (ways * (all - i)) / (i + 1)
  return ways
}
