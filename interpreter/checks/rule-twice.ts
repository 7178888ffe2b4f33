import { equal } from '../molecule.ts'
import type { Rule } from '../molecule.ts'
import { rulesIn } from './sites.ts'
import { ruleTitle } from './subject.ts'
import type { Check } from './subject.ts'

/** Copies of an n-shot rule do no more than one: the second is a slip, or was meant to be another rule. */
export const ruleTwice: Check = function* (subject) {
  for (const site of subject.sites) {
    const rules = rulesIn(site).filter(
      ({ shape }) => shape.shots === 'many' && !subject.isData(shape),
    )
    for (const [i, second] of rules.entries()) {
      const first = rules.slice(0, i).find(({ value }) => isSame(value, second.value))
      if (first === undefined) continue
      const isCopy = equal(first.value, second.value)
      yield {
        code: 'HOCL309',
        severity: 'warning',
        title: isCopy
          ? `${ruleTitle(second.shape)} is here twice`
          : `${ruleTitle(second.shape)} does the same as ${ruleTitle(first.shape)}`,
        labels: [
          { ...second.place, text: 'this changes nothing' },
          { ...first.place, text: isCopy ? 'it is here already' : 'this rule has the same text' },
        ],
        hint: 'one rule reacts as often as it can: take the second away',
      }
    }
  }
}

/** Names apart. */
function isSame(a: Rule, b: Rule): boolean {
  const [values, others] = [a.values(), b.values()]
  return (
    unnamedText(a) === unnamedText(b) &&
    values.length === others.length &&
    values.every((value, i) => {
      const other = others[i]
      return other !== undefined && equal(value, other)
    })
  )
}

/** The closed form without the name, which comes first in it. */
function unnamedText(rule: Rule): string {
  return rule.skeleton().text.slice(rule.shape.name?.length ?? 0)
}
