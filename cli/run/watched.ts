/** In the environment of a run that is watched: the process around it waits for its files to change. */
export const WATCHED = 'HOCL_WATCHED'

/** Tells the process that watches, if there is one, what this run has read. */
export function tellFiles(files: readonly string[]): void {
  if (process.env[WATCHED] !== undefined) process.send?.({ files })
}
