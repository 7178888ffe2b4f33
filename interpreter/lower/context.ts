import type {
  Diagnostic,
  DiagnosticCode,
  Expression as ExpressionNode,
  Label,
  Molecules as MoleculesNode,
  NamedRule,
  RuleExpression,
  Source,
  Span,
} from '../../grammar/index.ts'
import type { Host } from '../host.ts'
import type { Expression, Molecules, Place, RuleReference, RuleShape } from '../rule.ts'
import type {
  Declared,
  Frame,
  Maker,
  Meaning,
  Module,
  RuleDefinition,
  Scope,
  Variable,
} from './scope.ts'

/** Where an expression stands: whose names it sees and whose slots it uses. */
export interface Site {
  readonly module: Module
  readonly scope: Scope
  readonly frame: Frame
  /** In a condition, rate or multiplicity, where only pure functions may be called: its name in a sentence. */
  readonly mustBePure: string | undefined
  /** The patterns of the nearest rule around, for "is not bound by the pattern". */
  readonly rule: RuleExpression | undefined
  /** How deep the expression stands, expanded definitions included. */
  readonly depth: number
}

/** What something is called with, and where. */
export interface Call {
  readonly args: readonly ExpressionNode[]
  readonly place: Place
}

/** Expressions, molecules and rules contain one another: each file calls the others through this. */
export interface Lowerers {
  expression(node: ExpressionNode, site: Site): Expression
  molecules(node: MoleculesNode, site: Site): Molecules
  /** An anonymous or named rule where an instance of it is wanted. */
  rule(node: RuleExpression, site: Site, name: string | undefined): Expression
  definition(definition: RuleDefinition, site: Site): Expression
}

/** A place where instances of a rule are made; its captures are filled in when the rule's own are known. */
interface Making {
  readonly frame: Frame
  readonly made: Frame
  readonly captures: Expression[]
}

/** Beyond this an expression would be too deep to work out on the host's stack. */
export const MAX_EXPANDED_DEPTH = 400

/** Beyond this many pieces, expanded definitions are taken to grow without bound. */
export const MAX_EXPANDED_SIZE = 200_000

/** The state of lowering one program and all modules that it imports. */
export class Lowering {
  readonly host: Host
  readonly diagnostics: Diagnostic[] = []
  /** Names of all definitions anywhere, for patterns that catch a rule by name. */
  readonly ruleNames = new Set<string>()
  /** What each `name = rule` defines: two may have the same name. */
  readonly namedRules = new Map<NamedRule, RuleDefinition>()
  readonly declared: Declared[] = []
  readonly shapes: RuleShape[] = []
  /** Definitions with parameters, in the order of their places. */
  readonly makers: Maker[] = []
  /** What stands for the parameters of definitions that nothing uses: each may be a function. */
  readonly standIns = new Set<Meaning>()
  readonly caughtNames: { readonly name: string; readonly place: Place }[] = []
  size = 0
  /** How many molecules the values hold that definitions put into rules. */
  written = 0
  /** The use of a definition with parameters that is being expanded: the outermost one. */
  expansion: Place | undefined
  /** An import was not found: names that are not known could have come with it. */
  isModuleMissing = false
  #lowerers: Lowerers | undefined
  readonly #makings: Making[] = []

  constructor(host: Host) {
    this.host = host
  }

  get lower(): Lowerers {
    if (this.#lowerers === undefined) throw new Error('lowerers are set before anything is lowered')
    return this.#lowerers
  }

  set lower(lowerers: Lowerers) {
    this.#lowerers = lowerers
  }

  report(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic)
  }

  /** An error with one place. */
  error(code: DiagnosticCode, title: string, label: Label, hint?: string): void {
    this.report({
      code,
      severity: 'error',
      title,
      labels: [label],
      ...(hint !== undefined && { hint }),
    })
  }

  /** The value of a variable, in a frame that may have to capture it. */
  access(variable: Variable, frame: Frame): Expression {
    if (variable.frame === frame) return { kind: 'slot', slot: variable.slot }
    return { kind: 'captured', index: frame.capture(variable) }
  }

  /** An expression that makes an instance of a rule whose variables are `made`. */
  make(rule: RuleReference, made: Frame, frame: Frame): Expression {
    const captures: Expression[] = []
    this.#makings.push({ frame, made, captures })
    return { kind: 'make-rule', rule, captures }
  }

  /**
   * Fills in what each making captures. A recursive rule makes instances of itself before all that it
   * captures is known, and a rule around it must then capture the same: repeated until nothing changes.
   */
  settle(): void {
    for (let isChanged = true; isChanged;) {
      isChanged = false
      for (const { frame, made, captures } of this.#makings) {
        for (let i = captures.length; i < made.captured.length; i++) {
          const variable = made.captured[i]
          if (variable === undefined) break
          captures.push(this.access(variable, frame))
          isChanged = true
        }
      }
    }
  }
}

export function placeOf(node: { readonly span: Span }, source: Source): Place {
  return { source, span: node.span }
}
