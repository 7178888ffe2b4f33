import { holdsSolution, inside, isRule } from '../../interpreter/index.ts'
import type { Molecule, Solution } from '../../interpreter/index.ts'

const known = new WeakMap<Solution, boolean>()

/** Whether nothing in a molecule can ever react by itself: no solution in it holds a rule, at any depth. */
export function isPassive(molecule: Molecule): boolean {
  if (!holdsSolution(molecule)) return true
  const waiting: Molecule[] = [molecule]
  const seen: Solution[] = []
  let passive = true
  for (let top = waiting.pop(); top !== undefined && passive; top = waiting.pop()) {
    if (!holdsSolution(top) || typeof top !== 'object') continue
    if (top.kind !== 'solution') {
      for (const inner of inside(top) ?? []) waiting.push(inner)
      continue
    }
    const before = known.get(top)
    if (before === undefined) {
      seen.push(top)
      for (const [inner, copies] of top.contents().entries()) {
        if (isRule(inner) && copies > 0) passive = false
        waiting.push(inner)
      }
    } else if (!before) passive = false
  }
  // What was gone through without meeting a rule has none; of the others only the outermost is known.
  if (passive) for (const solution of seen) known.set(solution, true)
  else if (typeof molecule === 'object' && molecule.kind === 'solution') known.set(molecule, false)
  return passive
}
