import { semanticKinds } from '../../editor/index.ts'
import type { Language } from '../language/language.ts'
import type { Place, Span, SymbolAnswer } from '../language/messages.ts'
import { LANGUAGE } from './hocl-language.ts'
import { monaco } from './monaco.ts'
import { completionKinds, symbolKinds } from './provider-kinds.ts'

type Model = monaco.editor.ITextModel
type Range = monaco.IRange

/** The name of the file that a model holds, or the address of a standard module. */
export function fileOf({ uri }: Model): string {
  return uri.scheme === 'file' ? uri.path.slice(1) : `${uri.scheme}:${uri.path}`
}

/** Where the model of a file is. */
export function uriOf(file: string): monaco.Uri {
  const [, scheme, path = ''] = /^(hocl):(.*)$/.exec(file) ?? []
  return scheme === undefined
    ? monaco.Uri.from({ scheme: 'file', path: `/${file}` })
    : monaco.Uri.from({ scheme, path })
}

function rangeOf(model: Model, { start, end }: Span): Range {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))
}

function spanOf(model: Model, range: Range): Span {
  const { startLineNumber, startColumn, endLineNumber, endColumn } = range
  return {
    start: model.getOffsetAt({ lineNumber: startLineNumber, column: startColumn }),
    end: model.getOffsetAt({ lineNumber: endLineNumber, column: endColumn }),
  }
}

type Service = Pick<Language, 'ask'>

/** Answers about a file that was closed meanwhile are taken back, as Monaco knows it. */
function whileThere(language: Language): Service {
  return {
    ask: async (name, asked) => {
      const model = 'file' in asked ? monaco.editor.getModel(uriOf(asked.file)) : null
      const answered = await language.ask(name, asked)
      if (model?.isDisposed() !== true) return answered
      const gone = new Error('Canceled')
      gone.name = gone.message
      throw gone
    },
  }
}

/** What the language service knows, as Monaco asks for it. */
export function registerProviders(
  service: Language,
  modelOf: (file: string) => Promise<Model | undefined>,
): void {
  const { languages } = monaco
  const language = whileThere(service)
  const at = (model: Model, position: monaco.IPosition): { file: string; offset: number } => ({
    file: fileOf(model),
    offset: model.getOffsetAt(position),
  })
  const locations = async (places: readonly Place[]): Promise<monaco.languages.Location[]> => {
    const found: monaco.languages.Location[] = []
    for (const { file, span } of places) {
      const model = await modelOf(file)
      if (model !== undefined) found.push({ uri: model.uri, range: rangeOf(model, span) })
    }
    return found
  }

  languages.registerHoverProvider(LANGUAGE, {
    provideHover: async (model, position) => {
      const found = await language.ask('hover', at(model, position))
      if (found === undefined) return null
      return { contents: [{ value: found.markdown }], range: rangeOf(model, found.span) }
    },
  })

  languages.registerDefinitionProvider(LANGUAGE, {
    provideDefinition: async (model, position) =>
      locations(await language.ask('definition', at(model, position))),
  })

  languages.registerReferenceProvider(LANGUAGE, {
    provideReferences: async (model, position) =>
      locations(await language.ask('references', at(model, position))),
  })

  languages.registerDocumentHighlightProvider(LANGUAGE, {
    provideDocumentHighlights: async (model, position) => {
      const spans = await language.ask('highlights', at(model, position))
      return spans.map((span) => ({ range: rangeOf(model, span) }))
    },
  })

  languages.registerRenameProvider(LANGUAGE, {
    resolveRenameLocation: async (model, position) => {
      const found = await language.ask('renamable', at(model, position))
      if ('refusal' in found) return { ...nowhere(position), rejectReason: found.refusal }
      return { range: rangeOf(model, found.span), text: found.name }
    },
    provideRenameEdits: async (model, position, name) => {
      const found = await language.ask('rename', { ...at(model, position), name })
      if ('refusal' in found) return { edits: [], rejectReason: found.refusal }
      const edits: monaco.languages.IWorkspaceTextEdit[] = []
      for (const { file, edits: changes } of found.files) {
        const changed = await modelOf(file)
        if (changed === undefined) continue
        for (const { span, text } of changes)
          edits.push({
            resource: changed.uri,
            versionId: undefined,
            textEdit: { range: rangeOf(changed, span), text },
          })
      }
      return { edits }
    },
  })

  registerWords(language)
  registerForm(language)
  registerOutline(language)
}

