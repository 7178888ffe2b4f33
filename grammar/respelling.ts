import type { IToken, TokenType } from 'chevrotain'
import type { Diagnostic } from './diagnostic.ts'
import { foreignWords } from './foreign.ts'
import type { Source } from './source.ts'
import { nearest } from './suggest.ts'
import { textOf, tokens } from './tokens.ts'
import * as wording from './wording.ts'

/*
 * A keyword that is misspelt is read as a name, and what it should have set apart runs together: then the
 * parser misses commas and brackets a little further on. What the keyword may have been is found here;
 * `parse.ts` reads the text once more with it, and believes it where that explains the complaint.
 */

/** A text in which a word near a complaint is taken for a keyword, and what there is to say of that word. */
export interface Respelling {
  readonly text: IToken[]
  readonly diagnostic: Diagnostic
}

/** So many tokens before the one that the parser could not take may be the culprit: `replace x, y bye x if …`. */
const REACH = 3

/** The keywords that a text cannot do without; in place of the others a name is no mistake of syntax. */
const structural: readonly TokenType[] = [
  tokens.Let,
  tokens.Rec,
  tokens.In,
  tokens.Replace,
  tokens.ReplaceOne,
  tokens.One,
  tokens.By,
  tokens.If,
  tokens.With,
  tokens.Inject,
  tokens.Import,
  tokens.Package,
  tokens.New,
  tokens.Instanceof,
  tokens.Divides,
]
const typeOf = new Map(structural.map((type) => [textOf(type), type]))

/** What words near a place in the text may have been, the nearest word first. */
export function* respellings(
  source: Source,
  text: readonly IToken[],
  place: number,
): Generator<Respelling> {
  const after = text.findIndex(({ startOffset }) => startOffset >= place)
  const at = after < 0 ? text.length : after
  for (let index = at; index >= Math.max(0, at - REACH); index--) {
    const token = text[index]
    if (token === undefined) continue
    yield* hyphenated(source, text, index)
    if (token.tokenType !== tokens.Name) continue
    const foreign = foreignWords.get(token.image)
    if (foreign?.as !== undefined)
      yield respelt(source, text, index, {
        type: foreign.as,
        complaint: wording.foreignMark(token.image, foreign.hint),
      })
    yield* nearKeywords(source, text, index, { word: token.image, length: 1 })
  }
}

/** `replace-on` is a keyword, a minus sign and a name. */
function* hyphenated(
  source: Source,
  text: readonly IToken[],
  index: number,
): Generator<Respelling> {
  const [first, minus, last] = text.slice(index, index + 3)
  if (minus?.tokenType !== tokens.Minus || first === undefined || last === undefined) return
  const start = first.startOffset
  const word = `${first.image}-${last.image}`
  if (word === textOf(tokens.ReplaceOne) || !source.text.startsWith(word, start)) return
  yield* nearKeywords(source, text, index, { word, length: 3 })
}

function* nearKeywords(
  source: Source,
  text: readonly IToken[],
  index: number,
  { word, length }: { readonly word: string; readonly length: number },
): Generator<Respelling> {
  for (const keyword of nearest(word, typeOf.keys())) {
    const type = typeOf.get(keyword)
    if (type !== undefined)
      yield respelt(source, text, index, {
        type,
        complaint: wording.misspelt(word, keyword),
        length,
      })
  }
}

interface Replacement {
  readonly type: TokenType
  readonly complaint: wording.Complaint
  /** How many tokens it takes the place of. */
  readonly length?: number
}

function respelt(
  source: Source,
  text: readonly IToken[],
  index: number,
  { type, complaint, length = 1 }: Replacement,
): Respelling {
  const replaced = text.slice(index, index + length)
  const [first] = replaced
  const start = first?.startOffset ?? 0
  const last = replaced.at(-1)
  const end = last === undefined ? start : last.startOffset + last.image.length
  const span = { start, end }
  const keyword = {
    ...first,
    image: source.text.slice(start, end),
    tokenType: type,
    tokenTypeIdx: type.tokenTypeIdx ?? 0,
    startOffset: start,
  }
  return {
    text: [...text.slice(0, index), keyword, ...text.slice(index + length)],
    diagnostic: wording.toDiagnostic(complaint, { span, source }),
  }
}
