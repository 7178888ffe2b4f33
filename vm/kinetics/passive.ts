import { holdsSolution, inside, isRule, solutionsIn } from '../../interpreter/index.ts'
import type { Molecule, Solution } from '../../interpreter/index.ts'

/** Solutions that are values, and in which it is known that nothing can react: that stays so. */
const inert = new WeakSet<Solution>()

/** Notes that nothing in a molecule can react. */
export function noteInert(molecule: Molecule): void {
  for (const { solution } of solutionsIn(molecule)) inert.add(solution)
}

/**
 * Whether it is plain that nothing in a molecule can react by itself: each solution in it, at any depth,
 * holds no rule, or is known to be inert.
 */
export function isPassive(molecule: Molecule): boolean {
  if (!holdsSolution(molecule)) return true
  const waiting: Molecule[] = [molecule]
  const seen: Solution[] = []
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    if (!holdsSolution(top) || typeof top !== 'object') continue
    if (top.kind !== 'solution') {
      for (const inner of inside(top) ?? []) waiting.push(inner)
      continue
    }
    if (inert.has(top)) continue
    seen.push(top)
    for (const [inner, copies] of top.contents().entries()) {
      if (isRule(inner) && copies > 0) return false
      waiting.push(inner)
    }
  }
  for (const solution of seen) inert.add(solution)
  return true
}
