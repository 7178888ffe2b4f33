import { afterEach, describe, expect, test } from 'vitest'
import type { Event } from '../../playground/session/messages.ts'
import { Told, settings } from './support/told.ts'

let told = new Told()
afterEach(() => {
  told.send({ kind: 'pause' })
  told = new Told()
})

const max = 'let max = replace x, y by x if x >= y in <2, 9, 5, 3, max>'
const endless = 'let up = replace x::Int by x + 1 in <0, up>'

describe('a program in a session', () => {
  test('is loaded with its rules and what is there', () => {
    told.load(max)
    const [loaded] = told.events
    expect(loaded).toMatchObject({
      kind: 'loaded',
      program: { canRun: true, diagnostics: [], rules: [{ name: 'max' }] },
      state: { status: 'ready', reactions: 0, molecules: 5 },
    })
    expect(told.texts.toSorted()).toEqual(['2', '3', '5', '9', 'max'])
  })

  test('runs until it is inert', async () => {
    told.load(max)
    const state = await told.rest({ kind: 'run' })
    expect(state).toMatchObject({ status: 'ended', outcome: { kind: 'inert' }, reactions: 3 })
    expect(told.texts.toSorted()).toEqual(['9', 'max'])
  })

  test('with a mistake cannot run, and says where', () => {
    told.load('<1, replace x by y>')
    expect(told.events[0]).toMatchObject({
      kind: 'loaded',
      program: {
        canRun: false,
        diagnostics: [{ code: 'HOCL203', severity: 'error' }],
      },
      state: { status: 'empty' },
    })
    const [loaded] = told.events
    const [diagnostic] = loaded?.kind === 'loaded' ? loaded.program.diagnostics : []
    expect(diagnostic?.labels[0]).toMatchObject({ file: 'main.hocl', line: 1, column: 18 })
  })

  test('imports the other files of the page', async () => {
    const files = [
      { name: 'main.hocl', text: 'import "./more.hocl";\n<1, 2, sum>' },
      { name: 'more.hocl', text: 'let sum = replace x, y by x + y in' },
    ] as const
    told.send({ kind: 'load', load: 1, files, settings })
    await told.rest({ kind: 'run' })
    expect(told.texts.toSorted()).toEqual(['3', 'sum'])
  })

  test('that never ends is paused at once, and goes on', async () => {
    told.load(endless)
    told.send({ kind: 'finish' })
    await told.until((event): event is Event => event.kind === 'state' && event.state.reactions > 0)
    const paused = await told.rest({ kind: 'pause' })
    expect(paused.status).toBe('paused')
    const later = await told.rest({ kind: 'step', reactions: 3 })
    expect(later.reactions).toBeGreaterThanOrEqual(paused.reactions + 3)
  })

  test('ends at the limits that it was given', async () => {
    told.load(endless, { limits: { reactions: 50_000 } })
    const state = await told.rest({ kind: 'run' })
    expect(state).toMatchObject({ outcome: { kind: 'reaction-limit' }, reactions: 50_000 })
    told.load(endless, { limits: { milliseconds: 50 } })
    expect(await told.rest({ kind: 'run' })).toMatchObject({ outcome: { kind: 'time-limit' } })
  })
})

