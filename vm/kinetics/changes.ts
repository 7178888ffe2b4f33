import {
  ArithmeticFailure,
  Multiset,
  PlacedFailure,
  SolutionValue,
  countOf,
  isInfinite,
} from '../../interpreter/index.ts'
import type { Entry, Int, Molecule, RuleShape } from '../../interpreter/index.ts'
import { Group } from './group.ts'
import { copiesReacting } from './membrane.ts'
import type { Membrane } from './membrane.ts'

/** What a reaction does to its solution, in this order. */
export interface Changes {
  readonly taken: readonly Entry[]
  /** Molecules of which all copies were taken, endless ones too. */
  readonly cleared: readonly Molecule[]
  readonly added: readonly Entry[]
}

/** Fails where ∞ and −∞ would meet. */
export function checkSums(membrane: Membrane, changes: Changes, { place }: RuleShape): void {
  try {
    changed(Multiset.of(membrane.entries()), changes)
  } catch (error) {
    if (!(error instanceof ArithmeticFailure)) throw error
    throw new PlacedFailure(error.message, place)
  }
}

export function changed(contents: Multiset, { taken, cleared, added }: Changes): Multiset {
  let left = contents.plus(taken)
  for (const molecule of cleared) left = left.without(molecule)
  return left.plus(added)
}

/** By how many molecules changes in a solution let the whole grow; ∞ copies count as one. */
export function growth(membrane: Membrane, changes: Changes): number {
  const { taken, cleared, added } = changes
  const touched = [...taken, ...added].map(([molecule]) => molecule)
  let before = Multiset.empty
  for (const molecule of new Set([...touched, ...cleared]))
    if (before.multiplicityOf(molecule) === 0)
      before = before.add(molecule, membrane.multiplicityOf(molecule))
  const sizeOf = (contents: Multiset): number => countOf(new SolutionValue(contents))
  let grown = sizeOf(changed(before, changes)) - sizeOf(before)
  for (let holder = membrane.holder; holder instanceof Group; holder = holder.around.holder)
    if (holder.multiplicity < 0) grown *= counted(holder.multiplicity)
  return grown
}

function counted(multiplicity: Int): number {
  return isInfinite(multiplicity) ? 1 : Math.abs(Number(multiplicity))
}

/** A solution in which the molecule that a group stands for has become another. */
export function exchanged(contents: Multiset, group: Group, molecule: Molecule): Multiset {
  // One copy of finitely many changes alone; endless and negative ones change together.
  const moved = copiesReacting(group.multiplicity) > 1 ? 1 : group.multiplicity
  const left = moved === 1 ? contents.add(group.value(), -1) : contents.without(group.value())
  return left.add(molecule, moved)
}
