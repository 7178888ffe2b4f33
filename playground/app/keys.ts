import type { Workbench } from './workbench.ts'

/** The keys of the page, wherever the focus is; the editor knows the same ones as commands. */
export function listenToKeys(workbench: Workbench): () => void {
  const press = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return
    const act = actionOf(event, workbench)
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  addEventListener('keydown', press)
  return () => {
    removeEventListener('keydown', press)
  }
}

function actionOf(event: KeyboardEvent, workbench: Workbench): (() => void) | undefined {
  const { key, shiftKey } = event
  if (key === 'Enter' && (event.ctrlKey || event.metaKey))
    return () => {
      if (shiftKey) workbench.finish()
      else workbench.toggle()
    }
  if (key === 'F10')
    return () => {
      if (shiftKey) workbench.back()
      else workbench.step()
    }
  // Escape also closes menus: it stops a program only where one runs.
  if (key === 'Escape' && workbench.state.session.status === 'running')
    return () => {
      workbench.stop()
    }
  return undefined
}
