import type { IToken, ParserMethod } from 'chevrotain'
import type {
  Expression,
  GroupExpression,
  ListExpression,
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
import { tokens } from './tokens.ts'

type Prefix =
  | { readonly start: number; readonly operator: UnaryOperator }
  | { readonly start: number; readonly type: Type }

type Suffix =
  | { readonly member: Word; readonly args?: readonly Expression[] }
  | { readonly index: Expression }

/** Expressions and tuples: what a rule makes, and what a condition asks. */
export abstract class ExpressionParser extends PatternParser {
  protected abstract readonly molecules: ParserMethod<[], Molecules>
  protected abstract readonly rule: ParserMethod<[], RuleExpression>

  /** Parentheses with several molecules, until it is clear that they stand as a whole element. */
  readonly plural = new Set<Expression>()

  /** Fields between colons; a rule is the last of them. */
  protected readonly tuple = this.RULE('tuple', (): Expression => {
    const start = this.here()
    const first = this.SUBRULE(this.field)
    let last = first
    const fields = [first]
    this.MANY({
      GATE: () => last.kind !== 'rule' && last.kind !== 'named-rule',
      DEF: () => {
        this.CONSUME(tokens.Colon)
        last = this.SUBRULE1(this.field)
        fields.push(last)
      },
    })
    return fields.length === 1 ? first : { kind: 'tuple', span: this.from(start), fields }
  })

  private readonly field = this.RULE('field', (): Expression => {
    return this.OR([
      { ALT: () => this.SUBRULE(this.rule) },
      {
        GATE: () => this.ahead(tokens.Name, tokens.Assign),
        ALT: () => this.SUBRULE(this.namedRule),
        IGNORE_AMBIGUITIES: true,
      },
      { ALT: () => this.SUBRULE(this.expression) },
    ])
  })

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
        this.OR([
          {
            ALT: () => {
              const operator = this.CONSUME(tokens.Operator)
              const right = this.SUBRULE1(this.operand)
              this.ACTION(() => {
                chain.operator(operator.image)
                chain.operand(right)
              })
            },
          },
          {
            ALT: () => {
              this.CONSUME(tokens.Instanceof)
              const type = this.SUBRULE(this.type)
              this.ACTION(() => {
                chain.instanceOf(type)
              })
            },
          },
        ])
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
    this.comparisons.push(next)
    return true
  }

  /** Prefix operators and casts, a primary, and the calls and indexes after it. */
  protected readonly operand = this.RULE('operand', (): Expression => {
    const start = this.here()
    const prefixes: Prefix[] = []
    this.MANY({
      GATE: () => this.LA(1).tokenType !== tokens.LeftParen || this.atCast(),
      DEF: () => {
        this.enter()
        prefixes.push(this.SUBRULE(this.prefix))
      },
    })
    const around = this.measure()
    const base = this.here()
    let node = this.SUBRULE(this.primary)
    let levels = prefixes.length
    this.MANY1(() => {
      levels += 1
      const suffix = this.SUBRULE(this.suffix)
      node = this.ACTION(() => suffixed(node, suffix, this.from(base)))
    })
    this.settle(around, levels)
    this.leave(prefixes.length)
    const end = this.from(start).end
    return this.ACTION(() =>
      prefixes.reduceRight((operand, prefix) => prefixed(prefix, operand, end), node),
    )
  })

  private readonly prefix = this.RULE('prefix', (): Prefix => {
    const start = this.here()
    return this.OR([
      { ALT: () => this.sign(start, this.CONSUME(tokens.Not)) },
      { ALT: () => this.sign(start, this.CONSUME(tokens.Minus)) },
      { ALT: () => this.sign(start, this.CONSUME(tokens.Plus)) },
      {
        ALT: (): Prefix => {
          this.CONSUME(tokens.LeftParen)
          const type = this.SUBRULE(this.type)
          this.CONSUME(tokens.RightParen)
          return { start, type }
        },
      },
    ])
  })

  private sign(start: number, { tokenType }: IToken): Prefix {
    const operator = tokenType === tokens.Not ? '!' : tokenType === tokens.Minus ? '-' : '+'
    return { start, operator }
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
    while (isA(this.LA(at), tokens.LeftBracket) && isA(this.LA(at + 1), tokens.RightBracket)) at += 2
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

  private readonly suffix = this.RULE('suffix', (): Suffix => {
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(tokens.Dot)
          const member = this.word(this.CONSUME(tokens.Word))
          const args = this.OPTION(() => this.SUBRULE(this.args))
          return args === undefined ? { member } : { member, args }
        },
      },
      {
        ALT: () => {
          const open = this.CONSUME(tokens.LeftBracket)
          this.open(open)
          const index = this.SUBRULE(this.tuple)
          this.close(open)
          this.OPTION1(() => this.CONSUME(tokens.RightBracket))
          return { index }
        },
      },
    ])
  })

  private readonly args = this.RULE('args', (): Expression[] => {
    const open = this.CONSUME(tokens.LeftParen)
    this.open(open)
    const args = this.OPTION(() => this.SUBRULE(this.listed)) ?? []
    this.close(open)
    this.OPTION1(() => this.CONSUME(tokens.RightParen))
    return args
  })

  private readonly list = this.RULE('list', (): ListExpression => {
    const start = this.here()
    const open = this.CONSUME(tokens.LeftBracket)
    this.open(open)
    const items = this.OPTION(() => this.SUBRULE(this.listed)) ?? []
    this.close(open)
    this.OPTION1(() => this.CONSUME(tokens.RightBracket))
    return { kind: 'list', span: this.from(start), items }
  })

  /** The tuples of an argument list or of a list. */
  private readonly listed = this.RULE('listed', (): Expression[] => {
    const items = [this.SUBRULE(this.item)]
    this.MANY({
      GATE: () => this.atNextOf('items'),
      DEF: () => {
        this.OPTION(() => this.CONSUME(tokens.Comma))
        items.push(this.SUBRULE1(this.item))
      },
    })
    return items
  })

  private readonly item = this.RULE('item', (): Expression => {
    const footing = this.footing()
    try {
      return this.SUBRULE(this.tuple)
    } catch (error) {
      return this.recover(error, footing)
    }
  })

  private readonly primary = this.RULE('primary', (): Expression => {
    const start = this.here()
    return this.OR([
      { ALT: () => this.nameOrCall(this.CONSUME(tokens.Name), this.OPTION(() => this.SUBRULE(this.args))) },
      {
        ALT: (): Expression => {
          const token = this.CONSUME(tokens.Symbol)
          return { kind: 'symbol', span: this.spanOf(token), name: token.image }
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(tokens.Literal)
          return this.ACTION(() => this.literal(token))
        },
      },
      {
        ALT: (): Expression => {
          const token = this.CONSUME(tokens.Omega)
          return { kind: 'rest', span: this.spanOf(token), name: token.image }
        },
      },
      { ALT: (): Expression => ({ kind: 'infinity', span: this.spanOf(this.CONSUME(tokens.Infinity)) }) },
      { ALT: () => this.SUBRULE(this.solution) },
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: () => this.SUBRULE(this.group) },
      {
        ALT: (): Expression => {
          this.CONSUME(tokens.New)
          const type = this.SUBRULE(this.type)
          const args = this.SUBRULE1(this.args)
          return { kind: 'new', span: this.from(start), type, arguments: args }
        },
      },
    ])
  })

  private nameOrCall(token: IToken, args: Expression[] | undefined): Expression {
    const span = this.from(token.startOffset)
    if (args !== undefined) return { kind: 'call', span, callee: this.word(token), arguments: args }
    const isInfinity = token.tokenType === tokens.Inf && this.infBindings === 0
    return isInfinity ? { kind: 'infinity', span } : { kind: 'name', span, name: token.image }
  }

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

  private readonly group = this.RULE('group', (): GroupExpression => {
    const start = this.here()
    const open = this.CONSUME(tokens.LeftParen)
    this.open(open)
    const molecules = this.OPTION(() => this.SUBRULE(this.molecules)) ?? this.noMolecules()
    this.close(open)
    this.OPTION1(() => this.CONSUME(tokens.RightParen))
    const group: GroupExpression = { kind: 'group', span: this.from(start), molecules }
    this.ACTION(() => {
      if (this.isPlural(molecules)) this.plural.add(group)
    })
    return group
  })

  private noMolecules(): Molecules {
    const span = { start: this.past(), end: this.past() }
    return { kind: 'molecules', span, items: [] }
  }

  /** Whether these molecules are anything but one tuple. */
  private isPlural({ items }: Molecules): boolean {
    const [only, second] = items
    if (only === undefined || second !== undefined) return true
    if (only.kind === 'group') return this.isPlural(only.molecules)
    return ['definition', 'nothing', 'spread', 'counted'].includes(only.kind)
  }
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
  return { kind: 'member', span, object, member, ...(args === undefined ? {} : { arguments: args }) }
}

function prefixed(prefix: Prefix, operand: Expression, end: number): Expression {
  const span = { start: prefix.start, end }
  if ('type' in prefix) return { kind: 'cast', span, type: prefix.type, operand }
  return { kind: 'unary', span, operator: prefix.operator, operand }
}
