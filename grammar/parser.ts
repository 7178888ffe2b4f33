import type { IToken } from 'chevrotain'
import type {
  Definition,
  Element,
  Expression,
  Import,
  Molecules,
  Path,
  Pattern,
  Program,
  RuleExpression,
  StringLiteral,
  Word,
} from './ast.ts'
import { documentation } from './comments.ts'
import type { Lexed } from './lexer.ts'
import { adoptLookahead } from './lookahead.ts'
import type { Footing, ParserOptions } from './parser-base.ts'
import { ExpressionParser, isRule } from './parser-expressions.ts'
import type { Source } from './source.ts'
import { tokens } from './tokens.ts'
import * as wording from './wording.ts'

/** What stands before the molecules of a text. */
export interface Entry {
  readonly package?: Path
  readonly imports: readonly Import[]
  readonly molecules: Molecules
}

/** Programs, definitions, molecules and rules; the whole grammar with what it inherits. */
export class Parser extends ExpressionParser {
  readonly program = this.RULE('program', (): Omit<Program, 'comments'> => {
    const header = this.SUBRULE(this.header)
    const definitions: Definition[] = []
    this.MANY(() => {
      this.OR([
        { ALT: () => definitions.push(this.SUBRULE(this.definition)) },
        { ALT: () => this.lateImport() },
      ])
    })
    const solution = this.OPTION(() => this.SUBRULE(this.solution))
    this.ACTION(() => {
      this.finish(solution === undefined ? wording.noSolution : wording.afterProgram)
    })
    const span = { start: 0, end: this.source.text.length }
    return {
      kind: 'program',
      span,
      ...header,
      definitions,
      ...(solution === undefined ? {} : { solution }),
    }
  })

  /** The inside of a solution, with imports before it: what a prompt takes. */
  readonly entry = this.RULE('entry', (): Entry => {
    const header = this.SUBRULE(this.header)
    const start = this.here()
    const items: (Definition | Element)[] = []
    this.MANY(() => items.push(this.SUBRULE(this.definition)))
    this.OPTION(() => {
      items.push(this.SUBRULE(this.element))
      this.MANY1({
        GATE: () => this.atNextOf('molecules'),
        DEF: () => {
          this.OPTION1(() => this.CONSUME(tokens.Comma))
          this.MANY2(() => items.push(this.SUBRULE1(this.definition)))
          items.push(this.SUBRULE1(this.element))
        },
      })
    })
    const span = this.from(start)
    this.ACTION(() => {
      this.finish(wording.afterMolecules)
    })
    return { ...header, molecules: { kind: 'molecules', span, items } }
  })

  /** Read, so that what follows can be, but not kept. */
  private lateImport(): void {
    this.ACTION(() => {
      this.complain(wording.lateImport(this.LA(1)))
    })
    this.SUBRULE(this.import)
  }

  private readonly header = this.RULE('header', (): Omit<Entry, 'molecules'> => {
    const name = this.OPTION(() => this.SUBRULE(this.packageClause))
    const imports: Import[] = []
    this.MANY(() => {
      const found = this.SUBRULE(this.import)
      if (found !== undefined) imports.push(found)
    })
    return { ...(name === undefined ? {} : { package: name }), imports }
  })

  private readonly packageClause = this.RULE('packageClause', (): Path | undefined => {
    const footing = this.footing()
    try {
      this.CONSUME(tokens.Package)
      const path = this.SUBRULE(this.path)
      this.CONSUME(tokens.Semicolon)
      return path
    } catch (error) {
      this.recoverImport(error, footing)
      return undefined
    }
  })

  /** `undefined` if it cannot be read: an import has nothing that an `ErrorNode` could stand for. */
  private readonly import = this.RULE('import', (): Import | undefined => {
    const footing = this.footing()
    try {
      this.CONSUME(tokens.Import)
      const isStatic = this.OPTION({
        GATE: () => this.LA(1).image === 'static' && this.LA(2).tokenType !== tokens.Dot,
        DEF: () => this.CONSUME(tokens.Name),
      })
      const target = this.OR([
        { ALT: () => this.SUBRULE(this.path) },
        { ALT: () => this.fileName(this.CONSUME(tokens.String)) },
      ])
      const wildcard = this.OPTION1(() => {
        this.CONSUME(tokens.Dot)
        return this.CONSUME(tokens.Times)
      })
      const alias = this.OPTION2(() => {
        this.CONSUME(tokens.As)
        return this.word(this.CONSUME1(tokens.Name))
      })
      this.CONSUME(tokens.Semicolon)
      return {
        kind: 'import',
        span: this.from(footing.start),
        isStatic: isStatic !== undefined,
        target,
        isWildcard: wildcard !== undefined,
        ...(alias === undefined ? {} : { alias }),
      }
    } catch (error) {
      this.recoverImport(error, footing)
      return undefined
    }
  })

