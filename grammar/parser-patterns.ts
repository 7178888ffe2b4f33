import type { ParserMethod } from 'chevrotain'
import type { ErrorNode, Expression, Path, Pattern, Type } from './ast.ts'
import { isA, isCloser } from './brackets.ts'
import type { Footing } from './parser-base.ts'
import { TypeParser } from './parser-types.ts'
import { startsUpper } from './scanner.ts'
import { tokens } from './tokens.ts'

/** Patterns: what a rule takes. */
export abstract class PatternParser extends TypeParser {
  /** The multiplicity after `^`. */
  protected abstract readonly operand: ParserMethod<[], Expression>

  /** How many definitions and patterns around here bind `inf`, which makes it a name. */
  protected infBindings = 0

  protected readonly patterns = this.RULE('patterns', (): Pattern[] => {
    const patterns = [this.SUBRULE(this.pattern)]
    this.MANY({
      GATE: () => this.atNextOf('patterns'),
      DEF: () => {
        this.OPTION(() => this.CONSUME(tokens.Comma))
        patterns.push(this.SUBRULE1(this.pattern))
      },
    })
    return patterns
  })

  private readonly pattern = this.RULE('pattern', (): Pattern => {
    const footing = this.footing()
    try {
      return this.OR([
        { ALT: () => this.SUBRULE(this.nothingPattern) },
        { ALT: () => this.SUBRULE(this.restPattern) },
        {
          ALT: (): Pattern => {
            const tuple = this.SUBRULE(this.tuplePattern)
            const multiplicity = this.OPTION(() => {
              this.CONSUME(tokens.Caret)
              return this.SUBRULE(this.operand)
            })
            if (multiplicity === undefined) return tuple
            const span = this.from(footing.start)
            return { kind: 'counted-pattern', span, pattern: tuple, multiplicity }
          },
        },
      ])
    } catch (error) {
      return this.recoverPattern(error, footing)
    }
  })

  private readonly nothingPattern = this.RULE('nothingPattern', (): Pattern => {
    const token = this.OR([
      { ALT: () => this.CONSUME(tokens.Empty) },
      { ALT: () => this.CONSUME(tokens.Nothing) },
    ])
    return { kind: 'nothing-pattern', span: this.spanOf(token) }
  })

  private readonly restPattern = this.RULE('restPattern', (): Pattern => {
    const start = this.here()
    return this.OR([
      {
        ALT: (): Pattern => {
          this.CONSUME(tokens.Question)
          const name = this.word(this.CONSUME(tokens.Name))
          this.bind(name.text)
          return { kind: 'rest-pattern', span: this.from(start), name, isQuestionMark: true }
        },
      },
      {
        ALT: (): Pattern => {
          const name = this.word(this.CONSUME(tokens.Omega))
          return { kind: 'rest-pattern', span: this.from(start), name, isQuestionMark: false }
        },
      },
    ])
  })

  private readonly tuplePattern = this.RULE('tuplePattern', (): Pattern => {
    const start = this.here()
    const first = this.SUBRULE(this.fieldPattern)
    const fields = [first]
    this.MANY(() => {
      this.CONSUME(tokens.Colon)
      fields.push(this.SUBRULE1(this.fieldPattern))
    })
    return fields.length === 1 ? first : { kind: 'tuple-pattern', span: this.from(start), fields }
  })

  private readonly fieldPattern = this.RULE('fieldPattern', (): Pattern => {
    return this.OR([
      { ALT: () => this.SUBRULE(this.groupPattern) },
      { ALT: () => this.SUBRULE(this.solutionPattern) },
      { ALT: () => this.SUBRULE(this.listPattern) },
      { ALT: () => this.SUBRULE(this.literalPattern) },
      { ALT: () => this.SUBRULE(this.wildcardPattern) },
      { ALT: () => this.SUBRULE(this.wordPattern) },
    ])
  })

  private readonly groupPattern = this.RULE('groupPattern', (): Pattern => {
    const start = this.here()
    const open = this.CONSUME(tokens.LeftParen)
    this.open(open)
    const pattern = this.SUBRULE(this.tuplePattern)
    this.close(open, tokens.By)
    this.OPTION(() => this.CONSUME(tokens.RightParen))
    return { kind: 'group-pattern', span: this.from(start), pattern }
  })

