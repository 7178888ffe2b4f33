import type { Span } from './source.ts'

/*
 * The syntax tree. It keeps what the formatter needs (parentheses, the order of clauses, how a number
 * was written) and every node has the span of its text, so that `source.slice(node.span)` is the
 * node as it was written. Comments lie beside the tree, in `Program.comments`, in order.
 *
 * A text with errors still gives a tree: what could not be read is an `ErrorNode`.
 */

/** A word with its place. `text` is the word itself, without the `?` of a rest. */
export interface Word {
  readonly text: string
  readonly span: Span
}

export interface Comment {
  readonly span: Span
  /** `doc` is a `///` comment: it documents the `let` that follows. */
  readonly style: 'line' | 'block' | 'doc'
  /** The text with its comment marks, as written. */
  readonly text: string
}

export interface Program {
  readonly kind: 'program'
  readonly span: Span
  /** `package a.b;` of the Inria dialect: kept for the formatter, without meaning. */
  readonly package?: Path
  readonly imports: readonly Import[]
  readonly definitions: readonly Definition[]
  /** Absent in a library. */
  readonly solution?: SolutionExpression
  readonly comments: readonly Comment[]
}

export interface Path {
  readonly kind: 'path'
  readonly span: Span
  readonly words: readonly [Word, ...Word[]]
}

export interface Import {
  readonly kind: 'import'
  readonly span: Span
  readonly isStatic: boolean
  /** A dotted path, or the text of a string: a file. */
  readonly target: Path | StringLiteral
  /** `import a.b.*;` */
  readonly isWildcard: boolean
  readonly alias?: Word
}

export interface Definition {
  readonly kind: 'definition'
  readonly span: Span
  readonly isRecursive: boolean
  readonly name: Word
  /** Present, possibly with one name only, where the definition is written with parentheses. */
  readonly parameters?: readonly Word[]
  readonly body: Expression
  /** The lines of the `///` comments just before, without the marks. */
  readonly documentation: readonly string[]
}

/** The comma-separated inside of a solution, a parenthesis or a product; a `let` among them is in scope to their end. */
export interface Molecules {
  readonly kind: 'molecules'
  readonly span: Span
  readonly items: readonly (Definition | Element)[]
}

/** One element between commas. */
export type Element = Nothing | Spread | Counted | Expression

/** `∅` or `nothing`, or the empty parenthesis `()` when it is a whole element. */
export interface Nothing {
  readonly kind: 'nothing'
  readonly span: Span
}

/** `...e`: the molecules of a list or solution. */
export interface Spread {
  readonly kind: 'spread'
  readonly span: Span
  readonly expression: Expression
}

/** `tuple ^ unary`: as many copies of a molecule as the multiplicity says. */
export interface Counted {
  readonly kind: 'counted'
  readonly span: Span
  readonly molecule: Expression
  readonly multiplicity: Expression
}

export type Expression =
  | IntegerLiteral
  | FloatLiteral
  | StringLiteral
  | BooleanLiteral
  | InfinityLiteral
  | NullLiteral
  | NameExpression
  | SymbolExpression
  | RestExpression
  | CallExpression
  | MemberExpression
  | IndexExpression
  | NewExpression
  | UnaryExpression
  | BinaryExpression
  | ConditionalExpression
  | CastExpression
  | InstanceofExpression
  | ListExpression
  | SolutionExpression
  | GroupExpression
  | TupleExpression
  | NamedRule
  | RuleExpression
  | ErrorNode

export type Literal =
  IntegerLiteral | FloatLiteral | StringLiteral | BooleanLiteral | InfinityLiteral | NullLiteral

/** A number while it is a safe integer, else a BigInt. */
export interface IntegerLiteral {
  readonly kind: 'integer'
  readonly span: Span
  readonly value: number | bigint
}

export interface FloatLiteral {
  readonly kind: 'float'
  readonly span: Span
  readonly value: number
}

/** `value` has its escapes resolved. A character `'a'` is a string of length one. */
export interface StringLiteral {
  readonly kind: 'string'
  readonly span: Span
  readonly value: string
  readonly quote: '"' | "'"
}

