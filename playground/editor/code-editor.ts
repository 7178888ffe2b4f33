import type { DiagnosticForm, LabelForm, SourceFile } from '../session/messages.ts'
import { codePage } from '../app/wording.ts'
import { Language } from '../language/language.ts'
import languageThread from '../language/language-thread.ts?thread'
import { hushCancellations } from './cancellations.ts'
import { LANGUAGE, registerLanguage } from './hocl-language.ts'
import { monaco } from './monaco.ts'
import { fileOf, registerProviders, uriOf } from './providers.ts'
import { followSystem } from './themes.ts'

/** What the editor tells the page. */
export interface CodeEditorEvents {
  edited(name: string, text: string): void
  /** The reader went to another file, by a definition for one; with its text, where it is of the library. */
  opened(name: string, text?: string): void
  /** What is wrong with the files, as they are now. */
  checked(diagnostics: readonly DiagnosticForm[]): void
}

/** An action that is found by F1, and by its keys. */
export interface CodeEditorAction {
  readonly id: string
  readonly label: string
  readonly keys: readonly number[]
  readonly run: () => void
}

let language: Language | undefined

function preparedLanguage(): Language {
  if (language !== undefined) return language
  const made = new Language(new Worker(languageThread, { type: 'module' }))
  language = made
  Reflect.set(globalThis, 'MonacoEnvironment', {
    getWorker: () => new Worker(new URL('./monaco-thread.ts', import.meta.url), { type: 'module' }),
  })
  hushCancellations()
  registerLanguage()
  registerProviders(made, (file) => modelOf(file, made))
  followSystem()
  return made
}

/** The model of a file, or of a standard module, whose text is asked for. */
async function modelOf(
  file: string,
  known: Language,
): Promise<monaco.editor.ITextModel | undefined> {
  const uri = uriOf(file)
  const model = monaco.editor.getModel(uri)
  if (model !== null) return model
  const text = await known.ask('text', { file })
  if (text === undefined) return undefined
  return monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, LANGUAGE, uri)
}

/** Monaco with the files of the page. */
export class CodeEditor {
  readonly #events: CodeEditorEvents
  readonly #editor: monaco.editor.IStandaloneCodeEditor
  readonly #views = new Map<string, monaco.editor.ICodeEditorViewState | null>()
  readonly #models = new Map<string, monaco.editor.ITextModel>()
  readonly #language: Language
  #isTaking = false
  #checking = 0
  #active = ''

