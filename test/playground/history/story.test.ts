import fc from 'fast-check'
import { expect, test } from 'vitest'
import { causesOf } from '../../../playground/history/causes.ts'
import { changeOf, lanesOf } from '../../../playground/history/marks.ts'
import { Story } from '../../../playground/history/story.ts'
import type { Lot } from '../../../playground/history/story.ts'
import type { ReactionForm, SolutionForm } from '../../../playground/session/messages.ts'
import { laws } from '../../support/laws.ts'
import { nestedProgram } from '../../support/nested-programs.ts'
import { randomProgram } from '../../support/random-programs.ts'
import { recorded } from '../support/recorded.ts'
import type { Recorded } from '../support/recorded.ts'

function storyOf({ first, steps }: Pick<Recorded, 'first' | 'steps'>): Story {
  const story = new Story(first)
  for (const { form } of steps) expect(story.note(form)).toBe(true)
  return story
}

/** How many there are of each molecule in the outermost solution. */
function countsOf(story: Story): Map<number, number> {
  const counts = new Map<number, number>()
  for (const lot of story.living())
    if (lot.within === undefined)
      counts.set(lot.molecule, (counts.get(lot.molecule) ?? 0) + lot.copies)
  return sortedMap(counts)
}

function countsIn({ entries }: SolutionForm): Map<number, number> {
  return sortedMap(new Map(entries.map(({ id, copies }) => [id, copies])))
}

function sortedMap(map: Map<number, number>): Map<number, number> {
  return new Map([...map].sort(([a], [b]) => a - b))
}

/** Whether the way to each reaction is known, as it must be for the story to be whole. */
function isKnown({ steps }: Recorded): boolean {
  return steps.every(({ form }) => form.membrane !== undefined)
}

test('the lots of a story are what is there, after each reaction of any run', () => {
  let runs = 0
  laws(
    120,
    fc.property(
      fc.oneof(randomProgram, nestedProgram),
      fc.integer({ min: 1, max: 9 }),
      (made, seed) => {
        const run = recorded(textOf(made), { most: 12, seed })
        if (run === undefined || !isKnown(run)) return
        runs++
        const story = new Story(run.first)
        expect(countsOf(story)).toEqual(countsIn(run.first))
        for (const { form, solution } of run.steps) {
          story.note(form)
          expect(countsOf(story)).toEqual(countsIn(solution))
        }
      },
    ),
  )
  expect(runs).toBeGreaterThan(60)
})

test('what a reaction takes was given by an earlier one or was there, in any run', () => {
  laws(
    120,
    fc.property(fc.oneof(randomProgram, nestedProgram), (made) => {
      const run = recorded(textOf(made), { most: 12 })
      if (run === undefined) return
      const story = storyOf(run)
      for (const { form } of run.steps) {
        const deed = story.deed(form.number)!
        for (const id of [...deed.taken, ...deed.kept])
          expect(story.lot(id)!.from).toBeLessThan(form.number)
        for (const id of deed.given) expect(story.lot(id)!.from).toBe(form.number)
      }
    }),
  )
})

test('the causes of a molecule are enough to make it: nothing that they take is missing', () => {
  laws(
    120,
    fc.property(fc.oneof(randomProgram, nestedProgram), (made) => {
      const run = recorded(textOf(made), { most: 12 })
      if (run === undefined) return
      const story = storyOf(run)
      for (const lot of story.living()) {
        const { deeds, isCut } = causesOf(story, lot, { past: true, future: false, most: Infinity })
        expect(isCut).toBe(false)
        const told = new Set(deeds.map(({ number }) => number))
        const needed = (each: Lot): boolean => each.from === 0 || told.has(each.from)
        expect(needed(lot)).toBe(true)
        for (const deed of deeds)
          for (const id of [...deed.taken, ...deed.kept]) expect(needed(story.lot(id)!)).toBe(true)
      }
    }),
  )
})

