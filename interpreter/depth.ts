import { inside } from './molecule.ts'
import type { Molecule } from './molecule.ts'

/** How many tuples, lists and solutions stand inside one another: 0 for an atom. Stops counting above `enough`. */
export function depthOf(molecule: Molecule, enough = Infinity): number {
  let deepest = 0
  const stack: { readonly molecule: Molecule; readonly depth: number }[] = [{ molecule, depth: 0 }]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.depth > deepest) deepest = top.depth
    if (deepest > enough) break
    if (typeof top.molecule !== 'object' || top.molecule.kind === 'rule') continue
    const within = inside(top.molecule)
    if (within === undefined) continue
    if (deepest <= top.depth) deepest = top.depth + 1
    for (const inner of within) stack.push({ molecule: inner, depth: top.depth + 1 })
  }
  return deepest
}
