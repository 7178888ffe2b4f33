import { pathToFileURL } from 'node:url'
import { serveEditor } from '../editor/lsp/index.ts'
import { planChecks } from '../vm/index.ts'
import { hostOf } from './load.ts'
import { pageFile, pageOf } from './pages.ts'
import { version } from './version.ts'

/*
 * What `hocl lsp` does. The build makes a script of its own of it, so that no other command loads it.
 */

/** Answers the editor that has started this process, until it says goodbye. Gives the exit code. */
export async function serve(hostFiles: readonly string[]): Promise<number> {
  const host = await hostOf(hostFiles)
  return serveEditor({
    input: process.stdin,
    output: process.stdout,
    version: version(),
    host,
    checks: planChecks,
    page: pageOf,
    pageAddress: (code) => {
      const file = pageFile(code)
      return file === undefined ? undefined : pathToFileURL(file).href
    },
  })
}
