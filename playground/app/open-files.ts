import { opened } from '../keep/bundle.ts'
import { ProjectError, checkedFiles } from '../keep/project-data.ts'
import type { SourceFile } from '../session/messages.ts'
import type { Workbench } from './workbench.ts'

/** Takes the programs in these files in the place of what is there. */
export async function openFiles(workbench: Workbench, files: readonly File[]): Promise<void> {
  if (files.length === 0) return
  try {
    const found: SourceFile[] = []
    for (const file of files)
      found.push(...opened(file.name, new Uint8Array(await file.arrayBuffer())))
    const { settings, perSecond } = workbench.state
    const name = files.length === 1 ? (files[0]?.name ?? '') : `${String(files.length)} files`
    workbench.replace({ files: checkedFiles(found), settings, perSecond }, `${name} is open.`)
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error
    workbench.notify(`The file cannot be opened: ${error.message}.`, 'trouble')
  }
}