function nowhere({ lineNumber, column }: monaco.IPosition): { range: Range; text: string } {
  return { range: new monaco.Range(lineNumber, column, lineNumber, column), text: '' }
}

/** What is written while typing. */
function registerWords(language: Service): void {
  const { languages } = monaco
  languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: ['.', ':', '"'],
    provideCompletionItems: async (model, position) => {
      const offset = model.getOffsetAt(position)
      const { span, items } = await language.ask('completions', { file: fileOf(model), offset })
      const range = rangeOf(model, span)
      return {
        suggestions: items.map((item, index) => ({
          label: item.label,
          kind: completionKinds[item.kind],
          detail: item.detail,
          insertText: item.text,
          ...(item.isSnippet && {
            insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
          }),
          sortText: `${String(item.rank)}${item.label}`,
          range,
          index,
        })),
      }
    },
    resolveCompletionItem: async (item) => {
      const index: unknown = Reflect.get(item, 'index')
      if (typeof index !== 'number') return item
      const value = await language.ask('documentation', { index })
      return { ...item, documentation: { value } }
    },
  })

  languages.registerSignatureHelpProvider(LANGUAGE, {
    signatureHelpTriggerCharacters: ['(', ','],
    provideSignatureHelp: async (model, position) => {
      const offset = model.getOffsetAt(position)
      const found = await language.ask('signature', { file: fileOf(model), offset })
      if (found === undefined) return null
      return {
        value: {
          activeSignature: found.active,
          activeParameter: found.parameter,
          signatures: found.signatures.map(({ label, parameters, documentation }) => ({
            label,
            documentation: { value: documentation },
            parameters: parameters.map((parameter) => ({ label: parameter })),
          })),
        },
        dispose: () => undefined,
      }
    },
  })

  languages.registerCodeActionProvider(LANGUAGE, {
    provideCodeActions: async (model, range, { markers }) => {
      const span = spanOf(model, range)
      const found = await language.ask('actions', { file: fileOf(model), span })
      return {
        actions: found.map(({ title, code, isPreferred, edits }) => ({
          title,
          kind: 'quickfix',
          isPreferred,
          diagnostics: markers.filter((marker) => codeOf(marker) === code),
          edit: {
            edits: edits.map((edit) => ({
              resource: model.uri,
              versionId: model.getVersionId(),
              textEdit: { range: rangeOf(model, edit.span), text: edit.text },
            })),
          },
        })),
        dispose: () => undefined,
      }
    },
  })
}

function codeOf({ code }: monaco.editor.IMarkerData): string | undefined {
  return typeof code === 'object' ? code.value : code
}

/** How the text is laid out, and what belongs together in it. */
function registerForm(language: Service): void {
  const { languages } = monaco
  languages.registerDocumentFormattingEditProvider(LANGUAGE, {
    provideDocumentFormattingEdits: async (model) => {
      const edits = await language.ask('formatting', { file: fileOf(model) })
      return edits.map(({ span, text }) => ({ range: rangeOf(model, span), text }))
    },
  })

  languages.registerDocumentRangeFormattingEditProvider(LANGUAGE, {
    provideDocumentRangeFormattingEdits: async (model, range) => {
      const span = spanOf(model, range)
      const edits = await language.ask('formatting', { file: fileOf(model), span })
      return edits.map((edit) => ({ range: rangeOf(model, edit.span), text: edit.text }))
    },
  })

  languages.registerSelectionRangeProvider(LANGUAGE, {
    provideSelectionRanges: (model, positions) =>
      Promise.all(
        positions.map(async (position) => {
          const spans = await language.ask('selections', {
            file: fileOf(model),
            offset: model.getOffsetAt(position),
          })
          return spans.map((span) => ({ range: rangeOf(model, span) }))
        }),
      ),
  })
}

