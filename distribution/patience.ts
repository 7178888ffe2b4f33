import type { Bus } from './bus.ts'
import { areEqualBytes } from './bytes.ts'
import { LogError, RefusedError, RejectedError, TooLargeError } from './errors.ts'

/** So long a server may be away, in milliseconds, before whoever waits for it gives up. */
const PATIENCE = 60_000
const PAUSE = 250

/** Does it again while the server is away. A refusal is an answer. */
export async function patiently<T>(act: () => Promise<T>, clock: () => number): Promise<T> {
  const end = clock() + PATIENCE
  for (;;) {
    try {
      return await act()
    } catch (error) {
      if (isAnswer(error) || clock() >= end) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }
}

function isAnswer(error: unknown): boolean {
  const kinds = [RefusedError, RejectedError, TooLargeError, LogError]
  return kinds.some((kind) => error instanceof kind)
}

/** Adds a record to a log that nobody else writes, also where an answer was lost and the record is there already. */
export async function appendSurely(
  bus: Bus,
  record: { readonly log: string; readonly bytes: Uint8Array; readonly expected: number },
  clock: () => number,
): Promise<number> {
  const { log, bytes, expected } = record
  return await patiently(async () => {
    try {
      return await bus.append(log, bytes, expected)
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      const last = await bus.last(log)
      if (last === undefined || !areEqualBytes(last.bytes, bytes)) throw error
      return last.sequence
    }
  }, clock)
}
