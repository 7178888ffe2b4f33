import { Workspace } from '../../editor/index.ts'
import { hostOf } from '../../playground/session/page-host.ts'

/** The script that makes programs run where they stand. Without it, or before it has come, they are read. */
export const RUN_HERE = 'run-here.js'

/** After a program that it can run. */
export const runHere = '<button type="button" class="run-here" hidden>Run it here</button>\n'

const inBrowser = new Workspace({ host: hostOf() })

/** Whether a program needs nothing that a browser does not have: a file beside it, or a function of some host. */
export function canRunHere(program: string): boolean {
  const { diagnostics } = inBrowser.update('main.hocl', ++version, program)
  return !diagnostics.some(({ severity }) => severity === 'error')
}

let version = 0
