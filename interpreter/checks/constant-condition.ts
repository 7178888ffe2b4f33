import type { Diagnostic, Expression as Node } from '../../grammar/index.ts'
import { constantOf } from '../constant.ts'
import type { RuleShape } from '../rule.ts'
import { ruleTitle } from './subject.ts'
import type { Check, Subject } from './subject.ts'

/**
 * A condition that no variable has a part in is the same for every match. One that uses a name is left
 * alone: a definition may be a switch, and a parameter can be anything elsewhere.
 */
export const constantCondition: Check = function* (subject) {
  for (const shape of subject.ownRules()) {
    const node = subject.node(shape)?.condition
    if (node === undefined || shape.condition === undefined || hasNames(node)) continue
    const value = constantOf(shape.condition, () => undefined)
    if (value !== undefined) yield diagnostic(subject, shape, node, value === true)
  }
}

function diagnostic(subject: Subject, shape: RuleShape, node: Node, isTrue: boolean): Diagnostic {
  const { source } = subject.keyword(shape)
  return {
    code: 'HOCL311',
    severity: 'warning',
    title: isTrue ? 'this condition is always true' : `${ruleTitle(shape)} never reacts`,
    labels: [
      {
        source,
        span: node.span,
        text: isTrue
          ? 'true for all that the patterns take'
          : 'never true, whatever the patterns take',
      },
    ],
    hint: isTrue
      ? 'leave `if …` out, or compare variables of the patterns'
      : 'compare variables of the patterns',
  }
}

function hasNames(node: object): boolean {
  if ('kind' in node && (node.kind === 'name' || node.kind === 'rest' || node.kind === 'symbol'))
    return true
  return Object.values(node).some(
    (inner: unknown) => typeof inner === 'object' && inner !== null && hasNames(inner),
  )
}
