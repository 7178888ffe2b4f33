import { holdsSolution, inside } from './molecule.ts'
import type { Molecule, Solution, Tuple } from './molecule.ts'
import { List, Tuple as TupleValue } from './molecule.ts'
import { Multiset, SolutionValue } from './multiset.ts'

/** Where a solution stands: the way to it from the outermost one. */
export interface Location {
  readonly contents: Multiset
  readonly level: number
  readonly up: Up | undefined
}

interface Up {
  readonly location: Location
  /** The molecule of the solution around that holds this one. */
  readonly molecule: Molecule
  /** Through tuples and lists, the index at each. */
  readonly path: readonly number[]
}

/** The contents of a solution as the reference keeps it. */
export function contentsOf(solution: Solution): Multiset {
  return solution instanceof SolutionValue
    ? solution.contents()
    : Multiset.of(solution.contents().entries())
}

/** Every solution that `isSettled` does not say may be passed over, outer before inner. */
export function locations(
  root: SolutionValue,
  isSettled: (contents: Multiset) => boolean,
): Location[] {
  const found: Location[] = []
  if (isSettled(root.contents())) return found
  const waiting: Location[] = [{ contents: root.contents(), level: 0, up: undefined }]
  for (let location = waiting.pop(); location !== undefined; location = waiting.pop()) {
    found.push(location)
    for (const molecule of location.contents.molecules())
      for (const { solution, path } of solutionsIn(molecule)) {
        const contents = contentsOf(solution)
        if (!isSettled(contents))
          waiting.push({ contents, level: location.level + 1, up: { location, molecule, path } })
      }
  }
  return found
}

/** The outermost solutions inside a molecule, through tuples and lists. */
export function* solutionsIn(
  molecule: Molecule,
): Generator<{ solution: Solution; path: readonly number[] }> {
  const waiting: { molecule: Molecule; path: readonly number[] }[] = [{ molecule, path: [] }]
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    if (typeof top.molecule !== 'object' || !holdsSolution(top.molecule)) continue
    if (top.molecule.kind === 'solution') {
      yield { solution: top.molecule, path: top.path }
      continue
    }
    let i = 0
    for (const inner of inside(top.molecule) ?? []) {
      if (holdsSolution(inner)) waiting.push({ molecule: inner, path: [...top.path, i] })
      i++
    }
  }
}

/** The outermost solution when one inside it has new contents. A copy of a molecule changes alone; one of ∞ or of anti-molecules with all. */
export function replaced(location: Location, contents: Multiset): SolutionValue {
  let value = new SolutionValue(contents)
  for (let up = location.up; up !== undefined; up = up.location.up) {
    const outer = up.location.contents
    const multiplicity = outer.multiplicityOf(up.molecule)
    const copies = multiplicity > 0 && multiplicity !== Infinity ? 1 : multiplicity
    const left = copies === 1 ? outer.add(up.molecule, -1) : outer.without(up.molecule)
    value = new SolutionValue(left.add(substitute(up.molecule, up.path, value), copies))
  }
  return value
}

/** A molecule with a solution inside put in another's place. The path through tuples and lists can be long: from inside out. */
export function substitute(molecule: Molecule, path: readonly number[], value: Molecule): Molecule {
  const around: (Tuple | List)[] = []
  let inner: Molecule | undefined = molecule
  for (const index of path) {
    if (typeof inner !== 'object' || (inner.kind !== 'tuple' && inner.kind !== 'list')) break
    around.push(inner)
    inner = (inner.kind === 'tuple' ? inner.fields : inner.items)[index]
  }
  let result = value
  for (let i = around.length - 1; i >= 0; i--) {
    const outer = around[i]
    const index = path[i]
    if (outer === undefined || index === undefined) break
    result =
      outer.kind === 'tuple'
        ? new TupleValue(outer.fields.with(index, result))
        : new List(outer.items.with(index, result))
  }
  return result
}
