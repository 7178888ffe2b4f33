import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Recording } from '../../../playground/history/recording.ts'
import type { Event } from '../../../playground/session/messages.ts'
import { root } from '../../../scripts/tools.ts'
import { Told } from '../support/told.ts'

const programs = {
  'numbers that meet': 'let max = replace x, y by x if x >= y in <4, 8, 8, 15, 16, 23, 42, max>',
  'copies, and those below nothing': '<A^5, B^-2, replace A, A by B, "x"^3, D:1.5>',
  'solutions in solutions':
    'let sum = replace x::Int, y::Int by x + y in <C:<1, 2, 3, sum>, C:<4, 5, sum>, <6>, replace C:<x::Int, ω> by x, <x, x>>',
  'rules that come and go': '<1, 2, 3, GO, one GO by replace x::Int by D:x, one D:x by <D:x, x>>',
  'a workflow': readFileSync(join(root, 'examples/workflow.hocl'), 'utf8'),
}

/** All that a chart can show of what these events told. */
function shown(events: readonly Event[]): readonly unknown[] {
  const recording = new Recording()
  for (const event of events) recording.hear(event)
  const { counts } = recording
  const groups = counts.groups.toSorted()
  const observables = groups.map((group) => ({ kind: 'group', group }) as const)
  const series = counts
    .series([...observables, { kind: 'all' }])
    .filter(({ values }) => values.some((value) => value !== 0))
  return [counts.xs('reaction'), series]
}

test.each(Object.entries(programs))(
  '%s are counted alike by reactions and by looks',
  async (_, text) => {
    const quick = new Told()
    quick.load(text)
    quick.send({ kind: 'watch', watch: { entries: 500, reactions: true } })
    const end = await quick.rest({ kind: 'finish' })
    expect(end.outcome?.kind).toBe('inert')
    expect(end.reactions).toBeGreaterThan(1)
    // Nothing is seen of the solution between the beginning and the end.
    const byReactions = quick.events.filter(({ kind }) => kind === 'loaded' || kind === 'reactions')

    const slow = new Told()
    slow.load(text)
    slow.send({ kind: 'watch', watch: { entries: 500, reactions: false } })
    for (let i = 0; i < end.reactions; i++) await slow.rest({ kind: 'step', reactions: 1 })
    const byLooks = slow.events.filter(({ kind }) => kind === 'loaded' || kind === 'state')

    expect(shown(byReactions)).toEqual(shown(byLooks))
  },
)
