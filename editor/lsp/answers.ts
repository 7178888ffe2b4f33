import {
  FoldingRangeKind,
  InsertTextFormat,
  LSPErrorCodes,
  MarkupKind,
  ResponseError,
  SemanticTokensBuilder,
} from 'vscode-languageserver/node'
import type {
  CancellationToken,
  CompletionItem,
  DocumentSymbol as ProtocolSymbol,
  Location as ProtocolLocation,
  Position,
  Range,
  SelectionRange,
  SemanticTokens,
  SymbolInformation,
  TextDocumentPositionParams,
  WorkspaceEdit,
} from 'vscode-languageserver/node'
import type { Span } from '../../grammar/index.ts'
import { codeActions } from '../code-actions.ts'
import { codeLenses } from '../code-lens.ts'
import { completions } from '../completion.ts'
import type { Completion } from '../completion.ts'
import type { Document } from '../document.ts'
import type { Edits } from '../edits.ts'
import { folds } from '../folding.ts'
import { formatting } from '../formatting.ts'
import { hover } from '../hover.ts'
import { inlayHints } from '../inlay-hints.ts'
import type { Location } from '../meaning.ts'
import { definition, highlights, references } from '../navigation.ts'
import { prepareRename, rename } from '../rename.ts'
import { selections } from '../selection.ts'
import { semanticTokens } from '../semantic-tokens.ts'
import { signatureHelp } from '../signature-help.ts'
import { documentSymbols } from '../symbols.ts'
import type { DocumentSymbol } from '../symbols.ts'
import * as convert from './conversion.ts'
import { unlessCancelled } from './session.ts'
import type { Session } from './session.ts'

/** Registers an answer for each question that the server has said it answers. */
export function answerQuestions(session: Session): void {
  answerAboutWords(session)
  answerAboutPlaces(session)
  answerAboutTexts(session)
  answerWithChanges(session)
}

/** Calls back with the document of a question and the place in it; without a document there is no answer. */
function at<T>(
  { document }: Session,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
  answer: (document: Document, offset: number) => T,
): T | null {
  return unlessCancelled(token, () => {
    const found = document(textDocument.uri)
    return found === undefined ? null : answer(found, convert.offsetOf(found, position))
  })
}

function of<T>(
  session: Session,
  textDocument: { readonly uri: string },
  token: CancellationToken,
  answer: (document: Document) => T,
): T | null {
  return at(session, { textDocument, position: { line: 0, character: 0 } }, token, answer)
}

function answerAboutWords(session: Session): void {
  const { connection, options } = session
  let last: readonly Completion[] = []
  connection.onCompletion((params, token) =>
    at(session, params, token, (document, offset) => {
      const { span, items } = completions(document, offset)
      last = items
      const range = convert.rangeOf(document, span)
      const hasSnippets =
        session.capabilities().textDocument?.completion?.completionItem?.snippetSupport === true
      return items.map((item, index) => completionItem(item, { index, range, hasSnippets }))
    }),
  )
  connection.onCompletionResolve((item) => {
    const value = last[Number(item.data)]?.documentation() ?? ''
    return value === '' ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } }
  })
  connection.onHover((params, token) =>
    at(session, params, token, (document, offset) => {
      const found = hover(document, offset, options)
      if (found === undefined) return null
      const contents = { kind: MarkupKind.Markdown, value: found.markdown }
      return { contents, range: convert.rangeOf(document, found.span) }
    }),
  )
  connection.onSignatureHelp((params, token) =>
    at(session, params, token, (document, offset) => {
      const found = signatureHelp(document, offset)
      if (found === undefined) return null
      const { signatures, activeSignature, activeParameter, documentation } = found
      return {
        activeSignature,
        activeParameter,
        signatures: signatures.map(({ label, parameters }) => ({
          label,
          documentation: { kind: MarkupKind.Markdown, value: documentation },
          parameters: parameters.map((each) => ({ label: each })),
        })),
      }
    }),
  )
}

interface ItemOptions {
  readonly index: number
  readonly range: Range
  readonly hasSnippets: boolean
}

