import type { IToken } from 'chevrotain'
import type { Comment } from './ast.ts'
import type { Diagnostic } from './diagnostic.ts'
import { foreignMark, readAs } from './foreign.ts'
import { scan } from './scanner.ts'
import type { Source, Span } from './source.ts'
import { tokens } from './tokens.ts'
import * as wording from './wording.ts'

/** A text in tokens, with its comments beside them. */
export interface Lexed {
  readonly text: IToken[]
  readonly comments: readonly Comment[]
  readonly diagnostics: readonly Diagnostic[]
  /** Where the parser should not complain, since a mark here or just before was complained of. */
  readonly silenced: ReadonlySet<number>
  /** Whether a comment runs past the end of the text. */
  readonly endsInComment: boolean
}

/** Never fails: what is no token is a diagnostic, and is left out or read as what it stands for. */
export function lex(source: Source): Lexed {
  const { tokens: found, comments } = scan(source.text)
  const last = comments.at(-1)
  const endsInComment = last !== undefined && isUnclosed(last)
  const { text, complaints, silenced } = sift(found)
  if (endsInComment) {
    const span = { start: last.span.start, end: last.span.start + 2 }
    complaints.push({ complaint: wording.unclosedComment(), span })
  }
  const diagnostics = complaints.map(({ complaint, span }) =>
    wording.toDiagnostic(complaint, { span, source }),
  )
  return { text, comments, diagnostics, silenced, endsInComment }
}

interface Sifted {
  readonly text: IToken[]
  readonly complaints: { readonly complaint: wording.Complaint; readonly span: Span }[]
  readonly silenced: Set<number>
}

/** Parts the language's own tokens from all others. */
function sift(found: readonly IToken[]): Sifted {
  const sifted: Sifted = { text: [], complaints: [], silenced: new Set() }
  let braces = 0
  found.forEach((token, index) => {
    const isUnknown = token.tokenType === tokens.Unknown
    if (!isUnknown && token.tokenType !== tokens.Foreign) {
      sifted.text.push(token)
      return
    }
    const replacement = isUnknown ? [] : readAs(token)
    sifted.text.push(...replacement)
    const span = { start: token.startOffset, end: token.startOffset + token.image.length }
    sifted.silenced.add(span.start)
    const next = found[index + 1]
    if (replacement.length === 0 && next !== undefined) sifted.silenced.add(next.startOffset)
    // A pair of braces is one mistake.
    if (token.image === '{') braces += 1
    if (token.image === '}') {
      braces -= 1
      if (braces >= 0) return
    }
    const mark = isUnknown ? undefined : foreignMark(token.image)
    const complaint =
      mark === undefined
        ? wording.unknownCharacter(token.image)
        : wording.foreignMark(token.image, mark.hint)
    sifted.complaints.push({ complaint, span })
  })
  return sifted
}

function isUnclosed(comment: Comment): boolean {
  return comment.style === 'block' && (comment.text.length < 4 || !comment.text.endsWith('*/'))
}
