import { describe, expect, test } from 'vitest'
import { timed } from '../../bench/peers/timed-process.ts'

const node = (code: string, more: { input?: string; memory?: number } = {}) => ({
  file: process.execPath,
  args: ['-e', code],
  ...more,
})

/** Works until it has used so much CPU itself. */
const work = (milliseconds: number): string =>
  `while (process.cpuUsage().user + process.cpuUsage().system < ${milliseconds}e3);`

// Peers are run through bash, and watched through /proc.
describe.skipIf(process.platform !== 'linux')('a process that is timed', () => {
  test('tells what it printed, and the CPU time that it says it used', async () => {
    const run = await timed(node(`${work(300)} console.log('RESULT 1'); console.error('note')`), {
      seconds: 60,
    })
    expect(run).toMatchObject({ ending: 'finished', output: 'RESULT 1\n', errors: 'note\n' })
    expect(run.seconds).toBeGreaterThanOrEqual(0.3)
    expect(run.peakBytes).toBeGreaterThan(2 ** 20)
  })

  test('is cut off when it has used too much, and that is what it used', async () => {
    const run = await timed(node('for (;;);'), { seconds: 0.2 })
    expect(run.ending).toBe('cut off')
    expect(run.seconds).toBeGreaterThanOrEqual(0.2)
  })

  test('fails with its code', async () => {
    expect(await timed(node('process.exit(3)'), { seconds: 60 })).toMatchObject({
      ending: 'failed',
    })
  })

  test('reads what it is given', async () => {
    const echo = node('process.stdin.pipe(process.stdout)', { input: 'red go(1) .\n' })
    expect(await timed(echo, { seconds: 60 })).toMatchObject({ output: 'red go(1) .\n' })
  })

  test('gets no more memory than it may have', async () => {
    const greedy = {
      file: 'bash',
      args: ['-c', 'x=$(head -c 300000000 /dev/zero | tr "\\0" a)'],
      memory: 2 ** 26,
    }
    expect(await timed(greedy, { seconds: 60 })).toMatchObject({ ending: 'failed' })
  })

  test('that is not there fails', async () => {
    expect(await timed({ file: './no-such-program', args: [] }, { seconds: 60 })).toMatchObject({
      ending: 'failed',
    })
  })
})
