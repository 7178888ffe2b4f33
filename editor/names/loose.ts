import { tokenTable } from '../../grammar/index.ts'
import type { Span, Token } from '../../grammar/index.ts'
import type { Declaration, Occurrence, Role } from './declaration.ts'
import { Scope } from './scope.ts'

/*
 * Names in a stretch of text that could not be read as a tree: someone is in the middle of typing it. A rule
 * shows by its words, `replace … by …`, and its scope ends with the bracket around it.
 */

/** What such a text declares and uses. */
interface LooseNames {
  readonly declarations: readonly Declaration[]
  readonly occurrences: readonly Occurrence[]
}

interface OpenRule {
  readonly scope: Scope
  readonly depth: number
  isInPatterns: boolean
}

/** Finds the names of the tokens in a span, with what is declared around it in `outer`. */
export function looseNames(tokens: readonly Token[], span: Span, outer: Scope): LooseNames {
  const from = tokens.findIndex((each) => each.span.start >= span.start)
  const inside = from < 0 ? [] : tokens.slice(from).filter((each) => each.kind !== 'comment')
  const end = inside.findIndex((each) => each.span.start >= span.end)
  return new Loose(end < 0 ? inside : inside.slice(0, end), span, outer).found()
}

class Loose {
  readonly #tokens: readonly Token[]
  readonly #span: Span
  readonly #outermost: Scope
  readonly #rules: OpenRule[] = []
  readonly #declarations: Declaration[] = []
  readonly #occurrences: Occurrence[] = []
  #depth = 0

  constructor(tokens: readonly Token[], span: Span, outer: Scope) {
    this.#tokens = tokens
    this.#span = span
    this.#outermost = new Scope(outer)
  }

  found(): LooseNames {
    this.#tokens.forEach((token, index) => {
      switch (token.kind) {
        case 'keyword':
          this.#keyword(token)
          return
        case 'bracket':
          this.#bracket(token)
          return
        case 'name':
        case 'contextual':
        case 'rest':
        case 'symbol':
          this.#word(token, index)
          return
        default:
      }
    })
    return { declarations: this.#declarations, occurrences: this.#occurrences }
  }

  get #scope(): Scope {
    return this.#rules.at(-1)?.scope ?? this.#outermost
  }

  #keyword({ text }: Token): void {
    const rule = this.#rules.at(-1)
    if (tokenTable.ruleStarts.includes(text))
      this.#rules.push({ scope: new Scope(this.#scope), depth: this.#depth, isInPatterns: true })
    else if (rule !== undefined && (text === 'by' || text === 'inject')) rule.isInPatterns = false
    else if (text === 'let') this.#rules.length = 0
  }

  #bracket({ text }: Token): void {
    if ('([<⟨'.includes(text)) {
      this.#depth += 1
      return
    }
    this.#depth -= 1
    while ((this.#rules.at(-1)?.depth ?? -Infinity) > this.#depth) this.#rules.pop()
  }

  #word(token: Token, index: number): void {
    const { text, span, kind } = token
    const before = this.#tokens[index - 1]
    const next = this.#tokens[index + 1]
    const isInPatterns = this.#rules.at(-1)?.isInPatterns === true
    const use = (role: Role, declaration?: Declaration): void => {
      this.#occurrences.push({ name: text, span, role, declaration })
    }
    if (before?.text === '::' || before?.text === 'instanceof') use('type')
    else if (before?.text === '.') use('member')
    else if (before?.text === 'let' || before?.text === 'rec') this.#declare(token, 'value')
    else if (kind === 'symbol' && next?.text !== '::') use('symbol', this.#scope.find(text))
    else if (isInPatterns && next?.text === '=') use('catches', this.#scope.find(text))
    else if (isInPatterns && kind !== 'contextual') {
      const known = this.#scope.own(text)
      const isRest = kind === 'rest' || before?.text === '?'
      if (known === undefined) this.#declare(token, isRest ? 'rest' : 'variable')
      else use('uses', known)
    } else if (kind !== 'contextual' || this.#scope.find(text) !== undefined)
      use(next?.text === '(' ? 'calls' : 'uses', this.#scope.find(text))
  }

  #declare({ text, span }: Token, kind: Declaration['kind']): void {
    const scope = { start: span.start, end: this.#span.end }
    const declaration: Declaration = { kind, name: text, span, whole: span, scope }
    this.#scope.declare(declaration)
    this.#declarations.push(declaration)
    this.#occurrences.push({ name: text, span, role: 'declares', declaration })
  }
}
