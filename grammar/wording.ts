import {
  isRecognitionException,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from 'chevrotain'
import type { Expression } from './ast.ts'
import type { Diagnostic, DiagnosticCode, Label, Severity } from './diagnostic.ts'
import type { LiteralFlaw } from './literals.ts'
import type { Source, Span } from './source.ts'

/** A diagnostic before it knows its source. Without `span` it is about `token`, else about the next token. */
export interface Complaint {
  readonly code: DiagnosticCode
  readonly title: string
  readonly hint?: string
  readonly token?: IToken
  /** What is to be seen at the place itself. */
  readonly text?: string
  /** Other places that matter, such as the bracket that is not closed. */
  readonly others?: readonly { readonly span: Span; readonly text: string }[]
}

export function toDiagnostic(
  complaint: Complaint,
  place: { readonly span: Span; readonly source: Source; readonly severity?: Severity },
): Diagnostic {
  const { source } = place
  const first: Label = { span: place.span, source, text: complaint.text ?? '' }
  const others = (complaint.others ?? []).map((label) => ({ ...label, source }))
  return {
    code: complaint.code,
    severity: place.severity ?? 'error',
    title: complaint.title,
    labels: [first, ...others],
    ...(complaint.hint === undefined ? {} : { hint: complaint.hint }),
  }
}

/** How a token is named in a sentence. */
export function seen(token: IToken): string {
  if (token.startOffset < 0) return 'the end of the text'
  return `\`${token.image}\``
}

// Chevrotain asks for a message where HOCL has a code, a title and perhaps a hint: they travel in one
// string, `CODE title` and the hint on a second line.
export const messageProvider: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, actual, ruleName }) =>
    encode(mismatch(expected, actual, ruleName)),
  buildNoViableAltMessage: ({ actual, previous, ruleName }) =>
    encode(noAlternative(ruleName, actual[0], previous)),
  buildEarlyExitMessage: ({ actual, previous, ruleName }) =>
    encode(noAlternative(ruleName, actual[0], previous)),
  buildNotAllInputParsedMessage: ({ firstRedundant }) =>
    encode({ code: 'HOCL126', title: `The program ends before ${seen(firstRedundant)}` }),
}

function encode({ code, title, hint }: Complaint): string {
  return `${code} ${title}\n${hint ?? ''}`
}

export function isSyntaxError(error: unknown): error is IRecognitionException {
  return error instanceof Error && isRecognitionException(error as Error & IRecognitionException)
}

/** The complaint that an exception of Chevrotain's carries. */
export function syntaxError(error: IRecognitionException): Complaint {
  const [first = '', hint = ''] = error.message.split('\n')
  const code: DiagnosticCode = `HOCL${Number(first.slice(4, 7))}`
  const title = first.slice(8)
  return { code, title, token: error.token, ...(hint === '' ? {} : { hint }) }
}

function mismatch(expected: TokenType, actual: IToken, ruleName: string): Complaint {
  return { code: 'HOCL114', title: `Expected ${expected.LABEL ?? expected.name}, saw ${seen(actual)} in ${ruleName}` }
}

function noAlternative(ruleName: string, actual: IToken | undefined, _previous: IToken): Complaint {
  const what = actual === undefined ? 'nothing' : seen(actual)
  return { code: 'HOCL111', title: `Expected ${ruleName}, saw ${what}` }
}

export function literalDiagnostic(flaw: LiteralFlaw, source: Source): Diagnostic {
  return toDiagnostic({ code: 'HOCL103', title: `${flaw.kind} ${flaw.detail}` }, { span: flaw.span, source, severity: flaw.kind === 'leading-zero' ? 'warning' : 'error' })
}

export function unknownCharacter(c: string): Complaint {
  return { code: 'HOCL101', title: `\`${c}\` is not part of HOCL` }
}
export function foreignMark(c: string, hint: string): Complaint {
  return { code: 'HOCL102', title: `\`${c}\` is not part of HOCL`, hint }
}
export function unclosedComment(): Complaint {
  return { code: 'HOCL108', title: 'This comment is not closed' }
}
export function nestedTooDeep(limit: number): Complaint {
  return { code: 'HOCL121', title: `Nested more than ${limit} levels deep` }
}
export function chainTooLong(limit: number): Complaint {
  return { code: 'HOCL121', title: `More than ${limit} operators in one expression` }
}
export function unclosed(open: IToken, _token: IToken, _comma: IToken | undefined): Complaint {
  return { code: 'HOCL118', title: `${seen(open)} is not closed` }
}
export function closedBy(open: IToken, token: IToken): Complaint {
  return { code: 'HOCL120', title: `${seen(open)} is closed by ${seen(token)}` }
}
export function unexpected(open: IToken, token: IToken): Complaint {
  return { code: 'HOCL114', title: `Expected a comma or the end of ${seen(open)}, saw ${seen(token)}` }
}
export type Listed = 'molecules' | 'patterns' | 'items'
export function missingComma(what: Listed): Complaint {
  return { code: 'HOCL117', title: `Expected a comma between ${what}` }
}
export function missingIn(token: IToken): Complaint {
  return { code: 'HOCL116', title: `Expected \`in\`, saw ${seen(token)}` }
}
export function afterProgram(token: IToken): Complaint {
  return { code: 'HOCL126', title: `The program ends before ${seen(token)}` }
}
export function afterMolecules(token: IToken): Complaint {
  return { code: 'HOCL126', title: `Expected a comma, saw ${seen(token)}` }
}
export function repeatedClause(word: IToken, _earlier: Span): Complaint {
  return { code: 'HOCL125', title: `A second ${seen(word)} in one rule` }
}
export function wrongProductWord(keyword: IToken, next: IToken): Complaint {
  return { code: 'HOCL115', title: `${seen(keyword)} does not go with ${seen(next)}` }
}
export function several(group: Expression, source: Source): Diagnostic {
  return toDiagnostic({ code: 'HOCL123', title: 'Several molecules stand here where one is needed' }, { span: group.span, source })
}
