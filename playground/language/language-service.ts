import {
  Workspace,
  codeActions,
  codeLenses,
  completions,
  definition,
  documentSymbols,
  folds,
  formatting,
  highlights,
  hover,
  inlayHints,
  prepareRename,
  references,
  rename,
  selections,
  semanticKinds,
  semanticTokens,
  signatureHelp,
} from '../../editor/index.ts'
import type { Completions, Document, Location } from '../../editor/index.ts'
import { diagnosticForm } from '../session/diagnostic-form.ts'
import { hostOf } from '../session/page-host.ts'
import type { Place, QuestionName, Questions, ToLanguage } from './messages.ts'

type Answers = {
  readonly [name in QuestionName]: (
    document: Document | undefined,
    asked: Questions[name]['asked'],
  ) => Questions[name]['answered']
}

/** The language service for the files of the page: `editor/` with its answers as plain data. */
export class LanguageService {
  readonly #workspace = new Workspace({ host: hostOf() })
  readonly #open = new Set<string>()
  #lastList: Completions | undefined

  take(files: Extract<ToLanguage, { kind: 'texts' }>['files']): void {
    for (const { name, version, text } of files) {
      this.#workspace.update(name, version, text)
      this.#open.add(name)
    }
    for (const name of this.#open)
      if (!files.some((file) => file.name === name)) {
        this.#workspace.close(name)
        this.#open.delete(name)
      }
  }

  answer<Name extends QuestionName>(
    name: Name,
    asked: Questions[Name]['asked'],
  ): Questions[Name]['answered'] {
    const document = 'file' in asked ? this.#workspace.document(asked.file) : undefined
    return this.#answers[name](document, asked)
  }

  readonly #answers: Answers = {
    diagnostics: (document) => document?.diagnostics.map(diagnosticForm) ?? [],
    tokens: (document) => {
      if (document === undefined) return []
      return semanticTokens(document).flatMap(({ span, kind, isDeclaration, isLibrary }) => [
        span.start,
        span.end - span.start,
        semanticKinds.indexOf(kind),
        isDeclaration ? 1 : 0,
        isLibrary ? 1 : 0,
      ])
    },
    hover: (document, { offset }) => document && hover(document, offset),
    completions: (document, { offset }) => {
      if (document === undefined) return { span: { start: offset, end: offset }, items: [] }
      const list = completions(document, offset)
      this.#lastList = list
      // Without what is worked out when it is asked for.
      const items = list.items.map(({ documentation: _, ...item }) => item)
      return { span: list.span, items }
    },
    documentation: (_, { index }) => this.#lastList?.items[index]?.documentation() ?? '',
    signature: (document, { offset }) => {
      const found = document && signatureHelp(document, offset)
      if (found === undefined) return undefined
      const { signatures, activeSignature, activeParameter, documentation } = found
      return {
        signatures: signatures.map(({ label, parameters }) => ({
          ...{ label, documentation },
          parameters,
        })),
        ...{ active: activeSignature, parameter: activeParameter },
      }
    },
    definition: (document, { offset }) =>
      document === undefined ? [] : definition(document, offset).map(placeOf),
    references: (document, { offset }) =>
      document === undefined ? [] : references(document, offset).map(placeOf),
    highlights: (document, { offset }) =>
      document === undefined ? [] : highlights(document, offset).map(({ span }) => span),
    renamable: (document, { offset }) =>
      document === undefined
        ? { refusal: 'there is no name here' }
        : prepareRename(document, offset),
    rename: (document, { offset, name }) => {
      if (document === undefined) return { refusal: 'there is no name here' }
      const edits = rename(document, offset, name)
      if ('refusal' in edits) return edits
      return { files: [...edits].map(([file, changes]) => ({ file, edits: changes })) }
    },
    formatting: (document, { span }) => (document === undefined ? [] : formatting(document, span)),
    symbols: (document) => (document === undefined ? [] : documentSymbols(document)),
    folds: (document) => (document === undefined ? [] : folds(document)),
    selections: (document, { offset }) =>
      document === undefined ? [] : selections(document, offset),
    actions: (document, { span }) => (document === undefined ? [] : codeActions(document, span)),
    hints: (document, { span }) => (document === undefined ? [] : inlayHints(document, span)),
    lenses: (document) =>
      document === undefined
        ? []
        : codeLenses(document).map(({ span, title }) => ({ span, title })),
    text: (document) => document?.text,
  }
}

function placeOf({ uri, span }: Location): Place {
  return { file: uri, span }
}
