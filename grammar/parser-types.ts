import type { Path, Type, TypeArgument, Word } from './ast.ts'
import { expectedType } from './mismatch.ts'
import { ParserBase } from './parser-base.ts'
import { tokens } from './tokens.ts'

/** Paths and types. */
export abstract class TypeParser extends ParserBase {
  /** `a.b.c`: any word may stand after a dot, but a dot before `*` belongs to an import. */
  protected readonly path = this.RULE('path', (): Path => {
    const start = this.here()
    const first = this.OR([
      { ALT: () => this.CONSUME(tokens.Name) },
      { ALT: () => this.CONSUME(tokens.Symbol) },
    ])
    const words: [Word, ...Word[]] = [this.word(first)]
    this.MANY({
      GATE: () => !this.ahead(tokens.Dot, tokens.Times),
      DEF: () => {
        this.CONSUME(tokens.Dot)
        words.push(this.word(this.CONSUME(tokens.Word)))
      },
    })
    return { kind: 'path', span: this.from(start), words }
  })

  protected readonly type = this.RULE('type', (): Type => {
    this.enter()
    const type = this.OR([
      { ALT: () => this.SUBRULE(this.tupleType) },
      { ALT: () => this.SUBRULE(this.solutionType) },
      { ALT: () => this.SUBRULE(this.listType) },
      { ALT: () => this.SUBRULE(this.namedType) },
    ])
    this.leave()
    return type
  })

  private readonly tupleType = this.RULE('tupleType', (): Type => {
    const start = this.here()
    this.CONSUME(tokens.LeftParen)
    const fields = [this.SUBRULE(this.type)]
    this.CONSUME(tokens.Colon)
    fields.push(this.SUBRULE1(this.type))
    this.MANY(() => {
      this.CONSUME1(tokens.Colon)
      fields.push(this.SUBRULE2(this.type))
    })
    this.CONSUME(tokens.RightParen)
    return { kind: 'tuple-type', span: this.from(start), fields }
  })

  private readonly solutionType = this.RULE('solutionType', (): Type => {
    const start = this.here()
    this.OR([
      {
        ALT: () => {
          this.CONSUME(tokens.Less)
          this.CONSUME(tokens.Greater)
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.LeftAngle)
          this.CONSUME(tokens.RightAngle)
        },
      },
    ])
    return { kind: 'solution-type', span: this.from(start) }
  })

  private readonly listType = this.RULE('listType', (): Type => {
    const start = this.here()
    this.CONSUME(tokens.LeftBracket)
    this.CONSUME(tokens.RightBracket)
    return { kind: 'list-type', span: this.from(start) }
  })

  private readonly namedType = this.RULE('namedType', (): Type => {
    const start = this.here()
    const path = this.SUBRULE(this.path)
    const args: TypeArgument[] = []
    this.OPTION(() => {
      this.CONSUME(tokens.Less)
      this.ACTION(() => {
        if (this.ahead(tokens.Greater)) this.complain(expectedType(this.LA(1)))
      })
      this.OPTION1(() => {
        args.push(this.SUBRULE(this.typeArgument))
        this.MANY(() => {
          this.CONSUME(tokens.Comma)
          args.push(this.SUBRULE1(this.typeArgument))
        })
      })
      this.CONSUME(tokens.Greater)
    })
    let dimensions = 0
    this.MANY1({
      // `new T[3]` is an array of Java's: the bracket is left for the message about it.
      GATE: () => this.ahead(tokens.LeftBracket, tokens.RightBracket),
      DEF: () => {
        this.CONSUME(tokens.LeftBracket)
        this.CONSUME(tokens.RightBracket)
        dimensions += 1
      },
    })
    return { kind: 'named-type', span: this.from(start), path, arguments: args, dimensions }
  })

  private readonly typeArgument = this.RULE('typeArgument', (): TypeArgument => {
    const start = this.here()
    return this.OR([
      {
        ALT: (): TypeArgument => {
          this.CONSUME(tokens.Question)
          const bound = this.OPTION(() => {
            const wildcard = this.OR1([
              {
                ALT: () => {
                  this.CONSUME(tokens.Extends)
                  return 'extends' as const
                },
              },
              {
                ALT: () => {
                  this.CONSUME(tokens.Super)
                  return 'super' as const
                },
              },
            ])
            return { wildcard, type: this.SUBRULE(this.type) }
          })
          const span = this.from(start)
          if (bound === undefined) return { kind: 'type-argument', span, wildcard: 'any' }
          return { kind: 'type-argument', span, ...bound }
        },
      },
      {
        ALT: (): TypeArgument => {
          const type = this.SUBRULE1(this.type)
          return { kind: 'type-argument', span: this.from(start), type }
        },
      },
    ])
  })
}
