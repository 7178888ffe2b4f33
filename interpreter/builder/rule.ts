import { Source } from '../../grammar/index.ts'
import { closedForm } from '../closed-form/closed-form.ts'
import type { Host } from '../host.ts'
import type { Rule } from '../molecule.ts'
import { prelude } from '../prelude/index.ts'
import { printInline } from '../print.ts'
import { RuleShape, ruleOf } from '../rule.ts'
import type { Place } from '../rule.ts'
import { loweredOperand } from './expression.ts'
import type { Condition, Numeric, UsesOf } from './expression.ts'
import { checkName, moleculesOf } from './forms.ts'
import type { PatternPart, ProductPart } from './forms.ts'
import { reactantsOf } from './patterns.ts'
import type { BoundIn } from './patterns.ts'
import { Variables } from './variables.ts'

/** The variables that are used and not taken; `never` where all are. */
type Unbound<Value, Take> = Exclude<UsesOf<Value>, BoundIn<Take>>

/** Nothing to add where all variables are taken, else an object that nothing is, to say which are not. */
type AllBound<Value, Take> = [Unbound<Value, Take>] extends [never]
  ? unknown
  : { readonly notTaken: Unbound<Value, Take> }

/** What a rule is built from: `replace TAKE by GIVE if WHEN @ RATE`. */
export interface RuleDescription<Take, Give, When, Rate> {
  /** The patterns. A tuple, list or solution in them is made with `tupleOf`, `listOf`, `solutionOf`. */
  readonly take: Take
  /** What is made: one thing, or a list of them; nothing for `[]`. */
  readonly give: Give & AllBound<Give, Take>
  readonly when?: When & AllBound<When, Take>
  readonly rate?: Rate & AllBound<Rate, Take>
  /** By which it can be caught. */
  readonly name?: string
  /** Whether it is consumed by its reaction; `many` unless given. */
  readonly shots?: 'one' | 'many'
  /** Whether what it takes stays where it is: `with … inject`, which is one-shot. */
  readonly keep?: boolean
  /** What names of functions mean: the `host` of a program. The prelude unless given. */
  readonly host?: Pick<Host, 'functions' | 'namespaces'>
}

/**
 * A rule, built from values: the same that its text gives, with the same result when it reacts. What is not
 * taken cannot be used, and operations fit the types of the variables: the compiler checks it, and `rule`
 * checks it again with a `TypeError`.
 */
export function rule<
  const Take extends readonly PatternPart[],
  const Give extends ProductPart | readonly ProductPart[],
  const When extends Condition = never,
  const Rate extends Numeric = never,
>(description: RuleDescription<Take, Give, When, Rate>): Rule {
  const { take, give, when, rate, name, keep = false, host = prelude } = description
  if (name !== undefined) checkName(name)
  const place = new BuiltPlace()
  const variables = new Variables(place, host)
  const { patterns, rests: topRests } = reactantsOf(take, variables)
  const product = moleculesOf(isMany(give) ? give : [give], variables)
  const parts = {
    name,
    identity: undefined,
    printsInFull: true,
    shots: keep ? 'one' : (description.shots ?? 'many'),
    isCatalytic: keep,
    patterns,
    topRests,
    condition:
      when === undefined
        ? undefined
        : variables.purely('a condition', () => loweredOperand(when, variables)),
    rate:
      rate === undefined
        ? undefined
        : variables.purely('a rate', () => loweredOperand(rate, variables)),
    product,
    slotNames: variables.names,
    captured: [],
    place,
  } as const
  const shape = new RuleShape({ ...parts, form: closedForm(parts) })
  place.shape = shape
  return ruleOf(shape, [])
}

function isMany(give: ProductPart | readonly ProductPart[]): give is readonly ProductPart[] {
  return Array.isArray(give)
}

/** The text of a rule that has none is written when somebody asks where it stands. */
class BuiltPlace implements Place {
  shape: RuleShape | undefined
  #source: Source | undefined

  get source(): Source {
    this.#source ??= new Source('a rule of the host', this.#text())
    return this.#source
  }

  get span(): Place['span'] {
    return { start: 0, end: this.source.text.length }
  }

  #text(): string {
    const { shape } = this
    if (shape === undefined) return ''
    const text = shape.text([], printInline)
    return shape.name === undefined ? text : `${shape.name} = ${text}`
  }
}
