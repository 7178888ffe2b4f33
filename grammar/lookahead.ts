import { Rule, type EmbeddedActionsParser, type IToken, type TokenType } from 'chevrotain'
import { starts } from './starts.ts'
import { tokens } from './tokens.ts'

/*
 * Which way to go at each choice of the grammar, by the next token.
 *
 * Chevrotain learns this anew whenever a parser is made: it runs every rule once without a text and
 * walks over what it has seen, which takes longer than all else that a small program needs. So it is
 * done beforehand, `starts.ts` holds what came out, and a choice is prepared when it is first met.
 */

interface Alternative {
  readonly GATE?: () => boolean
}

/** Chevrotain calls it on the parser. An alternation gives an index, or undefined if there is none. */
type Lookahead = (
  this: EmbeddedActionsParser & { LA(howMany: number): IToken },
  alternatives: readonly Alternative[],
) => number | boolean | undefined

/** What a parser knows of its grammar. Chevrotain keeps it in fields that are not in its types. */
interface Knowledge {
  selfAnalysisDone: boolean
  readonly fullRuleNameToShort: Readonly<Record<string, number>>
  readonly lookAheadFuncsCache: Lookahead[][]
  readonly gastProductionsCache: Record<string, Rule>
}

/** Takes the place of `performSelfAnalysis`, once all rules of the parser are there. */
export function adoptLookahead(parser: EmbeddedActionsParser): void {
  // The constructors of Chevrotain 13 make these fields; test/grammar/lookahead.test.ts sees to it that
  // another version with other fields is noticed.
  const knowledge = parser as unknown as Knowledge
  for (const [rule, index] of Object.entries(knowledge.fullRuleNameToShort)) {
    const lookaheads: Lookahead[] = []
    for (const [place, alternatives] of Object.entries(starts[rule] ?? {}))
      lookaheads[keyOf(place)] = place.startsWith('OR')
        ? alternation(alternatives)
        : option(alternatives)
    knowledge.lookAheadFuncsCache[index] = lookaheads
    // Chevrotain lists what it expected for each error. Our messages do not say it: an empty rule will do.
    knowledge.gastProductionsCache[rule] = new Rule({ name: rule, definition: [] })
  }
  knowledge.selfAnalysisDone = true
}

const kinds: Readonly<Record<string, number>> = { OR: 1, OPTION: 2, MANY: 3 }

/** The key under which Chevrotain keeps what belongs to `MANY2`: the kind, and eight bits for the number. */
function keyOf(place: string): number {
  const [, kind = '', number = ''] = /^([A-Z]+)([0-9]*)$/.exec(place) ?? []
  return ((kinds[kind] ?? 0) << 8) | Number(number)
}

function alternation(alternatives: readonly string[]): Lookahead {
  let byToken: number[][] | undefined
  // An alternative that can be empty is the last, and right where no other is.
  const empty = alternatives.indexOf('')
  const otherwise = empty < 0 ? undefined : empty
  return function (choices) {
    byToken ??= indexesByToken(alternatives)
    for (const index of byToken[this.LA(1).tokenTypeIdx] ?? []) {
      const gate = choices[index]?.GATE
      if (gate === undefined || gate.call(this)) return index
    }
    return otherwise
  }
}

function option(alternatives: readonly string[]): Lookahead {
  let byToken: number[][] | undefined
  return function () {
    byToken ??= indexesByToken(alternatives)
    return byToken[this.LA(1).tokenTypeIdx] !== undefined
  }
}

/** By the index of a token: the alternatives that can start with it, in their order. */
function indexesByToken(alternatives: readonly string[]): number[][] {
  const byToken: number[][] = []
  for (const [index, names] of alternatives.entries()) {
    for (const name of names.split(' ')) {
      const type: TokenType | undefined = types.get(name)
      if (type === undefined) continue
      for (const token of [type.tokenTypeIdx ?? 0, ...(type.categoryMatches ?? [])])
        (byToken[token] ??= []).push(index)
    }
  }
  return byToken
}

const types: ReadonlyMap<string, TokenType> = new Map(Object.entries(tokens))
