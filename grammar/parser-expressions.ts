import type { IToken, ParserMethod } from 'chevrotain'
import type {
  Expression,
  GroupExpression,
  Molecules,
  NamedRule,
  RuleExpression,
  SolutionExpression,
  Type,
  UnaryOperator,
  Word,
} from './ast.ts'
import { isA, startsCastOperand, startsOperand } from './brackets.ts'
import { OperatorChain } from './operators.ts'
import { PatternParser } from './parser-patterns.ts'
import type { Span } from './source.ts'
import { textOf, tokens } from './tokens.ts'
import * as wording from './wording.ts'

type Prefix =
  | { readonly start: number; readonly operator: UnaryOperator }
  | { readonly start: number; readonly type: Type }

type Suffix =
  { readonly member: Word; readonly args?: readonly Expression[] } | { readonly index: Expression }

/**
 * Expressions and tuples: what a rule makes, and what a condition asks.
 *
 * A rule of Chevrotain's costs some ten stack frames a level, so only what is used in several places
 * is one; the rest are methods that read on within the rule that calls them.
 */
export abstract class ExpressionParser extends PatternParser {
  protected abstract readonly molecules: ParserMethod<[], Molecules>
  protected abstract readonly rule: ParserMethod<[], RuleExpression>

  /** Parentheses with several molecules, until it is clear that they stand as a whole element. */
  readonly plural = new Set<GroupExpression>()

  /** Fields between colons; a rule is the last of them. */
  protected readonly tuple = this.RULE('tuple', (): Expression => {
    const footing = this.footing()
    const fields: Expression[] = []
    try {
      fields.push(this.field())
      this.MANY({
        GATE: () => !isRule(fields.at(-1)),
        DEF: () => {
          this.CONSUME(tokens.Colon)
          fields.push(this.laterField())
        },
      })
    } catch (error) {
      return this.recover(error, footing)
    }
    const [first, second] = fields
    if (first !== undefined && second === undefined) return first
    return { kind: 'tuple', span: this.from(footing.start), fields }
  })

  private field(): Expression {
    return this.OR([
      { ALT: () => this.SUBRULE(this.rule) },
      {
        GATE: () => this.ahead(tokens.Name, tokens.Assign),
        ALT: () => this.SUBRULE(this.namedRule),
        IGNORE_AMBIGUITIES: true,
      },
      { ALT: () => this.SUBRULE(this.expression) },
    ])
  }

  /** The same once more: Chevrotain knows the places of a grammar by their numbers. */
  private laterField(): Expression {
    return this.OR1([
      { ALT: () => this.SUBRULE1(this.rule) },
      {
        GATE: () => this.ahead(tokens.Name, tokens.Assign),
        ALT: () => this.SUBRULE1(this.namedRule),
        IGNORE_AMBIGUITIES: true,
      },
      { ALT: () => this.SUBRULE1(this.expression) },
    ])
  }

  private readonly namedRule = this.RULE('namedRule', (): NamedRule => {
    const start = this.here()
    const name = this.word(this.CONSUME(tokens.Name))
    this.CONSUME(tokens.Assign)
    const rule = this.SUBRULE(this.rule)
    return { kind: 'named-rule', span: this.from(start), name, rule }
  })

  /** One flat chain of operands and operators, folded by precedence, and perhaps a choice of two. */
  protected readonly expression = this.RULE('expression', (): Expression => {
    const start = this.here()
    const around = this.measure()
    const chain = new OperatorChain()
    const first = this.SUBRULE(this.operand)
    chain.operand(first)
    this.MANY({
      GATE: () => this.combines(),
      DEF: () => {
        this.OR([{ ALT: () => this.combine(chain) }, { ALT: () => this.askType(chain) }])
      },
    })
    const test = this.ACTION(() => chain.fold() ?? first)
    this.settle(around, chain.length)
    const choice = this.OPTION(() => {
      this.CONSUME(tokens.Question)
      this.enter()
      const then = this.SUBRULE(this.expression)
      this.CONSUME(tokens.Colon)
      const otherwise = this.SUBRULE1(this.expression)
      this.leave()
      return { then, otherwise }
    })
    if (choice === undefined) return test
    const { then, otherwise } = choice
    return { kind: 'conditional', span: this.from(start), test, then, else: otherwise }
  })

  /** `>` compares only if an operand can follow; otherwise it closes the solution. */
  private combines(): boolean {
    const next = this.LA(1)
    if (next.tokenType !== tokens.Greater) return true
    if (!startsOperand(this.LA(2))) return false
    if (this.openers.at(-1)?.tokenType === tokens.Less && !this.inClause)
      this.comparisons.push(next)
    return true
  }

  private combine(chain: OperatorChain): void {
    const operator = this.CONSUME(tokens.Operator)
    const right = this.SUBRULE1(this.operand)
    this.ACTION(() => {
      chain.operator(textOf(operator.tokenType))
      chain.operand(right)
    })
  }

  private askType(chain: OperatorChain): void {
    this.CONSUME(tokens.Instanceof)
    const type = this.SUBRULE(this.type)
    this.ACTION(() => {
      chain.instanceOf(type)
    })
  }

