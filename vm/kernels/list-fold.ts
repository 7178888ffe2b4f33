import { EvaluationFailure, binary } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { comparable } from './comparable.ts'
import { takes } from './fits.ts'
import type { FoldRule, Merge } from './fold-rule.ts'

/**
 * Folds the molecules of a small solution, which stand in a list and not in columns, to what the kernel comes
 * to: what is left, each reaction having taken one away. Undefined for what it does not take.
 */
export interface ListFold {
  readonly all: (molecules: readonly Molecule[]) => readonly Molecule[] | undefined
  /** The one that is left of a list of Ints but for one place, which holds the rule. */
  readonly ints?:
    ((molecules: readonly Molecule[], besides: number) => Molecule | undefined) | undefined
}

/** The fold of a list by a rule; undefined for one of tuples or with keys, which needs columns. */
export function listFold(rule: FoldRule): ListFold | undefined {
  const { choice, heads, keys, merges } = rule
  if (keys === 'all' || keys.length > 0 || heads[0].isTuple) return undefined
  const fold = choice === undefined ? mergedList(merges.get(0)) : chosenList(choice)
  if (fold === undefined) return undefined
  const isTyped = heads.some(({ fields: [field] }) => !isUntyped(field))
  if (!isTyped) return fold
  // No type tells one Int from another.
  const takesNumbers = heads.every((head) => head.fields[0]?.kind !== 'constant' && takes(head, 0))
  return {
    all: (molecules) => {
      if (takesNumbers && areNumbers(molecules)) return fold.all(molecules)
      for (const molecule of molecules)
        for (const head of heads) if (!takes(head, molecule)) return undefined
      return fold.all(molecules)
    },
    ints: takesNumbers ? fold.ints : undefined,
  }
}

function isUntyped(field: FoldRule['heads'][0]['fields'][0] | undefined): boolean {
  return field?.kind === 'variable' && field.type === undefined
}

function chosenList(choice: NonNullable<FoldRule['choice']>): ListFold {
  if (choice === 'any') return { all: (molecules) => molecules.slice(0, 1), ints: firstBesides }
  const { isLargest, isStrict } = choice
  const best = isLargest ? largest : smallest
  const all: ListFold['all'] = (molecules) => {
    const values = areNumbers(molecules) ? molecules : comparable([...molecules], molecules.length)
    if (values === undefined) return undefined
    const at = best(values as readonly number[])
    if (!isStrict) {
      const left = molecules[at]
      return left === undefined ? undefined : [left]
    }
    const most = values[at]
    // What is neither above nor below the best one stays with it.
    return molecules.filter((_, i) => {
      const value = values[i]
      return value !== undefined && most !== undefined && !(value < most) && !(value > most)
    })
  }
  return { all, ints: isStrict ? undefined : bestBesides(isLargest) }
}

// Of these lists all are numbers but the molecule that is passed over.

function firstBesides(molecules: readonly Molecule[], besides: number): Molecule | undefined {
  return molecules[besides === 0 ? 1 : 0]
}

function bestBesides(isLargest: boolean): NonNullable<ListFold['ints']> {
  return isLargest ? largestBesides : smallestBesides
}

function largestBesides(molecules: readonly Molecule[], besides: number): Molecule | undefined {
  let best = -Infinity
  for (let i = 0; i < molecules.length; i++) {
    const value = molecules[i] as number
    if (i !== besides && value > best) best = value
  }
  return best
}

function smallestBesides(molecules: readonly Molecule[], besides: number): Molecule | undefined {
  let best = Infinity
  for (let i = 0; i < molecules.length; i++) {
    const value = molecules[i] as number
    if (i !== besides && value < best) best = value
  }
  return best
}

function sumBesides(molecules: readonly Molecule[], besides: number): Molecule | undefined {
  let sum = 0
  for (let i = 0; i < molecules.length; i++) {
    if (i === besides) continue
    sum += molecules[i] as number
    if (!Number.isSafeInteger(sum)) return undefined
  }
  return sum
}

function areNumbers(molecules: readonly Molecule[]): molecules is readonly number[] {
  for (let i = 0; i < molecules.length; i++) if (typeof molecules[i] !== 'number') return false
  return true
}

/** The place of the largest value, the first one of equals. All are of a kind that `<` compares. */
function largest(values: readonly number[]): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i
  return best
}

function smallest(values: readonly number[]): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! < values[best]!) best = i
  return best
}

function mergedList(merge: Merge | undefined): ListFold | undefined {
  switch (merge) {
    case undefined:
      return undefined
    case 'first':
      return { all: (molecules) => molecules.slice(0, 1), ints: firstBesides }
    case 'last':
      return { all: (molecules) => molecules.slice(-1) }
    case 'largest':
    case 'smallest': {
      const best = merge === 'largest' ? largest : smallest
      const all: ListFold['all'] = (molecules) => {
        // Other kinds have an order of their own, which the rule would have to be asked for.
        if (!areNumbers(molecules)) return undefined
        const at = best(molecules)
        return molecules.slice(at, at + 1)
      }
      return { all, ints: bestBesides(merge === 'largest') }
    }
    case 'sum':
      return { all: (molecules) => merged('+', molecules), ints: sumBesides }
    case 'product':
      return { all: (molecules) => merged('*', molecules) }
  }
}

function merged(operator: '+' | '*', molecules: readonly Molecule[]): Molecule[] | undefined {
  let made = molecules[0]
  if (made === undefined) return undefined
  try {
    for (let i = 1; i < molecules.length; i++) {
      const molecule = molecules[i]
      if (molecule === undefined) return undefined
      if (operator === '+' && typeof made === 'number' && typeof molecule === 'number') {
        const sum: number = made + molecule
        made = Number.isSafeInteger(sum) ? sum : binary('+', made, molecule)
      } else made = binary(operator, made, molecule)
    }
  } catch (error) {
    if (error instanceof EvaluationFailure) return undefined
    throw error
  }
  return [made]
}