function completionItem(
  { label, kind, detail, text, isSnippet, rank }: Completion,
  { index, range, hasSnippets }: ItemOptions,
): CompletionItem {
  const isFilled = isSnippet && hasSnippets
  return {
    label,
    kind: convert.completionKinds[kind],
    detail,
    sortText: `${String(rank).padStart(3, '0')} ${label}`,
    insertTextFormat: isFilled ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range, newText: isSnippet && !isFilled ? convert.withoutPlaces(text) : text },
    data: index,
  }
}

function locations(session: Session, found: readonly Location[]): ProtocolLocation[] {
  return found.flatMap(({ uri, span }) => {
    const document = session.document(uri)
    if (document === undefined) return []
    return [{ uri: session.shown(uri), range: convert.rangeOf(document, span) }]
  })
}

function answerAboutPlaces(session: Session): void {
  const { connection } = session
  connection.onDefinition((params, token) =>
    at(session, params, token, (document, offset) =>
      locations(session, definition(document, offset)),
    ),
  )
  connection.onReferences((params, token) =>
    at(session, params, token, (document, offset) => {
      session.readAll()
      const withDeclaration = params.context.includeDeclaration
      return locations(session, references(document, offset, { withDeclaration }))
    }),
  )
  connection.onDocumentHighlight((params, token) =>
    at(session, params, token, (document, offset) =>
      highlights(document, offset).map(({ span }) => ({ range: convert.rangeOf(document, span) })),
    ),
  )
  connection.onSelectionRanges(({ textDocument, positions }, token) =>
    of(session, textDocument, token, (document) =>
      positions.map((position) => selectionRange(document, position)),
    ),
  )
}

function selectionRange(document: Document, position: Position): SelectionRange {
  const spans = selections(document, convert.offsetOf(document, position))
  let around: SelectionRange | undefined
  for (const span of spans.toReversed()) {
    const range = convert.rangeOf(document, span)
    around = around === undefined ? { range } : { range, parent: around }
  }
  return around ?? { range: { start: position, end: position } }
}

function answerAboutTexts(session: Session): void {
  const { connection } = session
  connection.onDocumentSymbol(({ textDocument }, token) =>
    of(session, textDocument, token, (document) =>
      documentSymbols(document).map((each) => protocolSymbol(document, each)),
    ),
  )
  connection.onWorkspaceSymbol(({ query }, token) =>
    unlessCancelled(token, () => {
      session.readAll()
      return session.workspace.documents.flatMap((document) =>
        symbolsNamed(document, query.toLowerCase()),
      )
    }),
  )
  connection.onFoldingRanges(({ textDocument }, token) =>
    of(session, textDocument, token, (document) =>
      folds(document).map(({ firstLine, lastLine, kind }) => ({
        startLine: firstLine - 1,
        endLine: lastLine - 1,
        ...(kind !== 'code' && {
          kind: kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Imports,
        }),
      })),
    ),
  )
  connection.languages.semanticTokens.on(({ textDocument }, token) =>
    unlessCancelled(token, () => tokensIn(session.document(textDocument.uri))),
  )
  connection.languages.semanticTokens.onRange(({ textDocument, range }, token) =>
    unlessCancelled(token, () => tokensIn(session.document(textDocument.uri), range)),
  )
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    of(session, textDocument, token, (document) =>
      inlayHints(document, convert.spanOf(document, range)).map(({ offset, text }) => ({
        position: convert.positionOf(document, offset),
        label: text,
        kind: 1 as const,
      })),
    ),
  )
  connection.onCodeLens(({ textDocument }, token) =>
    of(session, textDocument, token, (document) =>
      codeLenses(document).map(({ span, title }) => ({
        range: convert.rangeOf(document, span),
        command: { title, command: '' },
      })),
    ),
  )
}

function protocolSymbol(document: Document, symbol: DocumentSymbol): ProtocolSymbol {
  const { name, kind, detail, span, nameSpan, children } = symbol
  return {
    name,
    detail,
    kind: convert.symbolKinds[kind],
    range: convert.rangeOf(document, span),
    selectionRange: convert.rangeOf(document, nameSpan),
    children: children.map((each) => protocolSymbol(document, each)),
  }
}

