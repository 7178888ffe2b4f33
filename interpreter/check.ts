import type { Diagnostic } from '../grammar/index.ts'
import { constantCondition } from './checks/constant-condition.ts'
import { costly } from './checks/costly.ts'
import { endlessRule } from './checks/endless-rule.ts'
import { endlessSupply } from './checks/endless-supply.ts'
import { mistyped } from './checks/mistyped.ts'
import { neverMatches } from './checks/never-matches.ts'
import { ruleTwice } from './checks/rule-twice.ts'
import { shadowed } from './checks/shadowed.ts'
import { Subject } from './checks/subject.ts'
import type { Check } from './checks/subject.ts'
import { inOrder } from './lower/in-order.ts'
import type { LoweredProgram } from './lower/program.ts'

/** What a checker is told beside the program. */
export interface CheckOptions {
  /** Molecules come from outside, too, by `--in`, by `--inject` or typed by a person: what the program makes is not all. */
  readonly isOpen?: boolean
  /** What else to look for, after all that is looked for in any case. */
  readonly checks?: readonly Check[]
}

/** A rule is told about once: the check that comes first here knows the cause. */
const checks: readonly Check[] = [
  constantCondition,
  mistyped,
  neverMatches,
  endlessSupply,
  endlessRule,
  ruleTwice,
  shadowed,
  costly,
]

/**
 * What is likely to be wrong with a program that can be run: warnings and hints, none of which stops it. With an
 * error in it there are none, as they would follow from it.
 */
export function checkProgram(
  program: LoweredProgram,
  { isOpen = false, checks: more = [] }: CheckOptions = {},
): readonly Diagnostic[] {
  if (program.diagnostics.some(({ severity }) => severity === 'error')) return []
  const subject = new Subject(program, { isOpen })
  const found: Diagnostic[] = []
  for (const check of [...checks, ...more])
    for (const diagnostic of check(subject))
      if (!isTold(diagnostic, found, subject)) found.push(diagnostic)
  return inOrder(found, program.source)
}

/** All that is to be said about a program, by place: what was found while it was read, then what `checkProgram` finds. */
export function diagnosticsOf(
  program: LoweredProgram,
  options: CheckOptions = {},
): readonly Diagnostic[] {
  return inOrder([...program.diagnostics, ...checkProgram(program, options)], program.source)
}

/** Whether another check has said something about the same rule. */
function isTold(diagnostic: Diagnostic, found: readonly Diagnostic[], subject: Subject): boolean {
  const own = innermostRule(diagnostic, subject)
  if (own === undefined) return false
  return found.some((each) => each.code !== diagnostic.code && innermostRule(each, subject) === own)
}

function innermostRule(
  { labels: [{ source, span }] }: Diagnostic,
  subject: Subject,
): number | undefined {
  let innermost: number | undefined
  for (const { place } of subject.ownRules()) {
    const isInside =
      place.source === source && place.span.start <= span.start && span.end <= place.span.end
    if (isInside && (innermost === undefined || place.span.start > innermost))
      innermost = place.span.start
  }
  return innermost
}
