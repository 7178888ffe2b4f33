import type { Molecules, RuleShape } from '../../interpreter/index.ts'

/** How many molecules more there are after a reaction, as far as the rule's text tells: rests and spreads count nothing. */
export function growthOf(shape: RuleShape): number {
  let taken = shape.isCatalytic ? 0 : shape.patterns.length
  if (shape.shots === 'one') taken++
  return comesFrom(shape.product) - taken
}

function comesFrom({ elements }: Molecules): number {
  let count = 0
  for (const element of elements) {
    const times =
      element.kind !== 'spread' &&
      element.multiplicity?.kind === 'constant' &&
      typeof element.multiplicity.value === 'number'
        ? Math.max(0, element.multiplicity.value)
        : 1
    if (element.kind === 'molecule') count += times
    if (element.kind === 'group') count += times * comesFrom(element.molecules)
  }
  return count
}