  /** Goes on after the semicolon, or where the next import, definition or solution starts. */
  private recoverImport(error: unknown, footing: Footing): void {
    this.regain(error, footing)
    const ends = [tokens.Import, tokens.Let, tokens.Semicolon, tokens.Less, tokens.LeftAngle]
    while (this.LA(1).startOffset >= 0 && !ends.includes(this.LA(1).tokenType)) this.SKIP_TOKEN()
    if (this.LA(1).tokenType === tokens.Semicolon) this.SKIP_TOKEN()
  }

  private fileName(token: IToken): StringLiteral {
    const literal = this.literal(token)
    if (literal.kind === 'string') return literal
    return { kind: 'string', span: literal.span, value: '', quote: '"' }
  }

  private readonly definition = this.RULE('definition', (): Definition => {
    const footing = this.footing()
    const bindings = this.infBindings
    const comments = this.ACTION(() => documentation(this.comments, this.past(), footing.start))
    let isRecursive = false
    let name: Word = { text: '', span: { start: footing.start, end: footing.start } }
    let parameters: Word[] | undefined
    let body: Expression
    try {
      const word = this.CONSUME(tokens.Let)
      this.openers.push(word)
      isRecursive = this.OPTION(() => this.CONSUME(tokens.Rec)) !== undefined
      name = this.word(this.CONSUME(tokens.Name))
      parameters = this.OPTION1(() => this.SUBRULE(this.parameters))
      this.CONSUME(tokens.Assign)
      body = this.SUBRULE(this.tuple)
      this.endDefinition(word)
    } catch (error) {
      body = this.recover(error, { ...footing, start: this.here() })
      this.skipDefinition()
    }
    this.openers.length = footing.openers
    this.OPTION2(() => this.CONSUME(tokens.In))
    this.infBindings = bindings
    this.bind(name.text)
    return {
      kind: 'definition',
      span: this.from(footing.start),
      isRecursive,
      name,
      ...(parameters === undefined ? {} : { parameters }),
      body,
      documentation: comments,
    }
  })

  /** `in` comes next; only at the end of the text may it be missing. */
  private endDefinition(definition: IToken): void {
    const next = this.LA(1)
    if (this.RECORDING_PHASE || next.startOffset < 0 || next.tokenType === tokens.In) return
    this.complain(wording.missingIn(definition, next))
    this.skipDefinition()
  }

  private readonly parameters = this.RULE('parameters', (): Word[] => {
    const open = this.CONSUME(tokens.LeftParen)
    this.open(open)
    const names = [this.word(this.CONSUME(tokens.Name))]
    this.MANY(() => {
      this.CONSUME(tokens.Comma)
      names.push(this.word(this.CONSUME1(tokens.Name)))
    })
    for (const name of names) this.bind(name.text)
    this.close(open, tokens.Assign)
    this.OPTION(() => this.CONSUME(tokens.RightParen))
    return names
  })

  protected readonly molecules = this.RULE('molecules', (): Molecules => {
    const start = this.here()
    const bindings = this.infBindings
    const items: (Definition | Element)[] = []
    this.MANY(() => items.push(this.SUBRULE(this.definition)))
    items.push(this.SUBRULE(this.element))
    this.MANY1({
      GATE: () => this.atNextOf('molecules'),
      DEF: () => {
        this.OPTION(() => this.CONSUME(tokens.Comma))
        this.MANY2(() => items.push(this.SUBRULE1(this.definition)))
        items.push(this.SUBRULE1(this.element))
      },
    })
    this.infBindings = bindings
    return { kind: 'molecules', span: this.from(start), items }
  })