export interface BooleanLiteral {
  readonly kind: 'boolean'
  readonly span: Span
  readonly value: boolean
}

/** `∞` or `inf`. */
export interface InfinityLiteral {
  readonly kind: 'infinity'
  readonly span: Span
}

/** `null`: the symbol `NULL`. */
export interface NullLiteral {
  readonly kind: 'null'
  readonly span: Span
}

/** A word that starts in lower case: a variable, a definition or a namespace. */
export interface NameExpression {
  readonly kind: 'name'
  readonly span: Span
  readonly name: string
}

/** A word that starts in upper or title case; a variable where the rule's patterns bind it as `X::T`. */
export interface SymbolExpression {
  readonly kind: 'symbol'
  readonly span: Span
  readonly name: string
}

/** A use of a rest, `ω…`. A rest bound as `?w` is used as the plain name `w` and is a `name` here. */
export interface RestExpression {
  readonly kind: 'rest'
  readonly span: Span
  readonly name: string
}

/** `f(x, y)`. */
export interface CallExpression {
  readonly kind: 'call'
  readonly span: Span
  readonly callee: Word
  readonly arguments: readonly Expression[]
}

/** `x.f` or `x.f(y)`; `arguments` is absent without parentheses. */
export interface MemberExpression {
  readonly kind: 'member'
  readonly span: Span
  readonly object: Expression
  readonly member: Word
  readonly arguments?: readonly Expression[]
}

/** `list[i]`. */
export interface IndexExpression {
  readonly kind: 'index'
  readonly span: Span
  readonly object: Expression
  readonly index: Expression
}

/** `new T(…)`. */
export interface NewExpression {
  readonly kind: 'new'
  readonly span: Span
  readonly type: Type
  readonly arguments: readonly Expression[]
}

export type UnaryOperator = '!' | '-' | '+'

/** `-3` is a negated literal: the tree keeps the operator. */
export interface UnaryExpression {
  readonly kind: 'unary'
  readonly span: Span
  readonly operator: UnaryOperator
  readonly operand: Expression
}

export type BinaryOperator =
  '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'divides' | '+' | '-' | '*' | '/' | '%'

export interface BinaryExpression {
  readonly kind: 'binary'
  readonly span: Span
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}

export interface ConditionalExpression {
  readonly kind: 'conditional'
  readonly span: Span
  readonly test: Expression
  readonly then: Expression
  readonly else: Expression
}

/** `(T) e`. */
export interface CastExpression {
  readonly kind: 'cast'
  readonly span: Span
  readonly type: Type
  readonly operand: Expression
}

export interface InstanceofExpression {
  readonly kind: 'instanceof'
  readonly span: Span
  readonly operand: Expression
  readonly type: Type
}

export interface ListExpression {
  readonly kind: 'list'
  readonly span: Span
  readonly items: readonly Expression[]
}

/** `< … >` or `⟨ … ⟩`. */
export interface SolutionExpression {
  readonly kind: 'solution'
  readonly span: Span
  readonly brackets: '<>' | '⟨⟩'
  readonly molecules: Molecules
}

/** Parentheses. With several molecules, a definition, ∅, a spread or a count inside, they stand as a whole element only. */
export interface GroupExpression {
  readonly kind: 'group'
  readonly span: Span
  readonly molecules: Molecules
}

/** `a:b:c`: two or more fields. */
export interface TupleExpression {
  readonly kind: 'tuple'
  readonly span: Span
  readonly fields: readonly Expression[]
}

/** `name = rule`: names the rule for the whole solution that it stands in. */
export interface NamedRule {
  readonly kind: 'named-rule'
  readonly span: Span
  readonly name: Word
  readonly rule: RuleExpression
}

export interface RuleExpression {
  readonly kind: 'rule'
  readonly span: Span
  /** `one` and `replace-one` mean the same; `with … inject` leaves what it matched. */
  readonly form: 'replace' | 'replace-one' | 'one' | 'with'
  /** The first word or two of the rule, for carets. */
  readonly keyword: Span
  readonly patterns: readonly Pattern[]
  readonly product: Molecules
  readonly condition?: Expression
  readonly rate?: Expression
}

