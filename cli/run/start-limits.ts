import { depthOf } from '../../interpreter/index.ts'
import type { Entry, Molecule, Outcome, Reducer, SolutionValue } from '../../interpreter/index.ts'

/** What is in a solution before anything has reacted. */
interface Start {
  readonly first: SolutionValue
  readonly injected: readonly Entry[]
  readonly batches: readonly { readonly molecules: readonly Molecule[] }[]
}

/**
 * How a run ends whose molecules nest too deeply from the start: engines look only at what reactions make.
 * Undefined where it can begin.
 */
export function tooDeepAtStart(
  { first, injected, batches }: Start,
  depth: number,
  machine: Reducer,
): Outcome | undefined {
  const isDeep =
    some(first.contents().molecules(), depth) ||
    injected.some(([molecule]) => nestsDeeper(molecule, depth)) ||
    batches.some(({ molecules }) => some(molecules, depth))
  if (!isDeep) return undefined
  return { kind: 'depth-limit', solution: machine.solution, reactions: 0, pending: 0 }
}

function some(molecules: Iterable<Molecule>, depth: number): boolean {
  for (const molecule of molecules) if (nestsDeeper(molecule, depth)) return true
  return false
}

/** Whether a molecule of the outermost solution, which counts as one level, nests deeper. */
function nestsDeeper(molecule: Molecule, depth: number): boolean {
  if (typeof molecule !== 'object') return depth < 1
  // Most data is flat: to see that takes no walk.
  if (molecule.kind === 'tuple' && molecule.fields.every((field) => typeof field !== 'object'))
    return depth < 2
  return 1 + depthOf(molecule, depth) > depth
}
