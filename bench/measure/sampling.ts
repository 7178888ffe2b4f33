/** CPU milliseconds of this process, user and system, that something took. */
export function cpuOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  return cpuSince(before)
}

/** The same for what answers later. */
export async function cpuOfLater(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  return cpuSince(before)
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Collects what died young, and waits until threads are done: what was before is not to be in the next sample. */
export async function settle(): Promise<void> {
  // Not all garbage: V8 then throws away what it has optimised for objects that are gone, and the next
  // sample would be of cold code (max, 10,000: 25 ms instead of 2.5).
  await collect({ type: 'minor' })
}

/** Bytes on the heap and in array buffers that are in use. */
export async function bytesInUse(): Promise<number> {
  await collect({ type: 'major' })
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

async function collect({ type }: { readonly type: 'minor' | 'major' }): Promise<void> {
  if (globalThis.gc === undefined) throw new Error('start Node with --expose-gc')
  globalThis.gc({ type, execution: 'sync' })
  await new Promise((resolve) => setTimeout(resolve, 20))
}

/** The middle one; of an even number, the mean of the two in the middle. NaN of none. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const upper = sorted[Math.floor(half)] ?? NaN
  const lower = sorted[Math.ceil(half) - 1] ?? NaN
  return (lower + upper) / 2
}

/** How often to repeat what takes so long, for a sample that is long enough to be measured. */
export function repetitions(ms: number, enoughMs: number): number {
  return Math.min(10_000, Math.max(1, Math.ceil(enoughMs / Math.max(ms, 0.001))))
}
