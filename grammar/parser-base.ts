import {
  EmbeddedActionsParser,
  type ILookaheadStrategy,
  type IToken,
  type TokenType,
} from 'chevrotain'
import type { Comment, ErrorNode, Literal, Word } from './ast.ts'
import {
  bracketPartners,
  closerOf,
  isA,
  isCloser,
  startsMolecule,
  startsOperand,
} from './brackets.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Lexed } from './lexer.ts'
import { literalDiagnostic } from './literal-wording.ts'
import { readLiteral } from './literals.ts'
import { isSyntaxError, messageProvider, syntaxError } from './mismatch.ts'
import type { Source, Span } from './source.ts'
import { tokens, vocabulary } from './tokens.ts'
import * as wording from './wording.ts'

/** Brackets, parentheses, arguments, rules, ternaries, patterns and types nest to this many levels. */
export const maxNesting = 100

/**
 * No path from the root of an expression to a leaf is longer, so that whoever walks the tree may
 * recurse: `1 + 1 + …` leans to the left and is as deep as it is long.
 */
export const maxHeight = 1_000

// A text with more syntax errors than this is not HOCL: reading on would only cost time.
const maxComplaints = 50

/** Unwinds the parser where reading on makes no sense. Never leaves `parse`. */
export class Abandoned extends Error {}

/** With a strategy Chevrotain analyses and validates the grammar by itself. For tests and scripts. */
export interface ParserOptions {
  readonly lookaheadStrategy?: ILookaheadStrategy
}

/** What was open when a rule of the grammar was entered, to come back to after an error. */
export interface Footing {
  readonly start: number
  readonly depth: number
  readonly openers: number
}

/**
 * What all parts of the parser share: places, the nesting counter, brackets and recovery.
 *
 * Chevrotain's own recovery is off. It skips to a token that may follow, whatever is open, so that
 * one mistake in a sub-solution is reported again at each closing bracket; and it recurses once for
 * each error in a list. Ours is: an element, pattern or definition that cannot be read becomes an
 * `ErrorNode` up to the comma or bracket that ends it, with balanced brackets skipped as a whole.
 */
export abstract class ParserBase extends EmbeddedActionsParser {
  found: Diagnostic[] = []
  /** Whether some complaint is that the text ended. */
  endedEarly = false
  /** Where the parser first met a token that it could not take. */
  trouble: number | undefined
  protected comments: readonly Comment[] = []
  /** Brackets and `let`s that wait for their end, outermost first. */
  protected openers: IToken[] = []
  /** `>` signs that were read as comparisons, to explain a missing comma. */
  protected comparisons: IToken[] = []
  /** Whether a condition or rate is being read: a `>` in it compares on purpose. */
  protected inClause = false
  protected source: Source
  private hasUnclosedString = false
  private endsInComment = false
  private text: IToken[] = []
  private depth = 0
  private height = 0
  private silenced = new Set<number>()
  private partners: ReadonlyMap<IToken, IToken> | undefined

  constructor(source: Source, options: ParserOptions) {
    super(vocabulary, {
      recoveryEnabled: false,
      maxLookahead: 1,
      errorMessageProvider: messageProvider,
      ...options,
    })
    this.source = source
  }

  begin(source: Source, lexed: Lexed): void {
    const { text, comments, diagnostics, silenced, endsInComment } = lexed
    this.source = source
    this.endsInComment = endsInComment
    this.text = text
    this.comments = comments
    this.found = [...diagnostics]
    this.silenced = new Set(silenced)
    this.endedEarly = false
    this.trouble = undefined
    this.openers = []
    this.comparisons = []
    this.inClause = false
    this.hasUnclosedString = false
    this.depth = 0
    this.height = 0
    this.partners = undefined
    this.input = text
  }

  /** Where the next token starts, or where the text ended. */
  protected here(): number {
    const next = this.LA(1)
    return next.startOffset < 0 ? this.past() : next.startOffset
  }

  /** Where the last token ended. Chevrotain's own end token has no place. */
  protected past(): number {
    const last = this.LA(0)
    return last.startOffset < 0 ? 0 : last.startOffset + last.image.length
  }

