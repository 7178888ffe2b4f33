import type { Program, RuleExpression } from '../../grammar/index.ts'

/** Every rule of a program's text, by where it starts. */
export function ruleNodes(program: Program): ReadonlyMap<number, RuleExpression> {
  const found = new Map<number, RuleExpression>()
  const waiting: unknown[] = [program.definitions, program.solution]
  for (let node = waiting.pop(); node !== undefined || waiting.length > 0; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue
    if (isRule(node)) found.set(node.span.start, node)
    for (const inner of Object.values(node) as readonly unknown[])
      if (typeof inner === 'object') waiting.push(inner)
  }
  return found
}

function isRule(node: object): node is RuleExpression {
  return 'kind' in node && node.kind === 'rule'
}
