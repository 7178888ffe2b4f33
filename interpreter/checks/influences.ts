import type { LoweredProgram } from '../lower/program.ts'
import type { RuleShape } from '../rule.ts'
import { productForms } from './make-world.ts'
import { Subject } from './subject.ts'
import type { World } from './world.ts'

/** One rule of a program can make what another takes. */
export interface Influence {
  readonly from: RuleShape
  readonly to: RuleShape
}

/**
 * Which rules of a program's own text can feed which: some product may match some pattern. What a rule merely
 * passes on as it took it feeds nobody. A program without a solution has none, as others fill it.
 */
export function influences(program: LoweredProgram): readonly Influence[] {
  if (program.diagnostics.some(({ severity }) => severity === 'error')) return []
  const subject = new Subject(program, { isOpen: false })
  const { world } = subject
  if (world === undefined) return []
  const rules = subject.ownRules()
  return rules.flatMap((from) => {
    const made = productForms(from).filter(({ kind }) => kind !== 'floating')
    return rules.filter((to) => feeds(made, to, world)).map((to) => ({ from, to }))
  })
}

function feeds(
  made: ReturnType<typeof productForms>,
  { patterns }: RuleShape,
  world: World,
): boolean {
  return patterns.some(({ pattern }) => made.some((form) => world.mayMatchForm(pattern, form)))
}
