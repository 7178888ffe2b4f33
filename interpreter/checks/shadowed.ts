import { coversAll, isLinear } from './patterns.ts'
import { rulesIn } from './sites.ts'
import type { RuleMember } from './sites.ts'
import { ruleTitle } from './subject.ts'
import type { Check } from './subject.ts'

/**
 * Rules have no order: where one takes all that another is for, and has no condition, chance decides
 * between them. Who wrote the special rule first meant it to go first.
 */
export const shadowed: Check = function* (subject) {
  for (const site of subject.sites) {
    const rules = rulesIn(site)
    for (const special of rules) {
      const general = rules.find((each) => each !== special && isShadowing(each, special))
      if (general === undefined) continue
      yield {
        code: 'HOCL307',
        severity: 'warning',
        title: title(general, special),
        labels: [
          { ...special.place, text: 'this rule is for certain molecules' },
          { ...general.place, text: 'this one takes them as well, and rules have no order' },
        ],
        hint: 'give the more general rule a condition that leaves them to the other',
      }
    }
  }
}

function title({ shape: general }: RuleMember, { shape: special }: RuleMember): string {
  if (general.name === undefined && special.name === undefined)
    return 'one rule may take what another is for'
  return `${ruleTitle(general)} may take what ${ruleTitle(special)} is for`
}

function isShadowing({ shape: general }: RuleMember, { shape: special }: RuleMember): boolean {
  if (general === special || general.shots === 'one' || general.condition !== undefined)
    return false
  if (general.rate !== undefined || special.rate !== undefined) return false
  if (general.patterns.length === 0 || general.patterns.length > mostPatterns) return false
  if (!isLinear(general) || !coversAll(general.patterns, special.patterns)) return false
  const isNarrower = !coversAll(special.patterns, general.patterns) || !isLinear(special)
  return isNarrower || special.condition !== undefined
}

const mostPatterns = 5
