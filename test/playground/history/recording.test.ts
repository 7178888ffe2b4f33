import { expect, test } from 'vitest'
import { Recording } from '../../../playground/history/recording.ts'
import type { Event, SessionState, SolutionForm } from '../../../playground/session/messages.ts'
import { recorded } from '../support/recorded.ts'
import type { Recorded } from '../support/recorded.ts'

const run = recorded('<1, 2, 3, 4, 5, sum = replace x::Int, y::Int by x + y>')!

function state(
  solution: SolutionForm,
  position: number,
  more: Partial<SessionState> = {},
): SessionState {
  const reactions = more.reactions ?? position
  const about = { status: 'paused', position, molecules: 0, elapsed: 0, solution } as const
  return { ...about, recorded: { first: 0, last: reactions }, ...more, reactions }
}

const noProgram = { canRun: true, diagnostics: [], rules: [], modules: [], hasRates: false }

/** What the page is told of a run, reaction by reaction. */
function events({ first, steps }: Recorded): readonly Event[] {
  return [
    { kind: 'loaded', load: 1, program: noProgram, state: state(first, 0, { status: 'ready' }) },
    ...steps.flatMap(({ form, solution }, i): Event[] => [
      { kind: 'reactions', load: 1, reactions: [form], skipped: 0 },
      { kind: 'state', load: 1, state: state(solution, i + 1) },
    ]),
  ]
}

test('a run that is told is a story, with figures for each rule and counts for each moment', () => {
  const recording = new Recording()
  for (const event of events(run)) recording.hear(event)
  expect(recording.story?.last).toBe(4)
  expect(recording.figures).toEqual([{ rule: 'sum', reactions: 4, taken: 8, given: 4, cost: 1 }])
  expect(recording.counts.xs('reaction')).toEqual([0, 1, 2, 3, 4])
  expect(recording.counts.series([{ kind: 'group', group: 'Int' }])[0]!.values).toEqual([
    5, 4, 3, 2, 1,
  ])
})

test('going back and making a reaction again loses nothing and counts nothing twice', () => {
  const recording = new Recording()
  for (const event of events(run)) recording.hear(event)
  const { form, solution } = run.steps[1]!
  recording.hear({
    kind: 'state',
    load: 1,
    state: state(run.steps[0]!.solution, 1, { reactions: 4 }),
  })
  recording.hear({ kind: 'reactions', load: 1, reactions: [form], skipped: 0 })
  recording.hear({ kind: 'state', load: 1, state: state(solution, 2, { reactions: 4 }) })
  expect(recording.story?.last).toBe(4)
  expect(recording.figures[0]!.reactions).toBe(4)
  expect(recording.counts.size).toBe(5)
})

test('after reactions that were not told, the story begins anew when it rests', () => {
  const recording = new Recording()
  const [loaded] = events(run)
  recording.hear(loaded!)
  const story = recording.story
  const { form, solution } = run.steps[3]!
  recording.hear({ kind: 'reactions', load: 1, reactions: [form], skipped: 3 })
  recording.hear({ kind: 'state', load: 1, state: state(solution, 4, { status: 'running' }) })
  expect(recording.story).toBe(story)
  recording.hear({ kind: 'state', load: 1, state: state(solution, 4) })
  expect(recording.story).not.toBe(story)
  expect([recording.story?.start, recording.skipped]).toEqual([4, 3])
})

test('another program begins with nothing', () => {
  const recording = new Recording()
  for (const event of events(run)) recording.hear(event)
  recording.hear(events(run)[0]!)
  expect([recording.story?.last, recording.figures.length, recording.counts.size]).toEqual([
    0, 0, 1,
  ])
})
