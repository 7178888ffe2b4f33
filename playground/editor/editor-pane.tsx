import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { revealBy } from '../app/reveal.ts'
import type { ViewProps } from '../app/views.ts'
import { addActions } from './actions.ts'
import type { CodeEditor } from './code-editor.ts'
import { FileTabs } from './file-tabs.tsx'

/** The program's files. The editor is loaded when the page stands already. */
export function EditorPane({ workbench, state }: ViewProps): VNode {
  const place = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<CodeEditor>()
  useEffect(() => {
    let made: CodeEditor | undefined
    let isGone = false
    void import('./code-editor.ts').then((loaded) => {
      if (isGone || place.current === null) return
      made = new loaded.CodeEditor(place.current, {
        edited: (name, text) => {
          workbench.edit(name, text)
        },
        opened: (name, text) => {
          workbench.show(name, text)
        },
        checked: (diagnostics) => {
          workbench.diagnostics = diagnostics
        },
      })
      addActions(made, loaded.keys, workbench)
      setEditor(made)
    })
    return () => {
      isGone = true
      made?.dispose()
    }
  }, [workbench])
  useEffect(() => {
    editor?.take(state.files, state.active)
  }, [editor, state.files, state.active])
  useEffect(
    () =>
      editor &&
      revealBy((label) => {
        editor.reveal(label)
      }),
    [editor],
  )
  return (
    <section class="pane code" aria-label="Program">
      <FileTabs {...{ workbench, state }} />
      <div
        id="panel-files"
        class="pane-body editor"
        role="tabpanel"
        aria-labelledby={`tab-files-${state.active}`}
        ref={place}
      >
        {editor === undefined && (
          <pre class="waiting" aria-hidden="true">
            {state.files.find(({ name }) => name === state.active)?.text}
          </pre>
        )}
      </div>
    </section>
  )
}
