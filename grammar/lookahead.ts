import { Rule, type EmbeddedActionsParser, type IToken } from 'chevrotain'
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
  this: { readonly currRuleShortName: number; LA(howMany: number): IToken },
  alternatives: readonly Alternative[],
) => number | boolean | undefined

/** What a parser knows of its grammar. Chevrotain keeps it in fields that are not in its types. */
interface Knowledge {
  selfAnalysisDone: boolean
  readonly fullRuleNameToShort: Readonly<Record<string, number>>
  readonly lookAheadFuncsCache: (readonly Lookahead[])[]
  readonly gastProductionsCache: Record<string, Rule>
}

/** Takes the place of `performSelfAnalysis`, once all rules of the parser are there. */
export function adoptLookahead(parser: EmbeddedActionsParser): void {
  // The constructors of Chevrotain 13 make these fields; test/grammar/lookahead.test.ts sees to it that
  // another version with other fields is noticed.
  const knowledge = parser as unknown as Knowledge
  const rules = Object.entries(knowledge.fullRuleNameToShort)
  const lookaheads = lookaheadsOf(new Map(rules.map(([rule, number]) => [number, rule])))
  // Chevrotain lists what it expected with each error. Our messages do not say it: an empty rule will do.
  const nothing = new Rule({ name: 'nothing', definition: [] })
  for (const [rule, number] of rules) {
    knowledge.lookAheadFuncsCache[number] = lookaheads
    knowledge.gastProductionsCache[rule] = nothing
  }
  knowledge.selfAnalysisDone = true
}

/** What Chevrotain calls a choice in a rule, and the bits of the key that it keeps its lookahead under. */
const kinds = [
  ['OR', 1 << 8],
  ['OPTION', 2 << 8],
  ['MANY', 3 << 8],
] as const

/** A rule has no more choices of a kind: the last one in the grammar is `OPTION4`. */
const MOST_CHOICES = 8

/**
 * The lookaheads by Chevrotain's keys, the same for all rules: each looks up which rule is being read. The
 * keys are far apart, so that an array for each rule would be mostly holes.
 */
function lookaheadsOf(rules: ReadonlyMap<number, string>): readonly Lookahead[] {
  const lookaheads: Lookahead[] = []
  for (const [kind, bits] of kinds) {
    for (let number = 0; number < MOST_CHOICES; number += 1) {
      const place = number === 0 ? kind : `${kind}${String(number)}`
      lookaheads[bits | number] = kind === 'OR' ? alternation(place, rules) : option(place, rules)
    }
  }
  return lookaheads
}

function alternation(place: string, rules: ReadonlyMap<number, string>): Lookahead {
  const choices: Choice[] = []
  return function (alternatives) {
    const choice = (choices[this.currRuleShortName] ??= choiceAt(
      starts[rules.get(this.currRuleShortName) ?? '']?.[place],
    ))
    let candidates = choice.byToken[this.LA(1).tokenTypeIdx] ?? 0
    while (candidates !== 0) {
      const index = 31 - Math.clz32(candidates & -candidates)
      const gate = alternatives[index]?.GATE
      if (gate === undefined || gate.call(this)) return index
      candidates &= candidates - 1
    }
    return choice.otherwise
  }
}

function option(place: string, rules: ReadonlyMap<number, string>): Lookahead {
  const choices: Choice[] = []
  return function () {
    const choice = (choices[this.currRuleShortName] ??= choiceAt(
      starts[rules.get(this.currRuleShortName) ?? '']?.[place],
    ))
    return (choice.byToken[this.LA(1).tokenTypeIdx] ?? 0) !== 0
  }
}

/** A choice, prepared. */
interface Choice {
  /** By the index of a token: a bit for each alternative that it can start. */
  readonly byToken: Uint32Array
  /** The alternative that can be empty, if there is one: it is right where no other is. */
  readonly otherwise: number | undefined
}

function choiceAt(alternatives: readonly string[] = []): Choice {
  const byToken = new Uint32Array(highest + 1)
  for (const [index, names] of alternatives.entries()) {
    for (const name of names.split(' ')) {
      for (const token of indexesOf(name)) byToken[token] = (byToken[token] ?? 0) | (1 << index)
    }
  }
  const empty = alternatives.indexOf('')
  return { byToken, otherwise: empty < 0 ? undefined : empty }
}

const types = Object.entries(tokens)
const byName = new Map(types)
const highest = Math.max(...types.map(([, type]) => type.tokenTypeIdx ?? 0))

/** The indexes of a token, or of all tokens of a category. */
function indexesOf(name: string): readonly number[] {
  const type = byName.get(name)
  return type === undefined ? [] : [type.tokenTypeIdx ?? 0, ...(type.categoryMatches ?? [])]
}
