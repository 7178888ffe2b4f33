import type { Reaction, SolutionValue } from '../../interpreter/index.ts'
import { plainForm, ruleForm } from './forms.ts'
import { membranePath } from './membrane-path.ts'
import type { ReactionForm } from './messages.ts'
import type { Numbering } from './numbering.ts'

/** So many reactions go with one message; others are only counted. */
const MOST_AT_ONCE = 300

/** Reactions on their way to the page, in batches. */
export class Reporter {
  readonly #numbering: Numbering
  #reactions: ReactionForm[] = []
  #skipped = 0

  constructor(numbering: Numbering) {
    this.#numbering = numbering
  }

  /** With what was there before and after, where that is known. */
  note(reaction: Reaction, around?: readonly [SolutionValue, SolutionValue]): void {
    if (this.#reactions.length < MOST_AT_ONCE)
      this.#reactions.push(reactionForm(reaction, around, this.#numbering))
    else this.#skipped++
  }

  /** So many happened that nobody looked at. */
  skip(reactions: number): void {
    this.#skipped += reactions
  }

  /** What has come together; undefined for nothing. */
  take(): { readonly reactions: readonly ReactionForm[]; readonly skipped: number } | undefined {
    if (this.#reactions.length === 0) return undefined
    const taken = { reactions: this.#reactions, skipped: this.#skipped }
    this.#reactions = []
    this.#skipped = 0
    return taken
  }
}

function reactionForm(
  { number, rule, reactants, products, level, time }: Reaction,
  around: readonly [SolutionValue, SolutionValue] | undefined,
  numbering: Numbering,
): ReactionForm {
  const membrane =
    level === 0 ? [] : around === undefined ? undefined : membranePath(around, level, numbering)
  return {
    number,
    rule: ruleForm(rule, numbering),
    taken: reactants.map(([molecule, copies]) => plainForm(molecule, Number(copies), numbering)),
    given: products.map(([molecule, copies]) => plainForm(molecule, Number(copies), numbering)),
    level,
    ...(membrane !== undefined && { membrane }),
    ...(time !== undefined && { time }),
  }
}
