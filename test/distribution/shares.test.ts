import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MemoryBus } from '../../distribution/index.ts'
import { sharesOf } from '../../distribution/shares.ts'
import { Turns } from '../../distribution/turns.ts'

describe('shards are shared out', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 9 })

  test('so that no node has more than it must', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), names, (shards, nodes) => {
        const shares = sharesOf(shards, nodes)
        expect(shares).toHaveLength(shards)
        const most = Math.ceil(shards / nodes.length)
        for (const node of nodes)
          expect(shares.filter((each) => each === node).length).toBeLessThanOrEqual(most)
        expect(shares.every((each) => nodes.includes(each))).toBe(true)
      }),
    )
  })

  test('in the same way by whoever knows the same nodes', () => {
    fc.assert(
      fc.property(names, (nodes) => {
        expect(sharesOf(20, [...nodes].reverse())).toEqual(sharesOf(20, nodes))
      }),
    )
  })

  test('anew for few of them when a node comes', () => {
    const nodes = Array.from({ length: 9 }, (_, i) => `node-${String(i)}`)
    const [before, after] = [sharesOf(900, nodes), sharesOf(900, [...nodes, 'late'])]
    const moved = before.filter((node, shard) => after[shard] !== node).length
    // A tenth has to move to the one that came.
    expect(moved).toBeGreaterThanOrEqual(90)
    expect(moved).toBeLessThan(250)
  })
})

describe('what the shards of a node have to do', () => {
  test('is done in its order, with a pause after what takes long', async () => {
    let now = 0
    const turns = new Turns({ clock: () => now, bus: new MemoryBus() })
    const done: string[] = []
    const others = new Promise<void>((resolve) =>
      setImmediate(() => {
        done.push('others')
        resolve()
      }),
    )
    const work = (name: string, takes: number): Promise<string> =>
      turns.take(() => {
        now += takes
        done.push(name)
        return name
      })
    const all = await Promise.all([work('a', 1), work('b', 5), work('c', 1), work('d', 1)])
    await others
    expect(all).toEqual(['a', 'b', 'c', 'd'])
    expect(done.indexOf('others')).toBeLessThan(done.indexOf('c'))
    expect(done.filter((each) => each !== 'others')).toEqual(['a', 'b', 'c', 'd'])
  })

  test('goes on when something goes wrong', async () => {
    const turns = new Turns({ clock: () => 0, bus: new MemoryBus() })
    const wrong = turns.take(() => {
      throw new Error('wrong')
    })
    const right = turns.take(() => 'right')
    await expect(wrong).rejects.toThrow('wrong')
    expect(await right).toBe('right')
  })

  test('waits for the log where too much is on its way', async () => {
    const answers: ((sequence: number) => void)[] = []
    const append = (): Promise<number> => new Promise((resolve) => answers.push(resolve))
    const turns = new Turns({ clock: () => 0, bus: { append } })
    const written = Array.from({ length: 3 }, () => turns.append('a.0', new Uint8Array(100_000), 0))
    let isDone = false
    const work = turns.take(() => (isDone = true))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(isDone).toBe(false)
    answers.shift()?.(1)
    await work
    for (const answer of answers) answer(2)
    expect(await Promise.all(written)).toEqual([1, 2, 2])
  })
})
