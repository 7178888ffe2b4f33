import { SolutionValue, Tuple } from '../../interpreter/index.ts'
import type { Molecule, Outcome } from '../../interpreter/index.ts'
import { freeze } from '../freeze.ts'
import type { MachineOptions } from '../machine-options.ts'
import { Membrane } from '../membrane.ts'
import { isKnownInert } from '../solutions.ts'

/** Reduces one solution, and lets its membranes be seen. */
export interface ApartMachine {
  run(): Promise<Outcome>
  readonly outermost: Membrane
}

/** Makes a machine of its own for solutions that are reduced apart. */
export type MakeApart = (first: SolutionValue, options: MachineOptions) => ApartMachine

/** What became of solutions that were reduced apart. */
export interface Apart {
  readonly outcome: Outcome
  readonly values: readonly SolutionValue[]
  readonly inert: readonly boolean[]
}

/**
 * Reduces solutions apart from all others, in a machine of their own. Their course depends on nothing but
 * what is given here, so it is the same in every thread and at every time.
 */
export async function reduceApart(
  values: readonly SolutionValue[],
  options: MachineOptions,
  make: MakeApart,
): Promise<Apart> {
  const first = values.map((value, at) => [new Tuple([at, value], Infinity), 1] as const)
  const machine = make(SolutionValue.of(first, Infinity), options)
  const outcome = await machine.run()
  const reduced = [...values]
  const inert = values.map(() => false)
  machine.outermost.visit((molecule) => {
    const [at, solution] = numbered(molecule)
    reduced[at] = solution instanceof Membrane ? freeze(solution) : valueOf(solution)
    inert[at] = solution instanceof Membrane ? solution.isInert : isKnownInert(solution, machine)
  })
  return { outcome, values: reduced, inert }
}

/** What stands around each solution so that it is known again. */
function numbered(molecule: Molecule): readonly [number, Molecule] {
  if (molecule instanceof Tuple) {
    const [at, solution] = molecule.fields
    if (typeof at === 'number' && solution !== undefined) return [at, solution]
  }
  throw new Error('a solution that was reduced apart has lost its number')
}

function valueOf(molecule: Molecule): SolutionValue {
  if (molecule instanceof SolutionValue) return molecule
  throw new Error('what was reduced apart is no solution any more')
}
