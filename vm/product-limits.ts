import { LARGEST_EXTENT, depthOf, extentOf } from '../interpreter/index.ts'
import type { OutcomeKind } from '../interpreter/index.ts'
import { depthBelow } from './depth.ts'
import { frozenMolecule } from './freeze.ts'
import type { Membrane } from './membrane.ts'
import type { Product } from './residual.ts'

/** The limit on size or nesting that some molecule of a product would pass in a membrane. */
export function passedLimit(
  product: Product,
  membrane: Membrane,
  depth: number,
): OutcomeKind | undefined {
  for (const molecule of product.molecules) {
    if (typeof molecule !== 'object' || molecule.kind === 'symbol') continue
    if (extentOf(molecule) > LARGEST_EXTENT) return 'size-limit'
    const around = membrane.level + 1
    // What is known of membranes may be more than there is.
    if (
      around + depthBelow(molecule) > depth &&
      around + depthOf(frozenMolecule(molecule), depth) > depth
    )
      return 'depth-limit'
  }
  return undefined
}
