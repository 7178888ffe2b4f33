import { SolutionValue } from '../../interpreter/index.ts'
import type { Molecule, Solution } from '../../interpreter/index.ts'
import type { Membrane } from '../membrane.ts'
import type { Opened } from '../plan/heads.ts'
import type { ClassTable } from '../store/molecule-class.ts'
import { FEW } from '../store/store.ts'

/** How patterns look into solutions. */
export interface Opening {
  /** As a membrane, whatever it was before. */
  open(solution: Solution): Membrane
  /** As a membrane; undefined for a small value, whose molecules are noted. */
  look(solution: Solution, inside: Inside): Membrane | undefined
  readonly classes: ClassTable
}

/** What is seen in a solution that is looked into as a value. */
export class Inside {
  molecules: readonly Molecule[] = []
  /** The ids of their classes, ascending. */
  readonly ids = new Int32Array(FEW)
}

/** The molecules of a value that can be looked into as it is; undefined where there are too many, or copies. */
export function fewIn(value: SolutionValue): readonly Molecule[] | undefined {
  const { plain } = value.contents()
  return plain === undefined || plain.length > FEW ? undefined : plain
}

/**
 * Molecules by class, those of one as they came: values with the same molecules come in many orders of
 * classes. The ids of their classes go into the list.
 */
export function byClass(
  given: readonly Molecule[],
  classes: ClassTable,
  ids: Int32Array,
): readonly Molecule[] {
  let isSorted = true
  for (let i = 0; i < given.length; i++) {
    const molecule = given[i]!
    ids[i] = typeof molecule === 'number' ? classes.int.id : classes.of(molecule).id
    if (i > 0 && ids[i]! < ids[i - 1]!) isSorted = false
  }
  if (isSorted) return given
  const sorted = given.toSorted((a, b) => classes.of(a).id - classes.of(b).id)
  for (const [i, molecule] of sorted.entries()) ids[i] = classes.of(molecule).id
  return sorted
}

/** Stands for a solution that is looked into as a value. */
export const IN_VALUE: Molecule = SolutionValue.empty

/** Whether a pattern can look into values: its heads take molecules one by one. */
export function canBeValue({ heads }: Opened): boolean {
  return heads.every(({ reactant }) => reactant.kind === 'single')
}
