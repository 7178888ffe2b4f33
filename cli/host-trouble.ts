import { onStandstill } from './standstill.ts'
import { onStrayError } from './stray-errors.ts'

/** What came of runs, and what a host module did meanwhile that no reaction does. */
export interface Watched<T> {
  readonly value: T
  readonly trouble: string | undefined
}

/** Runs programs that may call host modules. What these do by themselves aborts all runs, by the signal. */
export async function withHosts<T>(work: (signal: AbortSignal) => Promise<T>): Promise<Watched<T>> {
  const controller = new AbortController()
  let trouble: string | undefined
  const stop = (text: string): void => {
    trouble ??= text
    controller.abort()
  }
  const ends = [
    onStrayError((error) => {
      const message = error instanceof Error ? error.message : String(error)
      stop(`a host module throws where nothing waits for it: ${message}`)
    }),
    onStandstill(() => {
      stop('a host function never answers')
    }),
  ]
  try {
    const value = await work(controller.signal)
    return { value, trouble }
  } finally {
    for (const end of ends) end()
  }
}