  /** Prefix operators and casts, a primary, and the calls and indexes after it. */
  protected readonly operand = this.RULE('operand', (): Expression => {
    const start = this.here()
    const prefixes: Prefix[] = []
    this.MANY({
      GATE: () => this.LA(1).tokenType !== tokens.LeftParen || this.atCast(),
      DEF: () => {
        prefixes.push(this.prefix())
        this.enter()
      },
    })
    const around = this.measure()
    const base = this.here()
    let node = this.primary()
    let levels = prefixes.length
    this.MANY1(() => {
      levels += 1
      const suffix = this.suffix()
      node = this.ACTION(() => suffixed(node, suffix, this.from(base)))
    })
    this.settle(around, levels)
    this.leave(prefixes.length)
    const { end } = this.from(start)
    return this.ACTION(() =>
      prefixes.reduceRight((operand, prefix) => prefixed(prefix, operand, end), node),
    )
  })

  private prefix(): Prefix {
    const start = this.here()
    return this.OR([
      { ALT: () => sign(start, this.CONSUME(tokens.Not)) },
      { ALT: () => sign(start, this.CONSUME(tokens.Minus)) },
      { ALT: () => sign(start, this.CONSUME(tokens.Plus)) },
      {
        ALT: (): Prefix => {
          this.CONSUME(tokens.LeftParen)
          const type = this.SUBRULE(this.type)
          this.CONSUME(tokens.RightParen)
          return { start, type }
        },
      },
    ])
  }

  /**
   * Whether the parenthesis ahead is a cast: `(T)` with a path whose last word is a class or a
   * primitive of Java, and then an operand that could not go on with an expression.
   */
  private atCast(): boolean {
    let at = 2
    let last = this.LA(at)
    if (!isA(last, tokens.Name) && !isA(last, tokens.Symbol)) return false
    at += 1
    while (isA(this.LA(at), tokens.Dot) && isA(this.LA(at + 1), tokens.Word)) {
      last = this.LA(at + 1)
      at += 2
    }
    if (isA(this.LA(at), tokens.Less)) at = this.afterTypeArguments(at)
    while (isA(this.LA(at), tokens.LeftBracket) && isA(this.LA(at + 1), tokens.RightBracket))
      at += 2
    const isClass = isA(last, tokens.Symbol) || primitives.has(last.image)
    return isClass && isA(this.LA(at), tokens.RightParen) && startsCastOperand(this.LA(at + 1))
  }

  /** Looks past `<…>` if nothing but a list of types can stand in it. */
  private afterTypeArguments(less: number): number {
    let open = 0
    for (let at = less; ; at += 1) {
      const token = this.LA(at)
      if (isA(token, tokens.Less)) open += 1
      else if (isA(token, tokens.Greater)) open -= 1
      else if (!typeMarks.some((mark) => isA(token, mark))) return less
      if (open === 0) return at + 1
    }
  }

  private primary(): Expression {
    return this.OR1([
      { ALT: () => this.nameOrCall() },
      { ALT: () => this.symbol() },
      { ALT: () => this.literalValue() },
      { ALT: () => this.rest() },
      { ALT: () => this.infinity() },
      { ALT: () => this.SUBRULE(this.solution) },
      {
        GATE: () => this.ahead(tokens.LeftBracket),
        ALT: () => this.list(),
        IGNORE_AMBIGUITIES: true,
      },
      { ALT: () => this.group() },
      { ALT: () => this.construction() },
    ])
  }

  private nameOrCall(): Expression {
    const token = this.CONSUME(tokens.Name)
    const args = this.OPTION({
      GATE: () => this.ahead(tokens.LeftParen),
      DEF: () => this.SUBRULE(this.listed),
    })
    const span = this.from(token.startOffset)
    if (args !== undefined) return { kind: 'call', span, callee: this.word(token), arguments: args }
    const isInfinity = token.tokenType === tokens.Inf && this.infBindings === 0
    return isInfinity ? { kind: 'infinity', span } : { kind: 'name', span, name: token.image }
  }

  private symbol(): Expression {
    const token = this.CONSUME(tokens.Symbol)
    return { kind: 'symbol', span: this.spanOf(token), name: token.image }
  }

  private literalValue(): Expression {
    const token = this.CONSUME(tokens.Literal)
    return this.ACTION(() => this.literal(token))
  }

  private rest(): Expression {
    const token = this.CONSUME(tokens.Omega)
    return { kind: 'rest', span: this.spanOf(token), name: token.image }
  }

  private infinity(): Expression {
    return { kind: 'infinity', span: this.spanOf(this.CONSUME(tokens.Infinity)) }
  }

  private list(): Expression {
    const start = this.here()
    const items = this.SUBRULE1(this.listed)
    return { kind: 'list', span: this.from(start), items }
  }

