import type { Bus } from './bus.ts'

/**
 * What is to be said where the end of a log is not there any more: some record of it was acknowledged once, and the
 * log has none of that sequence. Undefined where it is there. A place in the stream that was lost is given again, so
 * a log that goes further may have lost records, too.
 */
export async function lostTail(bus: Bus, log: string, known: number): Promise<string | undefined> {
  if (known === 0) return undefined
  const last = (await bus.last(log))?.sequence ?? 0
  if (last === known) return undefined
  const [next] = last > known ? await bus.read(log, known) : []
  return next?.sequence === known ? undefined : lostTailText(log, known, last)
}

function lostTailText(log: string, known: number, last: number): string {
  return `the tail of ${log} is lost: record ${String(known)} had been acknowledged, and the last one is ${String(last)}`
}
