import type { Span, Token } from '../grammar/index.ts'
import type { Document } from './document.ts'

/** Lines that can be folded away, from 1; the first stays visible. */
export interface Fold {
  readonly firstLine: number
  readonly lastLine: number
  readonly kind: 'code' | 'comment' | 'imports'
}

/** What of a text can be folded: definitions, brackets over several lines, comments and imports. */
export function folds(document: Document): readonly Fold[] {
  const { program } = document.parsed
  const found = [
    ...document.names.declarations
      .filter(({ kind }) => kind === 'rule' || kind === 'maker' || kind === 'value')
      .map(({ whole }) => fold(document, whole, 'code')),
    ...bracketSpans(document.names.tokens).map((span) => fold(document, span, 'code')),
    ...commentSpans(document).map((span) => fold(document, span, 'comment')),
    ...together(program.imports.map(({ span }) => span)).map((span) =>
      fold(document, span, 'imports'),
    ),
  ].filter(({ firstLine, lastLine }) => lastLine > firstLine)
  const seen = new Set<string>()
  return found
    .sort((a, b) => a.firstLine - b.firstLine || b.lastLine - a.lastLine)
    .filter(({ firstLine }) => {
      // Of two that start on one line, the larger is the one to fold.
      const isNew = !seen.has(String(firstLine))
      seen.add(String(firstLine))
      return isNew
    })
}

function fold(document: Document, span: Span, kind: Fold['kind']): Fold {
  const { start, end } = document.outward(span)
  return { firstLine: document.position(start).line, lastLine: document.position(end).line, kind }
}

const closers: Readonly<Record<string, string>> = { '<': '>', '⟨': '⟩', '(': ')', '[': ']' }

/** From each opening bracket to its closing one. */
function bracketSpans(tokens: readonly Token[]): readonly Span[] {
  const open: Token[] = []
  const spans: Span[] = []
  for (const token of tokens) {
    if (token.kind !== 'bracket') continue
    if (token.text in closers) {
      open.push(token)
      continue
    }
    const at = open.findLastIndex(({ text }) => closers[text] === token.text)
    const opener = open[at]
    if (opener === undefined) continue
    spans.push({ start: opener.span.start, end: token.span.start })
    open.length = at
  }
  return spans
}

/** Comments, those of one style that stand line after line as one. */
function commentSpans({ names, source }: Document): readonly Span[] {
  const spans: Span[] = []
  let last: Token | undefined
  for (const token of names.tokens) {
    if (token.kind !== 'comment') {
      last = undefined
      continue
    }
    const before = spans.at(-1)
    const isNext =
      last !== undefined &&
      before !== undefined &&
      token.text.startsWith('//') &&
      last.text.startsWith('//') &&
      source.position(token.span.start).line === source.position(last.span.end).line + 1
    if (isNext) spans[spans.length - 1] = { start: before.start, end: token.span.end }
    else spans.push(token.span)
    last = token
  }
  return spans
}

function together(spans: readonly Span[]): readonly Span[] {
  const [first] = spans
  const last = spans.at(-1)
  return first === undefined || last === undefined ? [] : [{ start: first.start, end: last.end }]
}
