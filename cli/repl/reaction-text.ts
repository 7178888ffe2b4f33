import { printBriefly } from '../../interpreter/index.ts'
import type { Entry, Reaction } from '../../interpreter/index.ts'

/** A reaction on one line: `max: 3, 5 → 5`. */
export function reactionText({ rule, reactants, products, level }: Reaction): string {
  const name = rule.shape.name ?? 'anonymous'
  return `${'  '.repeat(level)}${name}: ${side(reactants)} → ${side(products)}`
}

function side(entries: readonly Entry[]): string {
  if (entries.length === 0) return '∅'
  return entries
    .map(([molecule, n]) => `${printBriefly(molecule)}${n === 1 ? '' : `^${String(n)}`}`)
    .join(', ')
}
