import type { RuleShape, SolutionValue } from '../../interpreter/index.ts'
import { placementOf } from './placement.ts'
import type { RulePlacement } from './placement.ts'

/** For people: how each rule of a program would find what it takes on many nodes. */
export function placementText(first: SolutionValue, made: readonly RuleShape[]): string {
  const { rules, isCentral, lendsUnits } = placementOf(first, made)
  if (rules.length === 0) return 'no rule acts in the outermost solution: nothing has to meet\n'
  const head =
    isCentral === undefined
      ? ''
      : `everything comes to one shard: ${isCentral}. ${lendsUnits ? LENT : STAYING}\n\n`
  return `${head}${rules.map(ruleText).join('')}`
}

const STAYING = 'More nodes make it safer, and not quicker.'
const LENT =
  'Solutions inside it react on all nodes, each apart, and come there when they are inert; what reacts around them more nodes make safer, and not quicker.'

function ruleText({ rule, line, way }: RulePlacement): string {
  return `${rule} · line ${String(line)}: ${wayText(way)}\n`
}

function wayText(way: RulePlacement['way']): string {
  switch (way.kind) {
    case 'local':
      return 'local: it takes one molecule, wherever that is'
    case 'keyed':
      return `keyed by ${way.by}: all that it takes has the same value there`
    case 'central':
      return `at one shard: ${way.why}`
  }
}