test('where a molecule came from, and what became of it', () => {
  const run = recorded(
    '<A, (replace-one A by B:1, B:2), (replace-one B:x, B:y by C:(x + y)), (replace-one C:x by D)>',
  )!
  const story = storyOf(run)
  expect(run.steps).toHaveLength(3)
  const b = run.steps[0]!.form.given[0]!
  const { deeds, arrows } = causesOf(story, story.lotOf(b.id)!, {
    past: true,
    future: true,
    most: 9,
  })
  expect(new Set(deeds.map(({ number }) => number))).toEqual(new Set([1, 2, 3]))
  expect(arrows.filter(({ kind }) => kind === 'given')).toHaveLength(4)
  const past = causesOf(story, story.lotOf(b.id)!, { past: true, future: false, most: 9 })
  expect(past.deeds.map(({ number }) => number)).toEqual([1])
  const future = causesOf(story, story.lotOf(b.id)!, { past: false, future: true, most: 1 })
  expect(future.deeds.map(({ number }) => number)).toEqual([2])
  expect(future.isCut).toBe(true)
})

test('what happened in a solution is part of where its content came from', () => {
  const run = recorded(
    'let max = replace x, y by x if x >= y in let clean = replace-one <max = m, ω> by ω in <<2, 9, 5, max>, clean>',
  )!
  const story = storyOf(run)
  const nine = run.steps.at(-1)!.form.given.find(({ text }) => text === '9')!
  const { deeds } = causesOf(story, story.lotOf(nine.id)!, { past: true, future: false, most: 99 })
  expect(new Set(deeds.map(({ number }) => number))).toEqual(new Set([1, 2, 3]))
})

test('a reaction that was undone and is made again changes nothing; another one in its place does', () => {
  const text = '<1, 2, 3, 4, replace x, y by x + y if x < y>'
  const one = recorded(text, { seed: 1 })!
  const story = storyOf(one)
  story.note(one.steps[0]!.form)
  expect(story.last).toBe(one.steps.length)
  const { form } = one.steps[0]!
  const different: ReactionForm = { ...form, rule: { ...form.rule, id: 12_345 } }
  story.note(different)
  expect(story.last).toBe(1)
  expect(story.deed(2)).toBeUndefined()
})

test('where reactions are missing, it says so', () => {
  const { first, steps } = recorded('<1, 2, 3, 4, replace x, y by x + y if x < y>')!
  const story = new Story(first)
  expect(story.note(steps[1]!.form)).toBe(false)
  expect(story.last).toBe(0)
})

test('what was put in and what was taken out is noted as such', () => {
  const { first } = recorded('<1, 2>')!
  const story = new Story(first)
  const three = { id: 99, kind: 'int', text: '3', group: 'Int', copies: 2 } as const
  const entries = [...first.entries.slice(1), three]
  story.compare({ ...first, entries, distinct: entries.length })
  expect([...story.living()].map(({ text, copies }) => [text, copies])).toEqual([
    ['2', 1],
    ['3', 2],
  ])
})

test('a timeline has a lane for each rule, the busiest first, and the rest together', () => {
  const { steps } = recorded(
    '<A^4, X^2, (one X by ∅), (one X by ∅), a = replace A by B, b = replace B by C, c = replace C by ∅>',
  )!
  const reactions = steps.map(({ form }) => form)
  const lanes = lanesOf(reactions, { first: 0, last: reactions.length }, { pieces: 7, most: 3 })
  expect(lanes.map(({ total }) => total).reduce((a, b) => a + b)).toBe(14)
  expect(lanes).toHaveLength(3)
  for (const { counts, total } of lanes) expect(counts.reduce((a, b) => a + b)).toBe(total)
  expect(lanes.at(-1)!.rule).toMatch(/other rules$/)
})

test('the difference of a reaction tells what went, what came, and what was only needed', () => {
  const { steps } = recorded('<4, 9, max = replace x, y by x, BIGGER if x > y>')!
  const lines = changeOf(steps[0]!.form).map(({ sign, text }) => `${sign}${text}`)
  expect(lines).toEqual(['−4', '+BIGGER', '=9'])
  const once = recorded('<4, (with 4 inject 5)>')!
  expect(changeOf(once.steps[0]!.form).map(({ sign }) => sign)).toEqual(['−', '+', '='])
})

function textOf(made: string | { readonly text: string }): string {
  return typeof made === 'string' ? made : made.text
}
