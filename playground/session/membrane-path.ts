import { solutionsIn } from '../../interpreter/index.ts'
import type { Molecule, Solution } from '../../interpreter/index.ts'
import type { MembraneStep } from './messages.ts'
import type { Numbering } from './numbering.ts'

/** A solution with more entries is not searched. */
const MOST_ENTRIES = 2_000

/**
 * The way to the solution that a reaction happened in, so many levels inside: where one molecule went and
 * another one came in its place. Undefined where that is not plain to see.
 */
export function membranePath(
  [before, after]: readonly [before: Solution, after: Solution],
  level: number,
  numbering: Numbering,
): readonly MembraneStep[] | undefined {
  const path: MembraneStep[] = []
  let [old, young] = [before, after]
  while (path.length < level) {
    const gone = changedFrom(old, young)
    const come = changedFrom(young, old)
    if (gone === undefined || come === undefined) return undefined
    const found = differingInside(gone, come)
    if (found === undefined) return undefined
    path.push({ before: numbering.of(gone), after: numbering.of(come), index: found.index })
    ;[old, young] = [found.old, found.young]
  }
  return path
}

/** The one molecule of which there are more in the first solution; undefined where there is none, or another. */
function changedFrom(one: Solution, other: Solution): Molecule | undefined {
  const there = other.contents()
  if (one.contents().distinct > MOST_ENTRIES) return undefined
  let found: Molecule | undefined
  for (const [molecule, copies] of one.contents().entries()) {
    if (there.multiplicityOf(molecule) >= copies) continue
    if (found !== undefined) return undefined
    found = molecule
  }
  return found
}

/** The one solution that differs between two molecules of the same make. */
function differingInside(
  gone: Molecule,
  come: Molecule,
): { readonly index: number; readonly old: Solution; readonly young: Solution } | undefined {
  const [olds, youngs] = [inOrder(gone), inOrder(come)]
  if (olds.length !== youngs.length) return undefined
  for (const [index, old] of olds.entries()) {
    const young = youngs[index]
    if (young !== undefined && !old.equals(young)) return { index, old, young }
  }
  return undefined
}

/** The solutions in a molecule, from left to right. */
function inOrder(molecule: Molecule): readonly Solution[] {
  const found = [...solutionsIn(molecule)]
  found.sort(({ path: one }, { path: other }) => {
    for (const [i, index] of one.entries())
      if (index !== other[i]) return index - (other[i] ?? Infinity)
    return 0
  })
  return found.map(({ solution }) => solution)
}