describe('time', () => {
  test('goes by steps, and back', async () => {
    told.load(max)
    const two = await told.rest({ kind: 'step', reactions: 2 })
    expect(two).toMatchObject({ position: 2, reactions: 2, recorded: { first: 0, last: 2 } })
    const back = await told.rest({ kind: 'back', reactions: 1 })
    expect(back).toMatchObject({ status: 'paused', position: 1, reactions: 2 })
    expect(told.texts).toHaveLength(4)
    const again = await told.rest({ kind: 'step', reactions: 1 })
    expect(again).toMatchObject({ position: 2, reactions: 2 })
    await told.rest({ kind: 'seek', reactions: 0 })
    expect(told.texts).toHaveLength(5)
  })

  test('takes another course where something is put in', async () => {
    told.load(max)
    await told.rest({ kind: 'run' })
    await told.rest({ kind: 'seek', reactions: 1 })
    const changed = await told.rest({ kind: 'inject', molecules: '100' })
    expect(changed).toMatchObject({ position: 1, reactions: 1 })
    await told.rest({ kind: 'run' })
    expect(told.texts.toSorted()).toEqual(['100', 'max'])
  })

  test('tells each reaction with what it took and gave', async () => {
    told.load('let max = replace x, y by x if x >= y in <A:<2, 9, max>>')
    await told.rest({ kind: 'run' })
    const { reactions } = await told.until(
      (event): event is Extract<Event, { kind: 'reactions' }> => event.kind === 'reactions',
    )
    expect(reactions).toMatchObject([
      {
        number: 1,
        rule: { name: 'max', at: { line: 1 } },
        taken: [{ text: '9' }, { text: '2' }],
        given: [{ text: '9' }],
        level: 1,
        membrane: [{ index: 0 }],
      },
    ])
  })

  test('stops where a rule has reacted, and where a pattern matches', async () => {
    told.load('let a = replace A:x by B:x in let b = replace B:x by C:x in <A:1, A:2, a, b>')
    told.send({ kind: 'breakpoints', breakpoints: [{ kind: 'rule', name: 'b' }] })
    expect(await told.rest({ kind: 'run' })).toMatchObject({ status: 'paused', stoppedAt: 'b' })
    told.send({ kind: 'breakpoints', breakpoints: [{ kind: 'pattern', pattern: 'C:1, C:2' }] })
    expect(await told.rest({ kind: 'run' })).toMatchObject({ stoppedAt: 'C:1, C:2' })
  })

  test('is simulated where rules have rates', async () => {
    const decay = 'let decay = replace A by B @ 1.0 in <A^50, decay>'
    told.load(decay, { isStochastic: true })
    await told.rest({ kind: 'step', reactions: 10 })
    const state = await told.rest({ kind: 'run' })
    expect(state).toMatchObject({ reactions: 50, outcome: { kind: 'inert' } })
    expect(state.time).toBeGreaterThan(0)
    expect(told.texts.toSorted()).toEqual(['B^50', 'decay'])
  })

  test('has a time in the past too, where it has one at all', async () => {
    told.load('let decay = replace A by B @ 1.0 in <A^5, decay>', { isStochastic: true })
    const end = await told.rest({ kind: 'finish' })
    const before = await told.rest({ kind: 'seek', reactions: 2 })
    expect(before.time).toBeLessThan(end.time ?? 0)
    told.load('<1, 2, 3, replace x, y by x + y>')
    await told.rest({ kind: 'step', reactions: 2 })
    expect(await told.rest({ kind: 'back', reactions: 1 })).not.toHaveProperty('time')
  })

  test.each(['run', 'finish'] as const)(
    'ends at the simulated time that was set (%s)',
    async (kind) => {
      told.load('let decay = replace A by B @ 1.0 in <A^50, decay>', {
        isStochastic: true,
        limits: { until: 0.5 },
      })
      const state = await told.rest({ kind })
      expect(state).toMatchObject({ status: 'ended', outcome: { kind: 'until' }, time: 0.5 })
      expect(state.reactions).toBeGreaterThan(5)
      expect(state.reactions).toBeLessThan(45)
    },
  )

  test('can be slow', async () => {
    told.load(endless)
    told.send({ kind: 'speed', perSecond: 100 })
    told.send({ kind: 'run' })
    await told.until((event): event is Event => event.kind === 'state' && event.state.reactions > 2)
    const { reactions } = await told.rest({ kind: 'pause' })
    expect(reactions).toBeLessThan(1000)
  })
})

describe('a large solution', () => {
  test('is told in part, with counts of all', async () => {
    told.load('let max = replace x::Int, y::Int by x if x >= y in <...range(1, 100000), max>')
    const [loaded] = told.events
    if (loaded?.kind !== 'loaded') throw new Error('it is loaded')
    const { solution } = loaded.state
    expect(solution?.entries).toHaveLength(2_500)
    expect(solution?.kinds[0]).toMatchObject({ group: 'Int' })
    expect(solution?.distinct).toBeGreaterThan(99_000)
    const state = await told.rest({ kind: 'finish' })
    expect(state.outcome).toEqual({ kind: 'inert' })
    expect(told.texts).toHaveLength(2)
  })
})

describe('a program with a console', () => {
  test('writes and asks', async () => {
    told.load('<one ∅ by ...[console.writeLine("hello"), []][1], one ∅ by console.ask("who?")>')
    const from = told.events.length
    told.send({ kind: 'run' })
    await told.until((event): event is Event => event.kind === 'output', from)
    const asked = await told.until(
      (event): event is Extract<Event, { kind: 'question' }> => event.kind === 'question',
      from,
    )
    expect(asked.text).toBe('who?')
    const state = await told.rest({ kind: 'answer', line: 'me' })
    expect(state.outcome).toEqual({ kind: 'inert' })
    expect(told.texts).toEqual(['"me"'])
  })
})

test('what cannot be done is refused, and nothing changes', async () => {
  told.load(max)
  await told.session.hear({ kind: 'inject', molecules: '<<<' })
  await told.session.hear({ kind: 'remove', molecules: '77' })
  const refused = told.events.filter(({ kind }) => kind === 'refused')
  expect(refused).toMatchObject([{ command: 'inject' }, { command: 'remove' }])
})
