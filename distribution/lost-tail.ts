import type { Bus } from './bus.ts'
import { areEqualBytes } from './bytes.ts'

/** How far a log went, as somebody knows. */
export interface LogEnd {
  readonly sequence: number
  /** The end of that record, its checksum, where it is known. */
  readonly mark?: Uint8Array
}

/** Bytes of a checksum. */
const MARK = 16

/** The end of a log of which this was the last record. */
export function logEnd(sequence: number, bytes: Uint8Array): LogEnd {
  return { sequence, mark: bytes.slice(-MARK) }
}

/**
 * What is to be said where the end of a log is not there any more: some record of it was acknowledged once, and is not
 * in it. Undefined where it is. A place in the stream that was lost is given again, so a log that goes as far or
 * further may have lost records, too.
 */
export async function lostTail(bus: Bus, log: string, known: LogEnd): Promise<string | undefined> {
  const last = await bus.last(log)
  const end = last?.sequence ?? 0
  const [found] = end > known.sequence ? await bus.read(log, known.sequence) : [last]
  const isThere =
    found?.sequence === known.sequence &&
    (known.mark === undefined || areEqualBytes(found.bytes.slice(-MARK), known.mark))
  if (isThere) return undefined
  return `the tail of ${log} is lost: record ${String(known.sequence)} had been acknowledged, and the last one is ${String(end)}`
}
