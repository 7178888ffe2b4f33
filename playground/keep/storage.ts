import type { Project } from '../app/starting-project.ts'
import { dataOf, projectOf } from './project-data.ts'

const KEY = 'hocl.playground.v1'

/** What a page can keep texts in. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Keeps the program for the next visit. A browser that keeps nothing is no mistake. */
export function keep(store: Store | undefined, project: Project, view: string): void {
  try {
    store?.setItem(KEY, JSON.stringify(dataOf(project, view)))
  } catch {
    // It is full, or not allowed.
  }
}

/** What was kept; undefined where there is nothing, or nothing that makes sense. */
export function kept(store: Store | undefined): (Project & { readonly view?: string }) | undefined {
  try {
    const text = store?.getItem(KEY)
    return text === null || text === undefined ? undefined : projectOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The browser's own, where it lets the page have it. */
export function localStore(): Store | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
