import type { Reaction, SolutionValue } from '../../interpreter/index.ts'
import { changeOf } from './change.ts'
import { plainForm, ruleForm } from './forms.ts'
import { membranePath } from './membrane-path.ts'
import type { ReactionForm } from './messages.ts'
import type { Numbering } from './numbering.ts'

/** So many reactions go with one message; others are only counted. */
const MOST_AT_ONCE = 300

/** What is known of a reaction beside itself. */
export interface KnownOfReaction {
  /** What was there before and after. */
  readonly around?: readonly [SolutionValue, SolutionValue]
  /** Milliseconds. */
  readonly cost?: number
}

/** Reactions on their way to the page, in batches. */
export class Reporter {
  readonly #numbering: Numbering
  #reactions: ReactionForm[] = []
  #skipped = 0

  constructor(numbering: Numbering) {
    this.#numbering = numbering
  }

  note(reaction: Reaction, known: KnownOfReaction = {}): void {
    if (this.#reactions.length < MOST_AT_ONCE)
      this.#reactions.push(reactionForm(reaction, known, this.#numbering))
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
  reaction: Reaction,
  { around, cost }: KnownOfReaction,
  numbering: Numbering,
): ReactionForm {
  const { number, rule, reactants, products, level, time } = reaction
  const change = changeOf(reaction)
  const membrane =
    level === 0 ? [] : around === undefined ? undefined : membranePath(around, level, numbering)
  return {
    number,
    rule: ruleForm(rule, numbering),
    taken: reactants.map(([molecule, copies]) => plainForm(molecule, Number(copies), numbering)),
    given: products.map(([molecule, copies]) => plainForm(molecule, Number(copies), numbering)),
    level,
    ...(membrane !== undefined && { membrane }),
    ...(change !== undefined && { change }),
    ...(time !== undefined && { time }),
    ...(cost !== undefined && { cost }),
  }
}
