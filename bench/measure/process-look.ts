import { readFileSync } from 'node:fs'

/** What a running process has used so far. */
export interface Usage {
  /** CPU, user and system, to the hundredth. */
  readonly seconds: number
  /** The most memory that it had at a time. */
  readonly peakBytes: number
}

/** Looks at a process by its id. Undefined where it has ended, or where the system has no `/proc`. */
export function usageOf(pid: number): Usage | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const kib = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0)
    // Fields 14 and 15, in hundredths of a second. The name before them may hold anything but `)`.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    return { seconds: ticks / 100, peakBytes: kib * 1024 }
  } catch {
    return undefined
  }
}
