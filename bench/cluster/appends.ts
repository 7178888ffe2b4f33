import { clock, head, row, whole } from './scene.ts'
import type { Scene } from './scene.ts'

/** Records that the server takes in two seconds, one after the other in each log. */
export async function appends({ bus }: Scene): Promise<void> {
  head('logs at once', 'records/s, 1 kB each')
  for (const logs of [1, 16, 64]) {
    const bytes = new Uint8Array(1_000)
    const end = clock() + 2_000
    let count = 0
    const writer = async (log: string): Promise<void> => {
      for (let last = 0; clock() < end; count++) last = await bus.append(log, bytes, last)
    }
    const names = Array.from({ length: logs }, (_, i) => `appends${String(logs)}.${String(i)}`)
    await Promise.all(names.map(writer))
    await bus.forget(`appends${String(logs)}`)
    row(String(logs), whole(count / 2))
  }
}
