import { List, SolutionValue, Tuple, holdsSolution, isRule } from '../interpreter/index.ts'
import type { Int, Molecule, Rows, Solution } from '../interpreter/index.ts'

/** A solution that changes, and keeps its value while it does not. */
export interface Changing extends Solution {
  readonly frozen: SolutionValue | undefined
  keep(value: SolutionValue): SolutionValue
  /** What is inside, equal molecules possibly more than once. */
  visit(take: Take): void
  /** Whether no solution inside is a changing one. */
  readonly isPlainInside: boolean
  /** What is inside in columns, where most of it can be. */
  readonly rows?: Rows | undefined
}

/** Whether a solution lists its entries without making a value of itself. */
export function isChanging(solution: Solution): solution is Changing {
  return 'keep' in solution
}

/**
 * The value of a solution at this moment, everything inside included, innermost first: no recursion.
 * What is there already may hold any number of molecules: it is bounded where reactions add.
 */
export function freeze(root: Changing): SolutionValue {
  if (root.frozen !== undefined) return root.frozen
  const found: Changing[] = []
  const waiting: Changing[] = [root]
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    found.push(top)
    if (top.isPlainInside) continue
    top.visit((molecule) => {
      if (!holdsSolution(molecule)) return
      for (const inner of solutionsIn(molecule))
        if (isChanging(inner) && inner.frozen === undefined) waiting.push(inner)
    })
  }
  let value: SolutionValue | undefined
  for (let top = found.pop(); top !== undefined; top = found.pop()) {
    value = top.frozen ?? top.keep(listed(top))
  }
  return value ?? SolutionValue.empty
}

function listed(solution: Changing): SolutionValue {
  const { rows } = solution
  if (rows !== undefined) return SolutionValue.inRows(rows)
  const molecules: Molecule[] = []
  let copies: Int[] | undefined
  const { isPlainInside } = solution
  solution.visit((molecule, n) => {
    if (n !== 1) copies ??= new Array<Int>(molecules.length).fill(1)
    molecules.push(isPlainInside ? molecule : frozenMolecule(molecule))
    copies?.push(n)
  })
  return SolutionValue.listing(
    molecules.length < 64 ? molecules.slice() : molecules,
    copies,
    Infinity,
  )
}

/** A molecule in which no solution can change any more. */
export function frozenMolecule(molecule: Molecule): Molecule {
  return replaceSolutions(molecule, (solution) =>
    isChanging(solution) ? freeze(solution) : solution,
  )
}

/** The outermost solutions in a molecule, through tuples and lists. */
export function solutionsIn(molecule: Molecule): Solution[] {
  if (!holdsSolution(molecule)) return []
  const found: Solution[] = []
  const stack: Molecule[] = [molecule]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (typeof top !== 'object' || !holdsSolution(top)) continue
    if (top.kind === 'solution') found.push(top)
    else if (top.kind === 'tuple') for (const field of top.fields) stack.push(field)
    else if (top.kind === 'list') for (const item of top.items) stack.push(item)
  }
  return found
}

/** The molecule with every outermost solution in it replaced; itself where none changes. No recursion. */
export function replaceSolutions(
  root: Molecule,
  replace: (solution: Solution) => Molecule,
): Molecule {
  if (!holdsSolution(root) || typeof root !== 'object') return root
  if (root.kind === 'solution') return replace(root)
  const frames: Frame[] = [frameOf(root)]
  for (let top = frames.at(-1); top !== undefined; top = frames.at(-1)) {
    const next = top.from[top.to.length]
    if (next === undefined) {
      const made = top.isChanged ? top.make(top.to) : top.whole
      frames.pop()
      const outer = frames.at(-1)
      if (outer === undefined) return made
      push(outer, top.whole, made)
    } else if (typeof next !== 'object' || !holdsSolution(next)) {
      top.to.push(next)
    } else if (next.kind === 'solution') {
      push(top, next, replace(next))
    } else {
      frames.push(frameOf(next))
    }
  }
  return root
}

interface Frame {
  readonly whole: Molecule
  readonly from: readonly Molecule[]
  readonly to: Molecule[]
  readonly make: (parts: readonly Molecule[]) => Molecule
  isChanged: boolean
}

function push(frame: Frame, before: Molecule, after: Molecule): void {
  frame.to.push(after)
  if (before !== after) frame.isChanged = true
}

function frameOf(molecule: Molecule): Frame {
  const common = { whole: molecule, to: [], isChanged: false }
  if (typeof molecule === 'object' && molecule.kind === 'tuple')
    return { ...common, from: molecule.fields, make: (parts) => new Tuple(parts, Infinity) }
  if (typeof molecule === 'object' && molecule.kind === 'list')
    return { ...common, from: molecule.items, make: (parts) => new List(parts, Infinity) }
  return { ...common, from: [], make: () => molecule }
}

/** One molecule after the other, with its multiplicity. */
export type Take = (molecule: Molecule, copies: Int) => void

/** The rules of a value: they are to be there before what they take. */
export function visitRules(value: SolutionValue, take: Take): void {
  const contents = value.contents()
  const rows = contents.untouchedRows
  if (rows !== undefined) {
    // Without a look at the tuples, which are then still to be looked at for the first time.
    for (const molecule of rows.compounds) if (isRule(molecule)) take(molecule, 1)
    return
  }
  contents.visit((molecule, copies) => {
    if (isRule(molecule)) take(molecule, copies)
  })
}

export function visitOthers(value: SolutionValue, take: Take): void {
  value.contents().visit((molecule, copies) => {
    if (!isRule(molecule)) take(molecule, copies)
  })
}
