import type { Workbench } from '../app/workbench.ts'
import type { CodeEditor, keys as editorKeys } from './code-editor.ts'

/** What the page can do, among the editor's own commands: F1 lists them all. */
export function addActions(
  editor: CodeEditor,
  keys: typeof editorKeys,
  workbench: Workbench,
): void {
  const action = (name: keyof typeof editorKeys, label: string, run: () => void): void => {
    editor.addAction({ id: `hocl.${name}`, label, keys: keys[name], run })
  }
  action('run', 'HOCL: run or pause', () => {
    workbench.toggle()
  })
  action('finish', 'HOCL: run to inert', () => {
    workbench.finish()
  })
  action('step', 'HOCL: step', () => {
    workbench.step()
  })
  action('back', 'HOCL: step back', () => {
    workbench.back()
  })
  action('stop', 'HOCL: stop', () => {
    workbench.stop()
  })
}
