/*
 * A promise of a host module may never settle. When nothing else is left in the process that could go on, no
 * timer, socket or file, Node ends it in the middle of what it waits for; here that is noticed before.
 */

type Act = () => void

const waiting: Act[] = []

/** Calls back each time that nothing is left; only who came last is called. Gives what ends that. */
export function onStandstill(act: Act): () => void {
  if (waiting.length === 0) process.on('beforeExit', tell)
  waiting.push(act)
  return () => {
    waiting.splice(waiting.lastIndexOf(act), 1)
    if (waiting.length === 0) process.off('beforeExit', tell)
  }
}

/** In a turn of the event loop of its own: what follows from it may take more of them. */
function tell(): void {
  setImmediate(() => waiting.at(-1)?.())
}

/** What a promise gives, or `undefined` where nothing is left that could settle it. */
export async function unlessStill<T>(promise: Promise<T>): Promise<T | undefined> {
  let stop: Act = () => undefined
  const still = new Promise<undefined>((resolve) => {
    stop = onStandstill(() => {
      resolve(undefined)
    })
  })
  try {
    return await Promise.race([promise, still])
  } finally {
    stop()
  }
}