  protected from(start: number): Span {
    return { start, end: Math.max(start, this.past()) }
  }

  protected spanOf(token: IToken): Span {
    // Neither the end token nor the stand-ins of the recording phase have a place.
    if (!(token.startOffset >= 0)) return { start: this.past(), end: this.past() }
    return { start: token.startOffset, end: token.startOffset + token.image.length }
  }

  protected word(token: IToken): Word {
    return { text: token.image, span: this.spanOf(token) }
  }

  /** Whether the next tokens are of these types. */
  protected ahead(...types: TokenType[]): boolean {
    return types.every((type, index) => isA(this.LA(index + 1), type))
  }

  protected literal(token: IToken): Literal {
    const { literal, flaws } = readLiteral(token)
    for (const flaw of flaws) {
      this.found.push(literalDiagnostic(flaw, this.source))
      // It has swallowed a comma or bracket: whatever is missing from here on may be in it.
      if (flaw.kind === 'unclosed-string') this.hasUnclosedString = true
    }
    return literal
  }

  /** Goes one level down. Each has its `leave`; after an error `recover` makes up for those left out. */
  protected enter(token?: IToken): void {
    this.depth += 1
    if (this.depth > maxNesting) this.abandon(wording.nestedTooDeep(maxNesting, token))
  }

  protected leave(levels = 1): void {
    this.depth -= levels
  }

  /** Starts to measure the height of a subtree; `settle` takes the result, the height around it. */
  protected measure(): number {
    const around = this.height
    this.height = 0
    return around
  }

  /** Ends `measure`: a chain of operators or suffixes put so many levels above what it stands on. */
  protected settle(around: number, levels: number): void {
    const height = this.height + levels
    if (height > maxHeight) this.abandon(wording.chainTooLong(maxHeight))
    this.height = Math.max(around, height)
  }

  protected footing(): Footing {
    return { start: this.here(), depth: this.depth, openers: this.openers.length }
  }

  /** Reports an error, steps back to the footing and skips what cannot be read, up to `ends` too. */
  protected recover(error: unknown, footing: Footing, ends: readonly TokenType[] = []): ErrorNode {
    this.regain(error, footing)
    this.skip(ends)
    return { kind: 'error', span: this.from(footing.start) }
  }

  /** Reports an error and steps back to the footing. */
  protected regain(error: unknown, footing: Footing): void {
    if (!isSyntaxError(error)) throw error
    this.complain(syntaxError(error))
    this.depth = footing.depth
    this.openers.length = footing.openers
    this.inClause = false
  }

  /** Reports once a place: what follows from the first mistake there is no news. */
  protected complain(complaint: wording.Complaint): void {
    const next = this.spanOf(this.LA(1))
    const span = complaint.token === undefined ? next : this.spanOf(complaint.token)
    const isInComment = this.endsInComment && this.LA(1).startOffset < 0
    if (
      isInComment ||
      this.hasUnclosedString ||
      this.silenced.has(next.start) ||
      this.silenced.has(span.start)
    )
      return
    if (this.LA(1).startOffset < 0) this.endedEarly = true
    this.trouble ??= next.start
    this.silenced.add(next.start).add(span.start)
    this.found.push(wording.toDiagnostic(complaint, { span, source: this.source }))
    if (this.silenced.size > maxComplaints) throw new Abandoned()
  }

  private abandon(complaint: wording.Complaint): never {
    this.complain(complaint)
    throw new Abandoned()
  }

  /** Skips to a comma, a bracket that closes something open, or a word that ends or starts a definition. */
  private skip(ends: readonly TokenType[] = []): void {
    this.partners ??= bracketPartners(this.text)
    for (
      let token = this.LA(1);
      !this.endsSkipping(token) && !ends.includes(token.tokenType);
      token = this.LA(1)
    ) {
      const partner = this.partners.get(token)
      while (partner !== undefined && this.LA(1) !== partner) this.SKIP_TOKEN()
      this.SKIP_TOKEN()
    }
  }

