import { ProjectError } from '../keep/project-data.ts'
import { isShared, projectIn } from '../keep/share-link.ts'
import { kept } from '../keep/storage.ts'
import type { Store } from '../keep/storage.ts'
import { startingProject } from './starting-project.ts'
import type { Project } from './starting-project.ts'

interface Beginning {
  readonly project: Project
  readonly view: string | undefined
  /** Why the link could not be followed. */
  readonly trouble?: string
  /** What a link took the place of. */
  readonly before?: Project
}

/** What the page begins with: the program of the link, else what was kept, else a first one. */
export function beginning(fragment: string, store: Store | undefined): Beginning {
  let trouble: string | undefined
  if (isShared(fragment))
    try {
      const { view, ...project } = projectIn(fragment)
      const before = kept(store)
      return { project, view, ...(before !== undefined && { before }) }
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error
      trouble = `The link cannot be opened: ${error.message}.`
    }
  const { view, ...project } = kept(store) ?? { ...startingProject, view: undefined }
  return { project, view, ...(trouble !== undefined && { trouble }) }
}
