import type { Molecule } from '../interpreter/index.ts'

/** A solution that remembers how deep it is at most. */
interface OfKnownDepth {
  readonly depth: number
}

function isOfKnownDepth(molecule: object): molecule is OfKnownDepth {
  return 'depth' in molecule && typeof molecule.depth === 'number'
}

/** At least as deep as tuples, lists and solutions nest in a molecule, and exact where no membrane has lost its deepest one. */
export function depthBelow(root: Molecule): number {
  if (typeof root !== 'object' || root.kind === 'symbol') return 0
  if (root.kind === 'tuple' && isFlat(root.fields)) return 1
  let deepest = 0
  const stack: Molecule[] = [root]
  const depths: number[] = [0]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const depth = depths.pop() ?? 0
    const below = typeof top === 'object' ? pushInside(top, depth, stack, depths) : 0
    if (depth + below > deepest) deepest = depth + below
  }
  return deepest
}

function isFlat(fields: readonly Molecule[]): boolean {
  for (const field of fields)
    if (typeof field === 'object' && field.kind !== 'symbol' && field.kind !== 'float') return false
  return true
}

/** How many levels a molecule adds by itself; what is to be looked at inside goes onto the stack. */
function pushInside(
  molecule: object & Molecule,
  depth: number,
  stack: Molecule[],
  depths: number[],
): number {
  if (isOfKnownDepth(molecule)) return Math.max(1, molecule.depth)
  if (molecule.kind !== 'tuple' && molecule.kind !== 'list' && molecule.kind !== 'solution')
    return 0
  const inside =
    molecule.kind === 'tuple'
      ? molecule.fields
      : molecule.kind === 'list'
        ? molecule.items
        : molecule.molecules()
  let below = 1
  for (const inner of inside) {
    if (typeof inner !== 'object' || inner.kind === 'symbol' || inner.kind === 'float') continue
    // Most of what stands in a long list is flat: it is looked at where it is.
    if (inner.kind === 'tuple' && isFlat(inner.fields)) below = 2
    else {
      stack.push(inner)
      depths.push(depth + 1)
    }
  }
  return below
}
