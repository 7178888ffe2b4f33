import type { DiagnosticForm, LabelForm, SourceFile } from '../session/messages.ts'
import { codePage } from '../app/wording.ts'
import { LANGUAGE, registerLanguage } from './hocl-language.ts'
import { monaco } from './monaco.ts'
import { followSystem } from './themes.ts'

/** What the editor tells the page. */
export interface CodeEditorEvents {
  edited(name: string, text: string): void
  /** The reader went to another file, by a definition for one. */
  opened(name: string): void
}

/** An action that is found by F1, and by its keys. */
export interface CodeEditorAction {
  readonly id: string
  readonly label: string
  readonly keys: readonly number[]
  readonly when?: string
  readonly run: () => void
}

let isPrepared = false

function prepare(): void {
  if (isPrepared) return
  isPrepared = true
  Reflect.set(globalThis, 'MonacoEnvironment', {
    getWorker: () => new Worker(new URL('./monaco-thread.ts', import.meta.url), { type: 'module' }),
  })
  registerLanguage()
  followSystem()
}

/** Monaco with the files of the page. */
export class CodeEditor {
  readonly #events: CodeEditorEvents
  readonly #editor: monaco.editor.IStandaloneCodeEditor
  readonly #views = new Map<string, monaco.editor.ICodeEditorViewState | null>()
  readonly #models = new Map<string, monaco.editor.ITextModel>()
  #isTaking = false
  #active = ''

  constructor(place: HTMLElement, events: CodeEditorEvents) {
    prepare()
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
      unicodeHighlight: { ambiguousCharacters: false },
    })
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
    this.#show(active)
    this.#isTaking = false
  }

  #made(name: string, text: string): monaco.editor.ITextModel {
    const uri = monaco.Uri.from({ scheme: 'file', path: `/${name}` })
    const model = monaco.editor.createModel(text, LANGUAGE, uri)
    model.setEOL(monaco.editor.EndOfLineSequence.LF)
    model.onDidChangeContent(() => {
      if (!this.#isTaking) this.#events.edited(name, model.getValue())
    })
    return model
  }

  #show(name: string): void {
    const model = this.#models.get(name)
    if (model === undefined || this.#editor.getModel() === model) return
    if (this.#models.has(this.#active)) this.#views.set(this.#active, this.#editor.saveViewState())
    this.#active = name
    this.#editor.setModel(model)
    this.#editor.restoreViewState(this.#views.get(name) ?? null)
  }

  /** Marks what is wrong, in all files. */
  mark(diagnostics: readonly DiagnosticForm[]): void {
    for (const [name, model] of this.#models) {
      const own = diagnostics.filter(({ labels }) => labels[0].file === name)
      monaco.editor.setModelMarkers(model, LANGUAGE, own.map(markerOf))
    }
  }

  reveal({ file, line, column, endLine, endColumn }: LabelForm): void {
    this.#show(file)
    this.#editor.setSelection(new monaco.Range(line, column, endLine, endColumn))
    this.#editor.revealLineInCenterIfOutsideViewport(line)
    this.#editor.focus()
  }

  addAction({ id, label, keys, when, run }: CodeEditorAction): void {
    this.#editor.addAction({
      ...{ id, label, keybindings: [...keys], run },
      ...(when !== undefined && { precondition: when }),
    })
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
      resource: monaco.Uri.from({ scheme: 'file', path: `/${label.file}` }),
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
  run: monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter,
  finish: monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.Enter,
  step: monaco.KeyCode.F10,
  back: monaco.KeyMod.Shift | monaco.KeyCode.F10,
  stop: monaco.KeyCode.Escape,
} as const
