import { expect, test } from 'vitest'
import { ClusterHost, MemoryBus, subjects } from '../../distribution/index.ts'
import { prelude } from '../../interpreter/index.ts'

/** Its logs cannot be read while it is away. */
class Away extends MemoryBus {
  isAway = false

  override async last(log: string) {
    if (this.isAway) throw new Error('the server is away')
    return await super.last(log)
  }

  comeBack(): void {
    this.isAway = false
    this.lose(Infinity)
  }
}

test('a node that could not reach its server says so as long as that is so', async () => {
  const bus = new Away()
  const clock = (): number => performance.now()
  const host = await ClusterHost.start({ name: 'one', bus, host: prelude, clock })
  bus.isAway = true
  bus.send(subjects.announcements, 'some')
  await expect.poll(() => host.presence.trouble?.what).toBe('the server is away')
  bus.comeBack()
  expect(host.presence.trouble).toBeUndefined()
  await host.leave()
})