function symbolsNamed(document: Document, query: string): SymbolInformation[] {
  const flat = (symbols: readonly DocumentSymbol[]): readonly DocumentSymbol[] =>
    symbols.flatMap((each) => [each, ...flat(each.children)])
  return flat(documentSymbols(document))
    .filter(({ name, kind }) => kind !== 'module' && name.toLowerCase().includes(query))
    .map(({ name, kind, nameSpan }) => ({
      name,
      kind: convert.symbolKinds[kind],
      location: { uri: document.uri, range: convert.rangeOf(document, nameSpan) },
    }))
}

function tokensIn(document: Document | undefined, range?: Range): SemanticTokens {
  const builder = new SemanticTokensBuilder()
  if (document === undefined) return builder.build()
  const wanted = range && convert.spanOf(document, range)
  for (const { span, kind, isDeclaration, isLibrary } of semanticTokens(document)) {
    if (wanted !== undefined && (span.end < wanted.start || span.start > wanted.end)) continue
    const type = convert.legend.tokenTypes.indexOf(convert.tokenTypes[kind])
    const modifiers =
      (isDeclaration ? 1 : 0) +
      (isLibrary ? 2 : 0) +
      (kind === 'documentation' ? 4 : 0) +
      (kind === 'value' ? 8 : 0)
    // A token of the protocol lies on one line.
    for (const part of byLine(document, span)) {
      const { line, character } = convert.positionOf(document, part.start)
      builder.push(line, character, part.end - part.start, type, modifiers)
    }
  }
  return builder.build()
}

function byLine({ text }: Document, { start, end }: Span): readonly Span[] {
  return [...text.slice(start, end).matchAll(/[^\r\n]+/g)].map(({ 0: line, index }) => ({
    start: start + index,
    end: start + index + line.length,
  }))
}

function answerWithChanges(session: Session): void {
  const { connection } = session
  connection.onDocumentFormatting(({ textDocument }, token) =>
    of(session, textDocument, token, (document) =>
      convert.textEdits(document, formatting(document)),
    ),
  )
  connection.onDocumentRangeFormatting(({ textDocument, range }, token) =>
    of(session, textDocument, token, (document) =>
      convert.textEdits(document, formatting(document, convert.spanOf(document, range))),
    ),
  )
  connection.onPrepareRename((params, token) =>
    at(session, params, token, (document, offset) => {
      const found = prepareRename(document, offset)
      if ('refusal' in found) throw new ResponseError(LSPErrorCodes.RequestFailed, found.refusal)
      return { range: convert.rangeOf(document, found.span), placeholder: found.name }
    }),
  )
  connection.onRenameRequest((params, token) =>
    at(session, params, token, (document, offset) => {
      session.readAll()
      const edits = rename(document, offset, params.newName)
      if ('refusal' in edits) throw new ResponseError(LSPErrorCodes.RequestFailed, edits.refusal)
      return workspaceEdit(session, edits)
    }),
  )
  connection.onCodeAction(({ textDocument, range, context }, token) =>
    of(session, textDocument, token, (document) =>
      codeActions(document, convert.spanOf(document, range)).map(
        ({ title, edits, code, isPreferred }) => ({
          title,
          kind: 'quickfix',
          isPreferred,
          diagnostics: context.diagnostics.filter((each) => each.code === code),
          edit: workspaceEdit(session, new Map([[document.uri, edits]])),
        }),
      ),
    ),
  )
}

/** With the versions that the edits are for, where the client takes that. */
function workspaceEdit(session: Session, edits: Edits): WorkspaceEdit {
  const changes = [...edits].flatMap(([uri, each]) => {
    const document = session.document(uri)
    return document === undefined ? [] : [{ document, edits: convert.textEdits(document, each) }]
  })
  const isOpen = (document: Document): boolean => session.workspace.open.includes(document)
  if (session.capabilities().workspace?.workspaceEdit?.documentChanges !== true)
    return {
      changes: Object.fromEntries(changes.map(({ document, edits }) => [document.uri, edits])),
    }
  return {
    documentChanges: changes.map(({ document, edits }) => ({
      textDocument: { uri: document.uri, version: isOpen(document) ? document.version : null },
      edits,
    })),
  }
}
