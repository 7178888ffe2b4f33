import { useEffect, useState } from 'preact/hooks'
import type { Workbench, WorkbenchState } from './workbench.ts'

/** What the workbench shows now; the component is drawn again when it changes. */
export function useWorkbench(workbench: Workbench): WorkbenchState {
  const [state, setState] = useState(workbench.state)
  useEffect(() => {
    setState(workbench.state)
    return workbench.subscribe(() => {
      setState(workbench.state)
    })
  }, [workbench])
  return state
}