/** What is seen beside the text and over it. */
function registerOutline(language: Service): void {
  const { languages } = monaco
  languages.registerDocumentSemanticTokensProvider(LANGUAGE, {
    getLegend: () => ({
      tokenTypes: [...semanticKinds],
      tokenModifiers: ['declaration', 'defaultLibrary'],
    }),
    provideDocumentSemanticTokens: async (model) => {
      const version = model.getVersionId()
      const tokens = await language.ask('tokens', { file: fileOf(model) })
      if (model.isDisposed() || model.getVersionId() !== version) return null
      return { data: encoded(model, tokens) }
    },
    releaseDocumentSemanticTokens: () => undefined,
  })

  languages.registerInlayHintsProvider(LANGUAGE, {
    provideInlayHints: async (model, range) => {
      const span = spanOf(model, range)
      const hints = await language.ask('hints', { file: fileOf(model), span })
      return {
        hints: hints.map(({ offset, text }) => ({
          label: text,
          position: model.getPositionAt(offset),
          kind: languages.InlayHintKind.Type,
        })),
        dispose: () => undefined,
      }
    },
  })

  languages.registerDocumentSymbolProvider(LANGUAGE, {
    provideDocumentSymbols: async (model) => {
      const symbols = await language.ask('symbols', { file: fileOf(model) })
      return symbols.map((symbol) => symbolOf(model, symbol))
    },
  })

  languages.registerFoldingRangeProvider(LANGUAGE, {
    provideFoldingRanges: async (model) => {
      const folds = await language.ask('folds', { file: fileOf(model) })
      return folds.map(({ firstLine, lastLine, kind }) => ({
        ...{ start: firstLine, end: lastLine },
        ...(kind !== 'code' && { kind: new languages.FoldingRangeKind(kind) }),
      }))
    },
  })

  languages.registerCodeLensProvider(LANGUAGE, {
    provideCodeLenses: async (model) => {
      const lenses = await language.ask('lenses', { file: fileOf(model) })
      return {
        lenses: lenses.map(({ span, title }) => ({
          range: rangeOf(model, span),
          command: { id: '', title },
        })),
        dispose: () => undefined,
      }
    },
  })
}

function symbolOf(model: Model, symbol: SymbolAnswer): monaco.languages.DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: symbolKinds[symbol.kind],
    tags: [],
    range: rangeOf(model, symbol.span),
    selectionRange: rangeOf(model, symbol.nameSpan),
    children: symbol.children.map((child) => symbolOf(model, child)),
  }
}

/** Semantic tokens by lines, each told from the one before: what Monaco takes. A token over lines is told line by line. */
function encoded(model: Model, tokens: readonly number[]): Uint32Array {
  const data: number[] = []
  let [line, column] = [1, 1]
  for (let i = 0; i + 4 < tokens.length; i += 5) {
    const [start = 0, length = 0, kind = 0, declares = 0, library = 0] = tokens.slice(i, i + 5)
    const from = model.getPositionAt(start)
    const to = model.getPositionAt(start + length)
    for (let at = from.lineNumber; at <= to.lineNumber; at++) {
      const first = at === from.lineNumber ? from.column : 1
      const end = at === to.lineNumber ? to.column : model.getLineMaxColumn(at)
      if (end <= first) continue
      data.push(at - line, at === line ? first - column : first - 1, end - first)
      data.push(kind, declares + 2 * library)
      ;[line, column] = [at, first]
    }
  }
  return Uint32Array.from(data)
}
