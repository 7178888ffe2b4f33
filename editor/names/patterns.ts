import type {
  CountedPattern,
  ErrorNode,
  Expression,
  Pattern,
  RuleExpression,
  SolutionPattern,
  Span,
  Type,
  Word,
} from '../../grammar/index.ts'
import type { Declaration, DeclarationKind, Occurrence } from './declaration.ts'
import type { Scope } from './scope.ts'

/** What collects the names: expressions and types in patterns are for it, too. */
interface Collector {
  readonly occurrences: Occurrence[]
  readonly declarations: readonly Declaration[]
  declare(declaration: Declaration): void
  symbol(word: Word, options?: { readonly isTag?: boolean }): void
  expression(node: Expression, scope: Scope): void
  type(type: Type): void
  error(node: ErrorNode, scope: Scope): void
}

/** Declares what the patterns of a rule bind. Every name in them is a new variable, wherever else it is used. */
export function declarePatterns(
  rule: RuleExpression,
  scope: Scope,
  outer: Scope,
  finder: Collector,
): void {
  const typed = new Set(rule.patterns.flatMap(typedNames))
  const walk = new PatternWalk(rule, { scope, outer, finder, typed })
  for (const pattern of rule.patterns) walk.pattern(pattern)
}

interface Surroundings {
  readonly scope: Scope
  readonly outer: Scope
  readonly finder: Collector
  /** Names in upper case that are variables here, as somewhere in the rule they have a type. */
  readonly typed: ReadonlySet<string>
}

class PatternWalk {
  readonly #rule: RuleExpression
  readonly #around: Surroundings

  constructor(rule: RuleExpression, around: Surroundings) {
    this.#rule = rule
    this.#around = around
  }

  pattern(node: Pattern, { isTag = false } = {}): void {
    const { finder, typed, outer } = this.#around
    switch (node.kind) {
      case 'variable-pattern':
        this.#bind('variable', node.name, node.span, node.type)
        if (node.type !== undefined) finder.type(node.type)
        return
      case 'rest-pattern':
        this.#bind('rest', node.name, node.span)
        return
      case 'symbol-pattern': {
        const word = { text: node.name, span: node.span }
        if (typed.has(node.name)) this.#bind('variable', word, node.span)
        else finder.symbol(word, { isTag })
        return
      }
      case 'wildcard-pattern':
        if (node.type !== undefined) finder.type(node.type)
        return
      case 'caught-rule-pattern': {
        const rule = node.rule.words.at(-1) ?? node.rule.words[0]
        finder.occurrences.push({
          name: rule.text,
          span: rule.span,
          role: 'catches',
          declaration: outer.find(rule.text),
        })
        this.#bind('variable', node.variable, node.span)
        return
      }
      case 'counted-pattern':
        this.pattern(node.pattern)
        this.#multiplicity(node)
        return
      case 'tuple-pattern':
        node.fields.forEach((field, i) => {
          this.pattern(field, { isTag: i === 0 })
        })
        return
      case 'group-pattern':
        this.pattern(node.pattern)
        return
      case 'solution-pattern':
        this.#solution(node)
        return
      case 'list-pattern':
        for (const item of node.items) this.pattern(item)
        return
      case 'error':
        finder.error(node, this.#around.scope)
        return
      case 'constant-pattern':
        this.#constant(node.path.words)
        return
      case 'nothing-pattern':
      case 'literal-pattern':
        return
    }
  }

  #solution({ patterns }: SolutionPattern): void {
    for (const pattern of patterns) this.pattern(pattern)
  }

  #constant(words: readonly Word[]): void {
    const { finder } = this.#around
    const qualifier = words
      .slice(0, -1)
      .map(({ text }) => text)
      .join('.')
    for (const [i, { text, span }] of words.entries()) {
      const isLast = i === words.length - 1
      const declaration = isLast
        ? undefined
        : finder.declarations.find((each) => each.kind === 'module' && each.name === text)
      finder.occurrences.push({
        name: text,
        span,
        role: isLast ? 'member' : 'module',
        declaration,
        ...(isLast && { qualifier }),
      })
    }
  }

  /** `x^k` with a new name binds how many there are; a value from outside is how many are taken. */
  #multiplicity({ multiplicity, span }: CountedPattern): void {
    const { finder, outer } = this.#around
    if (multiplicity.kind === 'name') {
      const known = outer.find(multiplicity.name)
      const isValue =
        known !== undefined &&
        known.kind !== 'rule' &&
        known.kind !== 'maker' &&
        known.kind !== 'rest'
      if (!isValue) {
        this.#bind('multiplicity', { text: multiplicity.name, span: multiplicity.span }, span)
        return
      }
    }
    finder.expression(multiplicity, outer)
  }

  #bind(kind: DeclarationKind, name: Word, whole: Span, type?: Type): void {
    const { finder, scope } = this.#around
    const known = scope.own(name.text)
    if (known !== undefined) {
      finder.occurrences.push({
        name: name.text,
        span: name.span,
        role: 'uses',
        declaration: known,
      })
      return
    }
    const declaration: Declaration = {
      kind,
      name: name.text,
      span: name.span,
      whole,
      scope: this.#rule.span,
      rule: this.#rule,
      type,
    }
    scope.declare(declaration)
    finder.declare(declaration)
  }
}

function typedNames(node: Pattern): readonly string[] {
  switch (node.kind) {
    case 'variable-pattern':
      return node.type === undefined ? [] : [node.name.text]
    case 'counted-pattern':
    case 'group-pattern':
      return typedNames(node.pattern)
    case 'tuple-pattern':
      return node.fields.flatMap(typedNames)
    case 'list-pattern':
      return node.items.flatMap(typedNames)
    case 'solution-pattern':
      return node.patterns.flatMap(typedNames)
    default:
      return []
  }
}