  private endsSkipping(token: IToken): boolean {
    if (token.startOffset < 0) return true
    if (skipEnds.includes(token.tokenType)) return true
    return this.closesSomething(token)
  }

  private closesSomething(token: IToken): boolean {
    if (!isCloser(token)) return false
    if (token.tokenType === tokens.Greater && startsOperand(this.LA(2))) return false
    return this.openers.some((open) => closerOf(open) === token.tokenType)
  }

  protected open(bracket: IToken): void {
    this.enter(bracket)
    this.openers.push(bracket)
  }

  /**
   * At the end of a bracket's contents: sees to it that the closing bracket comes next, if it comes
   * at all, and explains why not. The grammar then takes it as an option. A token of the type `before`
   * belongs to what comes after the bracket.
   */
  protected close(open: IToken, before?: TokenType): void {
    this.leave()
    const closer = closerOf(open)
    this.openers.pop()
    let isExplained = false
    while (closer !== undefined && this.LA(1).tokenType !== closer) {
      const token = this.LA(1)
      if (this.endsUnclosed(token) || token.tokenType === before) {
        const comparison = this.missingCommaAfter(open)
        if (!isExplained) this.complain(wording.unclosed(open, token, comparison))
        return
      }
      isExplained = true
      if (isCloser(token)) {
        this.complain(wording.closedBy(open, token))
        this.SKIP_TOKEN()
        return
      }
      const isEmpty = this.LA(0) === open
      this.complain(wording.unexpected(open, token, { isEmpty }))
      this.openers.push(open)
      this.skipItems()
      this.openers.pop()
    }
  }

  /** Whether a bracket that is still open here has been forgotten. */
  private endsUnclosed(token: IToken): boolean {
    return token.startOffset < 0 || this.closesSomething(token) || isDefinitionWord(token)
  }

  /** Skips what cannot be read, and all that follows it between commas. */
  private skipItems(): void {
    do {
      this.SKIP_TOKEN()
      this.skip()
    } while (this.LA(1).tokenType === tokens.Comma)
  }

  /** After a definition without its `in`: goes on where the next one may start, or what is around ends. */
  protected skipDefinition(): void {
    while (
      ![tokens.In, tokens.Let].includes(this.LA(1).tokenType) &&
      !this.endsUnclosed(this.LA(1))
    ) {
      this.SKIP_TOKEN()
      this.skip()
    }
    if (this.LA(1).tokenType !== tokens.In) this.hush()
  }

  /** What goes wrong at the next token follows from what has been said. */
  protected hush(): void {
    this.silenced.add(this.spanOf(this.LA(1)).start)
  }

  /** Takes back what was said of missing commas since a token: a missing word explains it better. */
  protected retractCommas(since: IToken): void {
    this.found = this.found.filter(({ code, labels: [{ span }] }) => {
      if (code !== 'HOCL117' || span.start < since.startOffset) return true
      this.silenced.delete(span.start)
      return false
    })
  }

  /** At the end of a text: nothing may be left. */
  protected finish(complaint: (token: IToken) => wording.Complaint): void {
    if (this.LA(1).startOffset >= 0) this.complain(complaint(this.LA(1)))
    while (this.LA(1).startOffset >= 0) this.SKIP_TOKEN()
  }

  /** The comparison that a forgotten comma made out of a closing bracket, as in `<<1> 2>`. */
  private missingCommaAfter(open: IToken): IToken | undefined {
    return this.comparisons.find((sign) => sign.startOffset > open.startOffset)
  }

  /** At a comma, or at something that a comma should stand before: then complains and goes on. */
  protected atNextOf(what: wording.Listed): boolean {
    if (this.LA(1).tokenType === tokens.Comma) return true
    const startsRest = what === 'patterns' && this.ahead(tokens.Question)
    if (!startsRest && !startsMolecule(this.LA(1))) return false
    this.complain(wording.missingComma(what, this.LA(1)))
    return true
  }
}

const skipEnds: readonly TokenType[] = [tokens.Comma, tokens.In, tokens.Let, tokens.Import]

function isDefinitionWord(token: IToken): boolean {
  return [tokens.In, tokens.Let, tokens.Import].includes(token.tokenType)
}