/** What could not be read. The diagnostic says why. */
export interface ErrorNode {
  readonly kind: 'error'
  readonly span: Span
}

export type Pattern =
  | NothingPattern
  | RestPattern
  | CountedPattern
  | TuplePattern
  | GroupPattern
  | SolutionPattern
  | ListPattern
  | LiteralPattern
  | WildcardPattern
  | VariablePattern
  | SymbolPattern
  | ConstantPattern
  | CaughtRulePattern
  | ErrorNode

/** `∅` or `nothing`: takes no molecule. */
export interface NothingPattern {
  readonly kind: 'nothing-pattern'
  readonly span: Span
}

/** `ω`, `ω1`, `?w`. */
export interface RestPattern {
  readonly kind: 'rest-pattern'
  readonly span: Span
  readonly name: Word
  readonly isQuestionMark: boolean
}

/** `p^n`. */
export interface CountedPattern {
  readonly kind: 'counted-pattern'
  readonly span: Span
  readonly pattern: Pattern
  readonly multiplicity: Expression
}

export interface TuplePattern {
  readonly kind: 'tuple-pattern'
  readonly span: Span
  readonly fields: readonly Pattern[]
}

/** A pattern in parentheses: `(a:b)` as a field is a tuple inside a tuple. */
export interface GroupPattern {
  readonly kind: 'group-pattern'
  readonly span: Span
  readonly pattern: Pattern
}

export interface SolutionPattern {
  readonly kind: 'solution-pattern'
  readonly span: Span
  readonly brackets: '<>' | '⟨⟩'
  readonly patterns: readonly Pattern[]
}

export interface ListPattern {
  readonly kind: 'list-pattern'
  readonly span: Span
  readonly items: readonly Pattern[]
}

/** A literal, or a number with a minus before it. */
export interface LiteralPattern {
  readonly kind: 'literal-pattern'
  readonly span: Span
  readonly isNegative: boolean
  readonly literal: Literal
}

/** `_` or `_::T`. */
export interface WildcardPattern {
  readonly kind: 'wildcard-pattern'
  readonly span: Span
  readonly type?: Type
}

/** `x`, `x::T`, or `X::T`: only with a type may a variable start in upper case. */
export interface VariablePattern {
  readonly kind: 'variable-pattern'
  readonly span: Span
  readonly name: Word
  readonly type?: Type
}

/** A bare `X`; a variable after all where the same rule has `X::T`. */
export interface SymbolPattern {
  readonly kind: 'symbol-pattern'
  readonly span: Span
  readonly name: string
}

/** `Q.N`: a constant of a module, a class or the prelude. */
export interface ConstantPattern {
  readonly kind: 'constant-pattern'
  readonly span: Span
  readonly path: Path
}

/** `max = m`: a rule with the name on the left, bound to the variable on the right. */
export interface CaughtRulePattern {
  readonly kind: 'caught-rule-pattern'
  readonly span: Span
  readonly rule: Path
  readonly variable: Word
}

export type Type = NamedType | TupleType | SolutionType | ListType

/** `Int`, `java.util.List<String>[]`: the type arguments are kept for the formatter, without meaning. */
export interface NamedType {
  readonly kind: 'named-type'
  readonly span: Span
  readonly path: Path
  readonly arguments: readonly TypeArgument[]
  /** How many `[]` follow; one or more mean a list. */
  readonly dimensions: number
}

export interface TypeArgument {
  readonly kind: 'type-argument'
  readonly span: Span
  /** `?`, `? extends T`, `? super T`, or a plain type. */
  readonly wildcard?: 'any' | 'extends' | 'super'
  readonly type?: Type
}

/** `(Int:String)`. */
export interface TupleType {
  readonly kind: 'tuple-type'
  readonly span: Span
  readonly fields: readonly Type[]
}

/** `<>`. */
export interface SolutionType {
  readonly kind: 'solution-type'
  readonly span: Span
}

/** `[]`. */
export interface ListType {
  readonly kind: 'list-type'
  readonly span: Span
}
