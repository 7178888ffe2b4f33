import { expressionText, isSymbol, printInline, typeText } from '../../interpreter/index.ts'
import type { Expression, Pattern, RuleShape } from '../../interpreter/index.ts'
import { acceptsCode } from '../code/candidates.ts'
import { againAfter } from '../generate/again.ts'
import { canGenerateFor } from '../generate/search.ts'
import { ClassTable } from '../store/molecule-class.ts'
import type { MoleculeClass } from '../store/molecule-class.ts'
import type { Chain } from './chain.ts'
import { classOfExpression, classOfPattern } from './classes.ts'
import { followerOf, leavesAlone } from './follower.ts'
import type { Follower } from './follower.ts'
import { goesOnAt } from './go-on.ts'
import type { Anatomy, Head } from './heads.ts'
import { impliedKinds } from './implied.ts'
import { repeatedHeads } from './orbits.ts'
import { reactionPlan } from './outcome.ts'
import type { ReactionPlan } from './outcome.ts'
import { planFor } from './planner.ts'

/** What reactions of a rule lead to at once, without a search or without a place in between. */
export interface WhatFollows {
  /** What must hold to make a reaction again with the molecules that it has left; absent where that is not tried. */
  readonly again?: readonly string[]
  /** What it makes and a rule then takes before it has a place, where it can. */
  readonly handedOn: readonly { readonly made: string; readonly to: string }[]
}

/** Rules that react in one go. */
export type InOneGo = readonly Anatomy[]

/**
 * Tells what follows at once, of rules as if they stood in one solution, under the strategy `fast` and in
 * searches that have come to be generated. It asks what a machine asks of the rules of a solution.
 */
export class Successions {
  readonly #anatomies: readonly Anatomy[]
  readonly #inOneGo: readonly InOneGo[]
  readonly #chains: ReadonlyMap<Anatomy, Chain | undefined>
  readonly #classes = new ClassTable()

  constructor(
    anatomies: readonly Anatomy[],
    inOneGo: readonly InOneGo[],
    chains: ReadonlyMap<Anatomy, Chain | undefined>,
  ) {
    this.#anatomies = anatomies
    this.#inOneGo = inOneGo
    this.#chains = chains
    for (const { heads } of anatomies)
      for (const { reactant } of heads) {
        const tag = reactant.pattern.kind === 'tuple' ? reactant.pattern.fields[0] : undefined
        if (reactant.pattern.kind === 'tuple' && tag?.kind === 'constant' && isSymbol(tag.value))
          this.#classes.tag(tag.value, reactant.pattern.fields.length)
      }
  }

  of(anatomy: Anatomy): WhatFollows {
    const reaction = reactionPlan(anatomy)
    const chain = this.#chains.get(anatomy)
    const plan = chain?.plan ?? reaction
    const searches = anatomy.heads
      .filter((head) => head.within === undefined)
      .map((head) => planFor(anatomy, head))
      .filter(canGenerateFor)
    if (plan === undefined || searches.length === 0) return { handedOn: [] }
    const again = againAfter(anatomy, plan)
    if (again !== undefined) {
      const { shape } = anatomy
      const asked = again.places.flatMap(({ column, pattern }) => askedOf(column, pattern))
      const holds = again.conjuncts.map(({ expression }) =>
        expressionText(shape, expression, printInline),
      )
      return { again: [...asked, ...holds], handedOn: [] }
    }
    const made = [...(reaction?.products ?? []), ...(chain?.plan.products ?? [])]
    const isEnd = searches.some(
      (search) =>
        goesOnAt(
          search,
          reaction,
          made.map(({ expression }) => expression),
          this.#classes,
        ).level < 0,
    )
    return { handedOn: this.#handedOn(anatomy, plan, isEnd) }
  }

  #handedOn(anatomy: Anatomy, { products }: ReactionPlan, isEnd: boolean): WhatFollows['handedOn'] {
    const handedOn = new Map<string, string>()
    for (const { expression, into } of products) {
      const its = into === undefined ? this.#classOf(expression, anatomy) : undefined
      const follower = its && this.#followerOf(its)
      if (its === undefined || follower === undefined) continue
      if (!isEnd && !leavesAlone(follower, anatomy, this.#classes)) continue
      handedOn.set(its.name, nameOf(follower.anatomy.shape))
    }
    return [...handedOn].map(([name, to]) => ({ made: name, to }))
  }

  #classOf(expression: Expression, { heads }: Anatomy): MoleculeClass | undefined {
    const its = classOfExpression(expression, heads, this.#classes)
    return its?.kind === 'tuple' && its.tag !== undefined ? its : undefined
  }

  #followerOf(its: MoleculeClass): Follower | undefined {
    const takers = this.#anatomies.flatMap((anatomy) => {
      const repeated = repeatedHeads(anatomy)
      return anatomy.heads
        .filter((head) => head.within === undefined && !repeated.has(head))
        .filter((head) => accepts(anatomy, head, its))
        .map((head) => ({ anatomy, head }))
    })
    const [only, ...others] = takers
    if (only === undefined || others.length > 0) return undefined
    const { anatomy, head } = only
    const isKnown = anatomy.heads.every(
      ({ reactant }) => classOfPattern(reactant.pattern, this.#classes)?.tag !== undefined,
    )
    const isInOneGo = this.#inOneGo.some(
      (rules) =>
        rules.includes(anatomy) &&
        rules.every((rule) => rule.heads.every((other) => accepts(rule, other, its))),
    )
    return isKnown && !isInOneGo ? followerOf(anatomy, head, this.#chains.get(anatomy)) : undefined
  }
}

function accepts(anatomy: Anatomy, head: Head, its: MoleculeClass): boolean {
  const kinds = impliedKinds(anatomy, head)
  return (kinds === undefined || kinds.has(its.kind)) && acceptsCode(head.reactant.pattern)(its)
}

/** What a pattern asks of a field that was written, counted from 1. */
function askedOf(column: number, pattern: Pattern): readonly string[] {
  const field = `field ${String(column + 1)}`
  if (pattern.kind === 'constant') return [`${field} is ${printInline(pattern.value)}`]
  const isTyped = pattern.kind === 'variable' || pattern.kind === 'wildcard'
  return isTyped && pattern.type !== undefined ? [`${field} is ${typeText(pattern.type)}`] : []
}

function nameOf({ name }: RuleShape): string {
  return name ?? 'anonymous'
}