  private group(): Expression {
    const start = this.here()
    const open = this.CONSUME1(tokens.LeftParen)
    this.open(open)
    const molecules = this.OPTION1(() => this.SUBRULE(this.molecules)) ?? this.noMolecules()
    this.close(open)
    this.OPTION2(() => this.CONSUME1(tokens.RightParen))
    const group: GroupExpression = { kind: 'group', span: this.from(start), molecules }
    this.ACTION(() => {
      if (isPlural(molecules)) this.plural.add(group)
    })
    return group
  }

  private construction(): Expression {
    const start = this.here()
    this.CONSUME(tokens.New)
    const type = this.SUBRULE1(this.type)
    this.ACTION(() => {
      if (this.ahead(tokens.LeftBracket)) this.complain(wording.javaArray())
    })
    const args = this.SUBRULE2(this.listed)
    return { kind: 'new', span: this.from(start), type, arguments: args }
  }

  private suffix(): Suffix {
    return this.OR2([
      {
        ALT: () => {
          this.CONSUME(tokens.Dot)
          const member = this.word(this.CONSUME(tokens.Word))
          const args = this.OPTION3({
            GATE: () => this.ahead(tokens.LeftParen),
            DEF: () => this.SUBRULE3(this.listed),
          })
          return args === undefined ? { member } : { member, args }
        },
      },
      {
        ALT: () => {
          const open = this.CONSUME(tokens.LeftBracket)
          this.open(open)
          const index = this.SUBRULE(this.tuple)
          this.close(open)
          this.OPTION4(() => this.CONSUME(tokens.RightBracket))
          return { index }
        },
      },
    ])
  }

  /** Arguments, or the items of a list: who calls looks at the bracket. */
  private readonly listed = this.RULE('listed', (): Expression[] => {
    const items: Expression[] = []
    const open = this.OR([
      { ALT: () => this.CONSUME(tokens.LeftParen) },
      { ALT: () => this.CONSUME(tokens.LeftBracket) },
    ])
    this.open(open)
    this.OPTION(() => {
      items.push(this.SUBRULE(this.tuple))
      this.MANY({
        GATE: () => this.atNextOf('items'),
        DEF: () => {
          this.OPTION1(() => this.CONSUME(tokens.Comma))
          items.push(this.SUBRULE1(this.tuple))
        },
      })
    })
    this.close(open)
    this.OPTION2(() =>
      this.OR1([
        { ALT: () => this.CONSUME(tokens.RightParen) },
        { ALT: () => this.CONSUME(tokens.RightBracket) },
      ]),
    )
    return items
  })

  protected readonly solution = this.RULE('solution', (): SolutionExpression => {
    const start = this.here()
    const open = this.OR([
      { ALT: () => this.CONSUME(tokens.Less) },
      { ALT: () => this.CONSUME(tokens.LeftAngle) },
    ])
    this.open(open)
    const molecules = this.OPTION(() => this.SUBRULE(this.molecules)) ?? this.noMolecules()
    this.close(open)
    this.OPTION1(() =>
      this.OR1([
        { ALT: () => this.CONSUME(tokens.Greater) },
        { ALT: () => this.CONSUME(tokens.RightAngle) },
      ]),
    )
    const brackets = open.tokenType === tokens.LeftAngle ? '⟨⟩' : '<>'
    return { kind: 'solution', span: this.from(start), brackets, molecules }
  })

  private noMolecules(): Molecules {
    const span = { start: this.past(), end: this.past() }
    return { kind: 'molecules', span, items: [] }
  }
}

/** Whether an unparenthesised rule ends this: then neither a field nor `^` can follow. */
export function isRule(molecule: Expression | undefined): boolean {
  return molecule?.kind === 'rule' || molecule?.kind === 'named-rule'
}

/** Whether these molecules are anything but one tuple. */
function isPlural({ items }: Molecules): boolean {
  const [only, second] = items
  if (only === undefined || second !== undefined) return true
  if (only.kind === 'group') return isPlural(only.molecules)
  return ['definition', 'nothing', 'spread', 'counted'].includes(only.kind)
}

function sign(start: number, { tokenType }: IToken): Prefix {
  const operator = tokenType === tokens.Not ? '!' : tokenType === tokens.Minus ? '-' : '+'
  return { start, operator }
}

const primitives: ReadonlySet<string> = new Set([
  'boolean',
  'byte',
  'char',
  'double',
  'float',
  'int',
  'long',
  'short',
])

const typeMarks = [tokens.Word, tokens.Dot, tokens.Comma, tokens.Question].concat(
  tokens.LeftBracket,
  tokens.RightBracket,
)

function suffixed(object: Expression, suffix: Suffix, span: Span): Expression {
  if ('index' in suffix) return { kind: 'index', span, object, index: suffix.index }
  const { member, args } = suffix
  return {
    kind: 'member',
    span,
    object,
    member,
    ...(args === undefined ? {} : { arguments: args }),
  }
}

function prefixed(prefix: Prefix, operand: Expression, end: number): Expression {
  const span = { start: prefix.start, end }
  if ('type' in prefix) return { kind: 'cast', span, type: prefix.type, operand }
  return { kind: 'unary', span, operator: prefix.operator, operand }
}
