import { describe, expect, test } from 'vitest'
import {
  VirtualClock,
  resultOf,
  runWorkflow,
  workflowFromJson,
  workflowText,
} from '../../workflow/index.ts'
import type { TaskState, Workflow } from '../../workflow/index.ts'

describe('a description', () => {
  test.each([
    ['[]', 'expected an object'],
    ['{"tasks": {"a": {}}}', '`a` is no name of a task'],
    ['{"tasks": {"NONE": {}}}', 'means something else'],
    ['{"tasks": {"A": {"servce": "f"}}}', '`tasks.A.servce`: this is not known here'],
    ['{"tasks": {"A": {"service": "f", "each": "g"}}}', 'one of service and each'],
    [
      '{"tasks": {"A": {"retry": {"times": -1}}}}',
      '`tasks.A.retry.times`: expected a whole number',
    ],
    ['{"tasks": {"A": {"arguments": [{}]}}}', '`tasks.A.arguments[0]`: an argument has'],
    ['{"tasks": {"A": {"one": [{"task": "B"}]}, "B": {}}}', '`B` does not wait for `A`'],
    ['{"tasks": {}, "result": "B"}', 'there is no task `B`'],
    [
      '{"tasks": {"A": {"workflow": {"tasks": {"OUTPUT": {"retry": {"times": 1, "wait": 9}}}}}}}',
      'nobody keeps the time',
    ],
    ['{"tasks": ', 'this is not JSON'],
  ])('%s is refused: %s', (json, message) => {
    expect(() => workflowFromJson(json)).toThrow(message)
  })

  test('becomes a program', () => {
    const text = workflowText({
      tasks: {
        A: { service: 'f', arguments: [{ value: [1, 'x'] }] },
        B: { after: ['A'], each: 'g', retry: { times: 2 }, undo: 'h' },
      },
    })
    expect(text).toBe(`import hocl.workflow;
<
  A:<ARGS:[Value1], DST:<B>, IN:<FROM:Value1:[1, "x"]>, SRC:<>, SRV:"f">,
  B:<DST:<>, IN:<>, SRC:<A>, UNDO:"h", RETRY:2:0, SRV:EACH:"g">,
  ...workflow
>
`)
  })
})

describe('a run', () => {
  test('tries again after a while, each time twice as long, on a clock that jumps', async () => {
    let tries = 0
    const clock = new VirtualClock()
    const workflow: Workflow = {
      tasks: { A: { service: 'flaky', arguments: [], retry: { times: 5, wait: 100 } } },
      result: 'A',
    }
    const flaky = (): number => {
      tries++
      if (tries < 4) throw new Error(`try ${String(tries)}`)
      return tries
    }
    const run = await runWorkflow(workflow, { clock, host: { flaky } })
    expect(resultOf(workflow, run)).toBe(4)
    expect(clock.now()).toBe(700)
  })

  test('retries while another call is under way', async () => {
    let tries = 0
    let release: (value: number) => void = () => undefined
    const flaky = (): number => {
      if (++tries < 2) throw new Error('not yet')
      release(1)
      return 2
    }
    const slow = (): Promise<number> => new Promise((resolve) => (release = resolve))
    const run = await runWorkflow(
      {
        tasks: {
          S: { service: 'slow', arguments: [] },
          A: { service: 'flaky', arguments: [], retry: { times: 1, wait: 5 } },
        },
      },
      { host: { flaky, slow } },
    )
    // The slow call ends only when the second try is made, so somebody ticked in between.
    expect(run.results).toEqual(
      new Map([
        ['A', 2],
        ['S', 1],
      ]),
    )
  })

  test('runs nothing again that succeeded when it adapts, and swallows what comes late', async () => {
    const counts = new Map<string, number>()
    const counted = (name: string, work: () => unknown) => () => {
      counts.set(name, (counts.get(name) ?? 0) + 1)
      return work()
    }
    let late: (value: string) => void = () => undefined
    const host = {
      first: counted('first', () => 1),
      slow: counted('slow', () => new Promise((resolve) => (late = resolve as typeof late))),
      broken: counted('broken', () => Promise.reject(new Error('broken'))),
      other: counted('other', () => {
        late('too late')
        return new Promise((resolve) => setTimeout(resolve, 5, 'instead'))
      }),
      last: counted('last', () => 'done'),
    }
    const call = (service: string, ...from: string[]) => ({ service, arguments: [], after: from })
    const workflow: Workflow = {
      tasks: {
        A: call('first'),
        B: call('slow', 'A'),
        C: call('broken', 'A'),
        D: { after: ['B', 'C'], service: 'last', arguments: [] },
      },
      adapt: [{ replaces: ['B', 'C'], exit: 'E', with: { tasks: { E: call('other', 'A') } } }],
      result: 'D',
    }
    const run = await runWorkflow(workflow, { host })
    expect(resultOf(workflow, run)).toBe('done')
    expect(run.results.get('E')).toBe('instead')
    expect(run.results.has('B')).toBe(false)
    expect(Object.fromEntries(counts)).toEqual({ first: 1, slow: 1, broken: 1, other: 1, last: 1 })
    expect(run.states.get('B')).toBe<TaskState>('removed')
  })

  test('shows how far the tasks are', async () => {
    const seen: (TaskState | undefined)[] = []
    await runWorkflow(
      {
        tasks: {
          A: { service: 'f', arguments: [] },
          B: { service: 'f', arguments: [], after: ['A'] },
        },
      },
      {
        host: { f: () => new Promise((resolve) => setTimeout(resolve, 2, 1)) },
        observe: ({ states }) => seen.push(states.get('B')),
      },
    )
    expect([...new Set(seen.filter((state) => state !== undefined))]).toEqual([
      'waiting',
      'running',
      'done',
    ])
  })

  test('can be broken off', async () => {
    const ending = new AbortController()
    const running = runWorkflow(
      { tasks: { A: { service: 'never', arguments: [] } } },
      { host: { never: () => new Promise(() => undefined) }, signal: ending.signal },
    )
    ending.abort()
    const { outcome } = await running
    expect(outcome.kind).toBe('aborted')
  })

  test('says what failed, or that nothing comes', async () => {
    const workflow: Workflow = { tasks: { A: { service: 'f', arguments: [] } }, result: 'A' }
    const run = await runWorkflow(workflow, { host: { f: () => Promise.reject(new Error('no')) } })
    expect(() => resultOf(workflow, run)).toThrow('`A` failed: no')
    const stuck: Workflow = { tasks: { A: { after: ['B'] } }, result: 'A' }
    expect(resultOf.bind(undefined, stuck, await runWorkflow(stuck))).toThrow('does not come')
  })
})
