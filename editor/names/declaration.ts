import type { Expression, RuleExpression, Span, Type } from '../../grammar/index.ts'

/*
 * The names of one text: what declares them and where they are used. The lowering of the interpreter
 * resolves names too, but gives up their places and needs a text without mistakes; this goes by the same
 * rules, and gives an answer for any text.
 */

/** What sort of thing a name is given to. */
export type DeclarationKind =
  /** `let f = replace …`, or `f = replace …` in a solution. */
  | 'rule'
  /** `let f(a) = …`. */
  | 'maker'
  /** `let n = 3`. */
  | 'value'
  | 'parameter'
  | 'variable'
  | 'rest'
  /** The `k` of `x^k`. */
  | 'multiplicity'
  /** The name of an import. */
  | 'module'

/** What gives a name its meaning. */
export interface Declaration {
  readonly kind: DeclarationKind
  readonly name: string
  /** Of the name. */
  readonly span: Span
  /** Of the whole definition, pattern or import. */
  readonly whole: Span
  /** Where the name can be seen. */
  readonly scope: Span
  /** The rule whose patterns bind it. */
  readonly rule?: RuleExpression | undefined
  /** What a definition stands for. */
  readonly body?: Expression | undefined
  readonly parameters?: readonly string[] | undefined
  readonly type?: Type | undefined
  readonly documentation?: readonly string[] | undefined
  /** Whether other modules can use it. */
  readonly isExported?: boolean
  /** For an import: what it leads to. */
  readonly module?: ImportedModule | undefined
}

/** What an import names: a standard module, or the path of a file. */
export interface ImportedModule {
  readonly target: string
  readonly isStandard: boolean
}

/** How a name stands in the text. */
export type Role =
  'declares' | 'uses' | 'calls' | 'catches' | 'member' | 'symbol' | 'type' | 'module'

/** A word of the text that names something. */
export interface Occurrence {
  readonly name: string
  readonly span: Span
  readonly role: Role
  /** Absent where nothing in this text declares it. */
  readonly declaration?: Declaration | undefined
  /** What stands before the dot, as written: `sets` in `sets.union`. */
  readonly qualifier?: string | undefined
  /** Of a symbol: whether it is the first field of a tuple, which tells what the tuple is about. */
  readonly isTag?: boolean
}

/** A call in the text: for signatures. */
export interface Call {
  readonly name: string
  readonly nameSpan: Span
  readonly whole: Span
  readonly arguments: readonly Span[]
  /** `x.f(y)` where `x` is a value: it is the first argument. */
  readonly isMethod: boolean
  readonly qualifier?: string | undefined
}