  private readonly element = this.RULE('element', (): Element => {
    const footing = this.footing()
    try {
      return this.OR([
        { ALT: () => this.nothing(this.CONSUME(tokens.Empty)) },
        { ALT: () => this.nothing(this.CONSUME(tokens.Nothing)) },
        {
          ALT: (): Element => {
            this.CONSUME(tokens.Ellipsis)
            const expression = this.SUBRULE(this.expression)
            return { kind: 'spread', span: this.from(footing.start), expression }
          },
        },
        {
          ALT: () => {
            const molecule = this.SUBRULE(this.tuple)
            const multiplicity = this.OPTION({
              GATE: () => !endsInRule(molecule),
              DEF: () => {
                this.CONSUME(tokens.Caret)
                return this.SUBRULE(this.operand)
              },
            })
            return this.ACTION(() => this.counted(molecule, multiplicity))
          },
        },
      ])
    } catch (error) {
      return this.recover(error, footing)
    }
  })

  private nothing(token: IToken): Element {
    return { kind: 'nothing', span: this.spanOf(token) }
  }

  private counted(molecule: Expression, multiplicity: Expression | undefined): Element {
    const span = this.from(molecule.span.start)
    if (multiplicity !== undefined) return { kind: 'counted', span, molecule, multiplicity }
    if (molecule.kind !== 'group') return molecule
    this.plural.delete(molecule)
    return molecule.molecules.items.length === 0 ? { kind: 'nothing', span } : molecule
  }

  protected readonly rule = this.RULE('rule', (): RuleExpression => {
    const start = this.here()
    const bindings = this.infBindings
    this.enter()
    const keyword = this.CONSUME(tokens.RuleStart)
    const patterns: Pattern[] = this.SUBRULE(this.patterns)
    this.ACTION(() => {
      this.checkProductWord(keyword, patterns)
    })
    this.OR([{ ALT: () => this.CONSUME(tokens.By) }, { ALT: () => this.CONSUME(tokens.Inject) }])
    const product = this.SUBRULE(this.molecules)
    let condition: Expression | undefined
    let rate: Expression | undefined
    const words: IToken[] = []
    this.MANY(() => {
      const word = this.OR1([
        { ALT: () => this.CONSUME(tokens.If) },
        { ALT: () => this.CONSUME(tokens.At) },
      ])
      this.inClause = true
      const clause = this.SUBRULE(this.expression)
      this.inClause = false
      this.ACTION(() => {
        const earlier = words.find((other) => other.tokenType === word.tokenType)
        if (earlier !== undefined) this.complain(wording.repeatedClause(word, earlier))
        else if (word.tokenType === tokens.If) condition = clause
        else rate = clause
        words.push(word)
      })
    })
    this.ACTION(() => {
      if (this.ahead(tokens.By) || this.ahead(tokens.Inject))
        this.complain(wording.repeatedProduct(keyword, this.LA(1)))
    })
    this.leave()
    this.infBindings = bindings
    return {
      kind: 'rule',
      span: this.from(start),
      form: formOf(keyword),
      keyword: this.spanOf(keyword),
      patterns,
      product,
      ...(condition === undefined ? {} : { condition }),
      ...(rate === undefined ? {} : { rate }),
    }
  })

  /** `with` goes with `inject`, the others with `by`. If it is the other one, reading goes on. */
  private checkProductWord(keyword: IToken, patterns: readonly Pattern[]): void {
    const next = this.LA(1)
    const wanted = keyword.tokenType === tokens.With ? tokens.Inject : tokens.By
    if (next.tokenType === wanted) return
    if (patterns.at(-1)?.kind === 'error') {
      this.hush()
      return
    }
    this.retractCommas(keyword)
    this.complain(wording.missingProductWord(keyword, next))
  }

  override begin(source: Source, lexed: Lexed): void {
    super.begin(source, lexed)
    this.plural.clear()
    this.infBindings = 0
  }

  constructor(source: Source, options: ParserOptions = {}) {
    super(source, options)
    if (options.lookaheadStrategy === undefined) adoptLookahead(this)
    else this.performSelfAnalysis()
  }
}

function endsInRule(molecule: Expression): boolean {
  const last = molecule.kind === 'tuple' ? molecule.fields.at(-1) : molecule
  return isRule(last)
}

function formOf(keyword: IToken): RuleExpression['form'] {
  switch (keyword.tokenType) {
    case tokens.ReplaceOne:
      return 'replace-one'
    case tokens.One:
      return 'one'
    case tokens.With:
      return 'with'
    default:
      return 'replace'
  }
}
