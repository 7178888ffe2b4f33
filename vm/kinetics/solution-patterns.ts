import type { Pattern, SolutionPattern } from '../../interpreter/index.ts'

/** The patterns of solutions that stand directly in a pattern, through tuples and lists. */
export function solutionPatternsIn(pattern: Pattern): readonly SolutionPattern[] {
  switch (pattern.kind) {
    case 'solution':
      return [pattern]
    case 'tuple':
      return pattern.fields.flatMap(solutionPatternsIn)
    case 'list':
      return pattern.items.flatMap((item) =>
        item.kind === 'item' ? solutionPatternsIn(item.pattern) : [],
      )
    case 'variable':
    case 'wildcard':
    case 'constant':
    case 'rule':
      return []
  }
}