  private readonly solutionPattern = this.RULE('solutionPattern', (): Pattern => {
    const start = this.here()
    const open = this.OR([
      { ALT: () => this.CONSUME(tokens.Less) },
      { ALT: () => this.CONSUME(tokens.LeftAngle) },
    ])
    this.open(open)
    const patterns = this.OPTION(() => this.SUBRULE(this.patterns)) ?? []
    this.close(open, tokens.By)
    this.OPTION1(() =>
      this.OR1([
        { ALT: () => this.CONSUME(tokens.Greater) },
        { ALT: () => this.CONSUME(tokens.RightAngle) },
      ]),
    )
    const brackets = open.tokenType === tokens.Less ? '<>' : '⟨⟩'
    return { kind: 'solution-pattern', span: this.from(start), brackets, patterns }
  })

  private readonly listPattern = this.RULE('listPattern', (): Pattern => {
    const start = this.here()
    const open = this.CONSUME(tokens.LeftBracket)
    this.open(open)
    const items: Pattern[] = []
    this.OPTION(() => {
      items.push(this.SUBRULE(this.listItemPattern))
      this.MANY({
        GATE: () => this.atNextOf('patterns'),
        DEF: () => {
          this.OPTION1(() => this.CONSUME(tokens.Comma))
          items.push(this.SUBRULE1(this.listItemPattern))
        },
      })
    })
    this.close(open, tokens.By)
    this.OPTION2(() => this.CONSUME(tokens.RightBracket))
    return { kind: 'list-pattern', span: this.from(start), items }
  })

  private readonly listItemPattern = this.RULE('listItemPattern', (): Pattern => {
    const footing = this.footing()
    try {
      return this.OR([
        { ALT: () => this.SUBRULE(this.restPattern) },
        { ALT: () => this.SUBRULE(this.tuplePattern) },
      ])
    } catch (error) {
      return this.recoverPattern(error, footing)
    }
  })

  private readonly literalPattern = this.RULE('literalPattern', (): Pattern => {
    const start = this.here()
    const minus = this.OPTION(() => this.CONSUME(tokens.Minus))
    const token = this.OR([
      { ALT: () => this.CONSUME(tokens.Literal) },
      { ALT: () => this.CONSUME(tokens.Infinity) },
    ])
    return this.ACTION(() => {
      const literal = this.literal(token)
      return {
        kind: 'literal-pattern',
        span: this.from(start),
        isNegative: minus !== undefined,
        literal,
      }
    })
  })

  private readonly wildcardPattern = this.RULE('wildcardPattern', (): Pattern => {
    const start = this.here()
    this.CONSUME(tokens.Wildcard)
    const type = this.OPTION(() => {
      this.CONSUME(tokens.DoubleColon)
      return this.SUBRULE(this.type)
    })
    const span = this.from(start)
    return { kind: 'wildcard-pattern', span, ...(type === undefined ? {} : { type }) }
  })

  /** A variable, a symbol, a constant or a caught rule: what follows the path decides. */
  private readonly wordPattern = this.RULE('wordPattern', (): Pattern => {
    const start = this.here()
    const path = this.SUBRULE(this.path)
    return this.OR([
      {
        GATE: () => path.words.length === 1,
        ALT: (): Pattern => {
          this.CONSUME(tokens.DoubleColon)
          const type = this.SUBRULE(this.type)
          return this.ACTION(() => this.variable(path, type))
        },
      },
      {
        ALT: (): Pattern => {
          this.CONSUME(tokens.Assign)
          const variable = this.word(this.CONSUME(tokens.Name))
          this.bind(variable.text)
          return { kind: 'caught-rule-pattern', span: this.from(start), rule: path, variable }
        },
      },
      { ALT: () => this.ACTION(() => this.variable(path)) },
    ])
  })

  /** `<one, 2>` uses a keyword as a name: there is no rule whose other parts could be read. */
  private recoverPattern(error: unknown, footing: Footing): ErrorNode {
    const isFirst = isA(this.LA(0), tokens.RuleStart)
    if (isFirst && (isCloser(this.LA(1)) || isA(this.LA(1), tokens.Comma))) throw error
    return this.recover(error, footing, [tokens.By, tokens.Inject])
  }

  private variable(path: Path, type?: Type): Pattern {
    const span = this.from(path.span.start)
    const [name, ...rest] = path.words
    if (rest.length > 0) return { kind: 'constant-pattern', span, path }
    const isSymbol = type === undefined && startsUpper(name.text)
    if (isSymbol) return { kind: 'symbol-pattern', span, name: name.text }
    this.bind(name.text)
    return { kind: 'variable-pattern', span, name, ...(type === undefined ? {} : { type }) }
  }

  protected bind(name: string): void {
    if (name === 'inf') this.infBindings += 1
  }
}
