import type { Source, Span } from '../grammar/index.ts'
import { hashText, mix } from './hash.ts'
import type { HostFunction } from './host.ts'
import { equal, extentOf, extentOfAll, hashOf } from './molecule.ts'
import type { Molecule, Rule, Shape, Skeleton } from './molecule.ts'
import { LARGEST_EXTENT, tooLarge } from './size-limits.ts'
import type { TypeTest } from './types.ts'

/*
 * The lowered form of a program: what both the reference interpreter and the compiled machine read.
 * Names are gone. A rule's variables are numbered slots of one frame for each reaction: first those
 * that its patterns bind, then those that `let`s in its product bind. A value that comes from the rule
 * or definition around it is captured, by index.
 */

/** Where a piece of lowered program was written, for failures and carets. */
export interface Place {
  readonly source: Source
  readonly span: Span
}

/** The number of a variable in the frame of its rule. */
export type Slot = number

/** One pattern among a rule's or a solution pattern's own: takes molecules of that solution. */
export type ReactantPattern =
  | { readonly kind: 'single'; readonly pattern: Pattern }
  /** `p^n`: n equal copies, or −n anti-copies, of one molecule; n is a literal or captured. */
  | {
      readonly kind: 'fixed'
      readonly pattern: Pattern
      readonly multiplicity: Expression
      readonly place: Place
    }
  /** `p^k`: all copies, signed, that the other patterns leave of one molecule; k gets how many. */
  | { readonly kind: 'all'; readonly pattern: Pattern; readonly multiplicity: Slot }

/** What one molecule must look like. A slot that is bound already must be equal. */
export type Pattern =
  | { readonly kind: 'variable'; readonly slot: Slot; readonly type: TypeTest | undefined }
  | { readonly kind: 'wildcard'; readonly type: TypeTest | undefined }
  | { readonly kind: 'constant'; readonly value: Molecule }
  | { readonly kind: 'tuple'; readonly fields: readonly Pattern[] }
  | { readonly kind: 'list'; readonly items: readonly ListItemPattern[] }
  | SolutionPattern
  | { readonly kind: 'rule'; readonly name: string; readonly slot: Slot }

/** One place in a list pattern: a pattern for one item, or a rest for any number. */
export type ListItemPattern =
  | { readonly kind: 'item'; readonly pattern: Pattern }
  | { readonly kind: 'rest'; readonly slot: Slot }

/** Matches an inert solution as a whole; without a rest nothing may be left over. A rest is bound to a solution value. */
export interface SolutionPattern {
  readonly kind: 'solution'
  readonly patterns: readonly ReactantPattern[]
  /** Usually one. The first takes all, the others nothing. */
  readonly rests: readonly Slot[]
}

/** An operator before its operand. */
export type UnaryOperator = '!' | '-' | '+'
/** An operator between its operands; `&&` and `||` work out the second only where they need it. */
export type BinaryOperator =
  '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'divides' | '+' | '-' | '*' | '/' | '%'