  constructor(place: HTMLElement, events: CodeEditorEvents) {
    this.#language = preparedLanguage()
    this.#events = events
    this.#editor = monaco.editor.create(place, {
      model: null,
      automaticLayout: true,
      ariaLabel: 'Program. Press Control M to let the Tab key move on.',
      fontFamily:
        'ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
      fontSize: 14,
      lineHeight: 22,
      minimap: { enabled: false },
      padding: { top: 12, bottom: 12 },
      scrollBeyondLastLine: false,
      smoothScrolling: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      overviewRulerLanes: 0,
      renderLineHighlight: 'line',
      tabSize: 2,
      wordWrap: 'on',
      'semanticHighlighting.enabled': true,
      fixedOverflowWidgets: true,
      lineNumbersMinChars: 3,
      unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
      // These would be worked out in a thread of Monaco's own, which then need not be loaded.
      wordBasedSuggestions: 'off',
      links: false,
      occurrencesHighlight: 'singleFile',
      inlayHints: { enabled: 'offUnlessPressed' },
      codeLens: false,
    })
    monaco.editor.registerEditorOpener({
      openCodeEditor: (_, uri, selection) => {
        const model = monaco.editor.getModel(uri)
        if (model === null) return false
        this.#events.opened(fileOf(model), uri.scheme === 'file' ? undefined : model.getValue())
        this.#show(model)
        if (selection !== undefined) this.#select(selection)
        return true
      },
    })
  }

  #select(selection: monaco.IRange | monaco.IPosition): void {
    const range =
      'startLineNumber' in selection ? selection : monaco.Range.fromPositions(selection, selection)
    this.#editor.setSelection(range)
    this.#editor.revealRangeInCenterIfOutsideViewport(range)
  }

  /** The files as they are now; texts that the reader has typed here are those already. */
  take(files: readonly SourceFile[], active: string): void {
    this.#isTaking = true
    for (const { name, text } of files) {
      const model = this.#models.get(name)
      if (model === undefined) this.#models.set(name, this.#made(name, text))
      else if (model.getValue() !== text) model.setValue(text)
    }
    for (const [name, model] of this.#models)
      if (!files.some((file) => file.name === name)) {
        model.dispose()
        this.#models.delete(name)
        this.#views.delete(name)
      }
    const model = monaco.editor.getModel(uriOf(active))
    if (model !== null) this.#show(model)
    this.#isTaking = false
    this.#changed()
  }

  /** The language service has the texts before it is asked about them. */
  #changed(): void {
    const files = [...this.#models].map(([name, model]) => ({ name, text: model.getValue() }))
    this.#language.take(files)
    const checking = ++this.#checking
    const asked = files.map(({ name }) => this.#language.ask('diagnostics', { file: name }))
    void Promise.all(asked).then((diagnostics) => {
      if (checking !== this.#checking) return
      const found = diagnostics.flat()
      this.#mark(found)
      this.#events.checked(found)
    })
  }

  #made(name: string, text: string): monaco.editor.ITextModel {
    const model = monaco.editor.createModel(text, LANGUAGE, uriOf(name))
    model.setEOL(monaco.editor.EndOfLineSequence.LF)
    model.onDidChangeContent(() => {
      if (this.#isTaking) return
      this.#changed()
      this.#events.edited(name, model.getValue())
    })
    return model
  }

  #show(model: monaco.editor.ITextModel): void {
    if (this.#editor.getModel() === model) return
    const name = fileOf(model)
    if (this.#active !== '') this.#views.set(this.#active, this.#editor.saveViewState())
    this.#active = name
    this.#editor.setModel(model)
    this.#editor.updateOptions({ readOnly: !this.#models.has(name) })
    this.#editor.restoreViewState(this.#views.get(name) ?? null)
  }

  /** Marks what is wrong, in all files. */
  #mark(diagnostics: readonly DiagnosticForm[]): void {
    for (const [name, model] of this.#models) {
      const own = diagnostics.filter(({ labels }) => labels[0].file === name)
      monaco.editor.setModelMarkers(model, LANGUAGE, own.map(markerOf))
    }
  }

  reveal({ file, line, column, endLine, endColumn }: LabelForm): void {
    const model = this.#models.get(file)
    if (model === undefined) return
    this.#show(model)
    this.#select(new monaco.Range(line, column, endLine, endColumn))
    this.#editor.focus()
  }

  addAction({ id, label, keys, run }: CodeEditorAction): void {
    this.#editor.addAction({ id, label, keybindings: [...keys], run })
  }

  focus(): void {
    this.#editor.focus()
  }

  dispose(): void {
    for (const model of this.#models.values()) model.dispose()
    this.#editor.dispose()
  }
}

function markerOf({
  code,
  severity,
  title,
  hint,
  labels,
}: DiagnosticForm): monaco.editor.IMarkerData {
  const [{ line, column, endLine, endColumn, text }, ...others] = labels
  const target = monaco.Uri.parse(new URL(codePage(code), location.href).href)
  return {
    severity: severities[severity],
    message: [title, text, ...(hint === undefined ? [] : [`hint: ${hint}`])]
      .filter((part) => part !== '')
      .join('\n'),
    code: { value: code, target },
    ...{ startLineNumber: line, startColumn: column, endLineNumber: endLine, endColumn },
    relatedInformation: others.map((label) => ({
      resource: uriOf(label.file),
      message: label.text,
      ...{ startLineNumber: label.line, startColumn: label.column },
      ...{ endLineNumber: label.endLine, endColumn: label.endColumn },
    })),
  }
}

const severities = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  hint: monaco.MarkerSeverity.Hint,
} as const

/** Keys of actions, in Monaco's numbers. */
export const keys = {
  run: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
  finish: [monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.Enter],
  step: [monaco.KeyCode.F10],
  back: [monaco.KeyMod.Shift | monaco.KeyCode.F10],
  // Escape closes what the editor has open; where it has nothing, the page hears it.
  stop: [],
} as const
