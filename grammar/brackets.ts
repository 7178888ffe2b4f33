import type { IToken, TokenType } from 'chevrotain'
import { tokens } from './tokens.ts'

const { Less, Greater, LeftAngle, RightAngle, LeftParen, RightParen, LeftBracket, RightBracket } =
  tokens

/** Whether a token is of a type or of a category. */
export function isA(token: IToken | undefined, type: TokenType): boolean {
  if (token === undefined) return false
  return token.tokenType === type || token.tokenType.CATEGORIES?.includes(type) === true
}

function isAnyOf(token: IToken | undefined, types: readonly TokenType[]): boolean {
  return types.some((type) => isA(token, type))
}

const operandStarts: readonly TokenType[] = [
  tokens.Name,
  tokens.Symbol,
  tokens.Omega,
  tokens.Literal,
  tokens.New,
  tokens.Infinity,
  LeftParen,
  LeftBracket,
  Less,
  LeftAngle,
  tokens.Minus,
  tokens.Plus,
  tokens.Not,
]

/** Whether an operand can start here: `>` before it compares, before anything else it closes. */
export function startsOperand(token: IToken | undefined): boolean {
  return isAnyOf(token, operandStarts)
}

const castableStarts = operandStarts.filter(
  (type) => ![tokens.Plus, tokens.Minus, LeftBracket, Less].includes(type),
)

/** Whether an operand that a cast may stand before starts here. */
export function startsCastOperand(token: IToken | undefined): boolean {
  return isAnyOf(token, castableStarts) && !isA(token, tokens.Divides)
}

const moleculeStarts: readonly TokenType[] = [
  tokens.Name,
  tokens.Symbol,
  tokens.Omega,
  tokens.Literal,
  tokens.New,
  tokens.Infinity,
  tokens.Nothing,
  tokens.Empty,
  tokens.Ellipsis,
  tokens.RuleStart,
  tokens.Not,
  tokens.Wildcard,
  LeftParen,
  LeftBracket,
  LeftAngle,
]

/** Whether this starts a molecule or pattern and can be nothing else after one: a comma is missing. */
export function startsMolecule(token: IToken | undefined): boolean {
  return isAnyOf(token, moleculeStarts)
}

export interface BracketPair {
  readonly open: TokenType
  readonly close: TokenType
}

const pairs: readonly BracketPair[] = [
  { open: LeftParen, close: RightParen },
  { open: LeftBracket, close: RightBracket },
  { open: LeftAngle, close: RightAngle },
  { open: Less, close: Greater },
]

/** What closes an opening bracket. */
export function closerOf(open: IToken): TokenType | undefined {
  return pairs.find((pair) => pair.open === open.tokenType)?.close
}

export function isCloser(token: IToken): boolean {
  return pairs.some((pair) => pair.close === token.tokenType)
}

/**
 * Each opening bracket with its closing one, for skipping over what cannot be read. `<` and `>` are
 * taken for brackets by what stands beside them, as the parser does. A bracket without a partner is
 * left out.
 */
export function bracketPartners(text: readonly IToken[]): ReadonlyMap<IToken, IToken> {
  const partners = new Map<IToken, IToken>()
  const open: IToken[] = []
  const waiting = new Map<TokenType, number>()
  const count = (type: TokenType, change: number) => {
    waiting.set(type, (waiting.get(type) ?? 0) + change)
  }
  text.forEach((token, index) => {
    const type = token.tokenType
    if (opens(token, text[index - 1])) {
      open.push(token)
      count(type, 1)
      return
    }
    const pair = pairs.find(({ close }) => close === type)
    if (pair === undefined || (waiting.get(pair.open) ?? 0) === 0) return
    if (type === Greater && startsOperand(text[index + 1])) return
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      count(last.tokenType, -1)
      if (last.tokenType !== pair.open) continue
      partners.set(last, token)
      break
    }
  })
  return partners
}

function opens(token: IToken, previous: IToken | undefined): boolean {
  if (token.tokenType !== Less) return pairs.some(({ open }) => open === token.tokenType)
  const isAfterOperand =
    previous !== undefined &&
    (isCloser(previous) ||
      isAnyOf(previous, [tokens.Name, tokens.Symbol, tokens.Omega, tokens.Literal]))
  return !isAfterOperand
}