/** Gives one molecule, or fails. A rest is only an argument of `size`/`list` or an element (see `Element`). */
export type Expression =
  | { readonly kind: 'constant'; readonly value: Molecule }
  | { readonly kind: 'slot'; readonly slot: Slot }
  | { readonly kind: 'captured'; readonly index: number }
  | {
      readonly kind: 'call'
      readonly function: HostFunction
      readonly arguments: readonly Expression[]
      readonly place: Place
    }
  /** `x.f(y)`: the value's own method, field or getter where it is a host value that has one, else `fallback(x, y)`. */
  | {
      readonly kind: 'method'
      readonly receiver: Expression
      readonly name: string
      /** Absent without parentheses. */
      readonly arguments: readonly Expression[] | undefined
      readonly fallback: HostFunction | undefined
      readonly place: Place
    }
  | {
      readonly kind: 'unary'
      readonly operator: UnaryOperator
      readonly operand: Expression
      readonly place: Place
    }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
      readonly place: Place
    }
  | {
      readonly kind: 'conditional'
      readonly test: Expression
      readonly then: Expression
      readonly else: Expression
      readonly place: Place
    }
  | {
      readonly kind: 'cast'
      readonly type: TypeTest
      readonly operand: Expression
      readonly place: Place
    }
  | { readonly kind: 'instanceof'; readonly type: TypeTest; readonly operand: Expression }
  | {
      readonly kind: 'index'
      readonly object: Expression
      readonly index: Expression
      readonly place: Place
    }
  | { readonly kind: 'tuple'; readonly fields: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  | { readonly kind: 'solution'; readonly molecules: Molecules; readonly place: Place }
  | {
      readonly kind: 'make-rule'
      readonly rule: RuleReference
      readonly captures: readonly Expression[]
    }
  /** Parameters of a definition, bound to slots of the frame, and its body. */
  | { readonly kind: 'let'; readonly bindings: readonly Binding[]; readonly body: Expression }

/** A shape that may still be on its way: a `let rec` is referred to inside itself. */
export interface RuleReference {
  /** The definition's name and place, `f at 12`: tells recursive definitions apart without looking into them. */
  readonly identity: string
  readonly name: string
  readonly isRecursive: boolean
  /** False inside the rule's own text: what it captures is not known yet, and it has no value. */
  readonly isRead: () => boolean
  readonly shape: () => RuleShape
}

/** One place in a list that is made: a molecule, or a rest that is spliced. */
export type ListItem =
  | { readonly kind: 'item'; readonly expression: Expression }
  | { readonly kind: 'rest'; readonly rest: RestSource }

/** Where the value of a rest stands: it is kept as a solution or a list, and spliced. */
export type RestSource =
  | { readonly kind: 'slot'; readonly slot: Slot; readonly name: string }
  | { readonly kind: 'captured'; readonly index: number; readonly name: string }

/** A slot that a `let` or a parameter fills, and with what. */
export interface Binding {
  readonly slot: Slot
  readonly value: Expression
}

/** Gives molecules with multiplicities. The bindings are worked out first, in order. */
export interface Molecules {
  readonly bindings: readonly Binding[]
  readonly elements: readonly Element[]
}

/** One element of a product or solution: what gives molecules between two commas. */
export type Element =
  /** `multiplicity` absent: one copy. */
  | {
      readonly kind: 'molecule'
      readonly expression: Expression
      readonly multiplicity: Expression | undefined
      readonly place: Place
    }
  | {
      readonly kind: 'rest'
      readonly rest: RestSource
      readonly multiplicity: Expression | undefined
      readonly place: Place
    }
  /** `...e`. */
  | { readonly kind: 'spread'; readonly expression: Expression; readonly place: Place }
  /** `(a, b)`, `(let y = 1 in y)^2`. */
  | {
      readonly kind: 'group'
      readonly molecules: Molecules
      readonly multiplicity: Expression | undefined
      readonly place: Place
    }

/** What a rule's text was lowered to. Instances share it. */
export class RuleShape implements Shape {
  readonly name: string | undefined
  /** Known for good when the whole program is: another rule may have the same name. */
  printsInFull: boolean
  readonly isRecursive: boolean
  readonly shots: 'one' | 'many'
  /** `with … inject`: what was matched stays where it was. */
  readonly isCatalytic: boolean
  readonly patterns: readonly ReactantPattern[]
  /** Rests at the top level: they take nothing, and are bound to the empty solution. */
  readonly topRests: readonly Slot[]
  readonly condition: Expression | undefined
  readonly rate: Expression | undefined
  readonly product: Molecules
  /** Names of the slots, in order: for failures and printing. */
  readonly slotNames: readonly string[]
  readonly #captured: readonly { readonly name: string }[]
  readonly place: Place
  readonly #form: ClosedForm
  readonly parts: RuleParts
  #repeated: RuleShape | undefined

  constructor(parts: RuleParts) {
    this.name = parts.name
    this.printsInFull = parts.printsInFull
    this.isRecursive = parts.identity !== undefined
    this.shots = parts.shots
    this.isCatalytic = parts.isCatalytic
    this.patterns = parts.patterns
    this.topRests = parts.topRests
    this.condition = parts.condition
    this.rate = parts.rate
    this.product = parts.product
    this.slotNames = parts.slotNames
    this.#captured = parts.captured
    this.place = parts.place
    this.#form = parts.form
    this.parts = parts
  }

  /** `(one P by M)^∞`: the same rule, n-shot. */
  repeated(): RuleShape {
    if (this.shots === 'many') return this
    this.#repeated ??= new RuleShape(this.parts.form.repeated())
    return this.#repeated
  }

  get capturedNames(): readonly string[] {
    return this.#captured.map((variable) => variable.name)
  }

  /** The skeleton of an instance with these captured values. */
  skeleton(captured: readonly Molecule[]): Skeleton {
    return this.#form.skeleton(captured)
  }

  text(captured: readonly Molecule[], print: (molecule: Molecule) => string): string {
    return this.#form.text(captured, print)
  }

  /** The values in the closed form of an instance with these captured values. */
  closedValues(captured: readonly Molecule[]): readonly Molecule[] {
    return this.#form.values(captured)
  }
}

export interface RuleParts {
  readonly name: string | undefined
  /** Where it is defined, if it is a `let rec`. */
  readonly identity: string | undefined
  /** Where no definition of the program is just this rule: parameters were put in, or it came later. */
  readonly printsInFull: boolean
  readonly shots: 'one' | 'many'
  readonly isCatalytic: boolean
  readonly patterns: readonly ReactantPattern[]
  readonly topRests: readonly Slot[]
  readonly condition: Expression | undefined
  readonly rate: Expression | undefined
  /** Where the rate is written. */
  readonly ratePlace?: Place | undefined
  readonly product: Molecules
  readonly slotNames: readonly string[]
  /** Can still grow while the program is lowered. */
  readonly captured: readonly { readonly name: string }[]
  readonly place: Place
  readonly form: ClosedForm
}

/** Closed forms are worked out when a rule is first compared, hashed or printed: most never are. */
export interface ClosedForm {
  skeleton(captured: readonly Molecule[]): Skeleton
  values(captured: readonly Molecule[]): readonly Molecule[]
  text(captured: readonly Molecule[], print: (molecule: Molecule) => string): string
  /** The same rule with n shots. */
  repeated(): RuleParts
}

class RuleInstance implements Rule {
  readonly kind = 'rule'
  readonly shape: RuleShape
  readonly captured: readonly Molecule[]
  readonly extent: number
  hash = 0
  #values: readonly Molecule[] | undefined
  #skeleton: Skeleton | undefined

  constructor(shape: RuleShape, captured: readonly Molecule[]) {
    this.shape = shape
    this.captured = captured
    // A captured value is written wherever the rule uses it. Most are atoms, and the closed form is not needed.
    const isLarge = captured.some((value) => extentOf(value) > 0)
    this.extent = isLarge ? extentOfAll(this.values()) : captured.length
    if (this.extent > LARGEST_EXTENT) throw tooLarge('rule')
  }

  skeleton(): Skeleton {
    this.#skeleton ??= this.shape.skeleton(this.captured)
    return this.#skeleton
  }

  values(): readonly Molecule[] {
    this.#values ??= this.shape.closedValues(this.captured)
    return this.#values
  }

  equals(other: unknown): boolean {
    return other instanceof RuleInstance && equal(this, other)
  }

  hashCode(): number {
    return hashOf(this)
  }
}

const withoutCaptures = new WeakMap<RuleShape, Rule>()

/** An instance of a shape. Without captured values there is only one. */
export function ruleOf(shape: RuleShape, captured: readonly Molecule[]): Rule {
  if (captured.length > 0) return new RuleInstance(shape, captured)
  let instance = withoutCaptures.get(shape)
  if (instance === undefined) {
    instance = new RuleInstance(shape, captured)
    withoutCaptures.set(shape, instance)
  }
  return instance
}

/** The whole shape of a rule. */
export function shapeOf(rule: Rule): RuleShape {
  // Only `ruleOf` makes rules, from a RuleShape; `Rule` names a smaller interface to keep molecules apart from lowered programs.
  return rule.shape as RuleShape
}

/** The one skeleton of that text. */
export function skeletonOf(text: string): Skeleton {
  let skeleton = skeletons.get(text)
  if (skeleton === undefined) {
    skeleton = { text, hash: mix(0x5bd1e995, hashText(text)) }
    skeletons.set(text, skeleton)
  }
  return skeleton
}

const skeletons = new Map<string, Skeleton>()
