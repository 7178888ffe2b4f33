import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * What a host module throws when nobody waits for it: from a timer, or in a promise that it does not await.
 * Whoever runs a program is told, and can still show what there is.
 */

type Act = (error: unknown) => void

const listening: Act[] = []
let hasHosts = false

/** From here on, errors that come from elsewhere than our own files are those of host modules. */
export function expectHosts(): void {
  hasHosts = true
}

/** Calls back for each stray error; only who came last is called. Gives what ends that. */
export function onStrayError(act: Act): () => void {
  listening.push(act)
  return () => {
    listening.splice(listening.lastIndexOf(act), 1)
  }
}

/** Tells who listens of an error of a host module. Gives whether somebody took it. */
export function taken(error: unknown): boolean {
  const act = listening.at(-1)
  if (act === undefined || !isOfHost(error)) return false
  act(error)
  return true
}

/** Whether an error that nobody caught is a host module's and no fault of ours. */
export function isOfHost(error: unknown): boolean {
  if (!hasHosts) return false
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const [, file] = /\(?(file:\/\/\S+?):[0-9]+:[0-9]+\)?$/m.exec(stack) ?? []
  return file === undefined || !isOurs(fileURLToPath(file))
}

const root = fileURLToPath(new URL('../', import.meta.url))

/** The folders of hocl's own files, as paths with a separator at their end. */
export const ourFolders: readonly string[] = [
  'cli',
  'grammar',
  'interpreter',
  'node_modules',
  'stdlib',
  'vm',
].map((name) => `${root}${name}${sep}`)

/** Whether a file is part of hocl itself. */
export function isOurs(path: string): boolean {
  return ourFolders.some((folder) => path.startsWith(folder))
}
