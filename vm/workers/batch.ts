import { SolutionValue, isRule, shapeOf } from '../../interpreter/index.ts'
import type { Random, RuleShape } from '../../interpreter/index.ts'
import { solutionsIn } from '../freeze.ts'
import type { Membrane } from '../membrane.ts'
import type { Movable } from './movable.ts'

/** Solutions that are reduced together, apart from all others. */
export interface Batch {
  readonly members: readonly Membrane[]
  readonly values: readonly SolutionValue[]
  /** How many molecules there are. */
  readonly weight: number
  /** How many solutions are around them. */
  readonly level: number
  readonly seed: number
  /** Tells rules for which earlier figures hold. */
  readonly rules: string
}

/** A round has so many batches, where that does not make them too small or too large. */
const BATCHES = 64
const MOST_IN_BATCH = 65_536
/** A solution with such a part of all molecules is opened where others are at work in it. */
const LARGE = 1 / 8

/** What waits to be reduced, sorted out. All of it follows from what there is: not from time or threads. */
export interface Sorted {
  readonly batches: readonly Batch[]
  /** To be reduced where they are. */
  readonly others: readonly Membrane[]
}

/** What batches are made with. */
export interface Sorting {
  readonly movable: Movable
  readonly seeds: Random
  readonly sizes: Sizes
}

/** How large batches are. */
export interface Sizes {
  /** Where fewer molecules wait, no batches are made. */
  readonly least: number
  readonly leastSolutions: number
  readonly leastInBatch: number
}

export const SIZES: Sizes = { least: 8192, leastSolutions: 2, leastInBatch: 2048 }
/** A batch for each solution. */
export const SMALLEST: Sizes = { least: 0, leastSolutions: 1, leastInBatch: 1 }

/** Makes batches of solutions that sleep and are active. Nothing is to be made of them where there is too little. */
export function batchesOf(
  waiting: readonly Membrane[],
  { movable, seeds, sizes }: Sorting,
): Sorted {
  const total = waiting.reduce((sum, membrane) => sum + weightOf(membrane), 0)
  const members: Membrane[] = []
  const others: Membrane[] = []
  for (const membrane of waiting) {
    const value = membrane.frozen
    const isApart =
      value !== undefined &&
      !(weightOf(membrane) > LARGE * total && holdsActive(value)) &&
      movable.has(value)
    ;(isApart ? members : others).push(membrane)
  }
  const weight = members.reduce((sum, membrane) => sum + weightOf(membrane), 0)
  if (members.length < sizes.leastSolutions || weight < sizes.least)
    return { batches: [], others: waiting }
  const part = Math.min(MOST_IN_BATCH, Math.max(sizes.leastInBatch, weight / BATCHES))
  return { batches: grouped(members, sizes === SMALLEST ? 1 : part, seeds), others }
}

export function weightOf({ frozen }: Membrane): number {
  return 1 + (frozen?.extent ?? 0)
}

function grouped(members: readonly Membrane[], enough: number, seeds: Random): readonly Batch[] {
  const batches: Batch[] = []
  let group: Membrane[] = []
  let weight = 0
  const close = (): void => {
    if (group.length > 0) batches.push(batchOf(group, weight, seeds))
    group = []
    weight = 0
  }
  for (const membrane of members) {
    if (group[0] !== undefined && group[0].level !== membrane.level) close()
    group.push(membrane)
    weight += weightOf(membrane)
    if (weight >= enough) close()
  }
  close()
  return batches
}

function batchOf(members: readonly Membrane[], weight: number, seeds: Random): Batch {
  const values = members.map(({ frozen }) => frozen ?? SolutionValue.empty)
  return {
    members,
    values,
    weight,
    level: members[0]?.level ?? 1,
    seed: seeds.bits(),
    rules: rulesIn(values[0]),
  }
}

/** Whether a solution further in is active. */
function holdsActive(value: SolutionValue): boolean {
  for (const molecule of value.molecules())
    for (const inner of solutionsIn(molecule))
      if (!(inner instanceof SolutionValue) || !inner.isPassive) return true
  return false
}

const numbers = new WeakMap<RuleShape, number>()
let last = 0

function rulesIn(value: SolutionValue | undefined): string {
  const found: number[] = []
  for (const molecule of value?.molecules() ?? []) {
    if (!isRule(molecule)) continue
    const shape = shapeOf(molecule)
    const number = numbers.get(shape) ?? ++last
    numbers.set(shape, number)
    if (!found.includes(number)) found.push(number)
  }
  return found.join()
}
