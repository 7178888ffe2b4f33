import type {
  Expression,
  Int,
  Pattern,
  RuleShape,
  Slot,
  SolutionPattern,
} from '../../interpreter/index.ts'

/** How many copies a pattern takes: a number, one out of captured values, or all that are left. */
export type Copies =
  | { readonly kind: 'literal'; readonly n: Int }
  | { readonly kind: 'captured'; readonly expression: Expression }
  | { readonly kind: 'all'; readonly slot: Slot }

/** One thing that a rule takes out of a solution: copies of one molecule that fits a pattern. */
export interface Take {
  /** Its number among all takes of the rule, those inside patterns of solutions too. */
  readonly position: number
  readonly pattern: Pattern
  readonly copies: Copies
  /** The variables that its pattern binds, those inside too, but not the number of copies. */
  readonly slots: readonly Slot[]
}

/** What a rule takes. */
export interface Takes {
  readonly shape: RuleShape
  /** Those that take all copies last, as they take what the others leave. */
  readonly takes: readonly Take[]
  /** By position, the takes inside patterns of solutions included. */
  readonly positions: readonly Take[]
  /** What the pattern of a solution takes. */
  takesIn(pattern: SolutionPattern): readonly Take[]
}
