import { describe, expect, test } from 'vitest'
import { statusOf } from '../../distribution/index.ts'
import { SOLUTION, faultRun } from '../support/fault-run.ts'
import { cutTail, scenes } from '../support/fault-scenes.ts'
import { natsServer } from '../support/nats-server.ts'

/*
 * Words are counted on three nodes in processes of their own, at a real server, while something happens. Each word
 * that was acknowledged counts once, and an auditor who reads the log from its beginning finds nothing wrong.
 * `npm run faults` prints the same as a table.
 */

describe('each word that was acknowledged counts once, when', () => {
  test.each(scenes.map((scene) => [scene.name, scene] as const))(
    '%s',
    async (_, scene) => {
      const run = await scene.run()
      expect(run.fault).toBeUndefined()
      expect(run.status, run.told).toMatchObject({ state: 'inert' })
      expect(run.acknowledged).toBeGreaterThan(200)
      expect(run.counted).toBe(run.acknowledged)
      expect(run.isExact).toBe(true)
      if (scene.says !== undefined) expect(run.told).toContain(scene.says)
    },
    120_000,
  )
})

test('a log whose tail is lost is not gone on with, and whoever asks is told which it is', async () => {
  await using server = await natsServer()
  const run = await faultRun({
    url: server.url,
    meanwhile: async ({ pause, bus }) => {
      // There is more than what is cut off, and what the nodes began with.
      while ((await statusOf(bus, SOLUTION, 9)).sequence < 100) await pause(50)
      await server.stop('SIGKILL')
      cutTail(server, 4_000)
      await server.start()
    },
  })
  const lost = /the tail of counted\.\d+ is lost: record \d+ had been acknowledged/
  expect(run.told).toMatch(lost)
  expect(run.status, run.told).toMatchObject({ state: 'failed' })
  expect(run.status.why).toMatch(lost)
}, 120_000)
