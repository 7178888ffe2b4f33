import { expect, test } from 'vitest'
import { Source } from '../../grammar/index.ts'
import { lowerSource, noModules, prelude } from '../../interpreter/index.ts'
import { planText, plansOf } from '../../vm/index.ts'

function programOf(text: string) {
  return lowerSource(new Source('p.hocl', text), { host: prelude, modules: noModules })
}

/** The steps of the search for what a rule takes beside the molecule that is tried as `as`. */
function steps(text: string, as: string): readonly string[] {
  const searches = plansOf(programOf(text)).flatMap((plan) => plan.searches)
  return searches.find((search) => search.as === as)?.steps ?? []
}

test('a variable that two patterns share is looked up by a hash index', () => {
  expect(steps('<replace w::String:a, w:b by w:(a + b)>', 'w::String:a')).toEqual([
    'find w:b by a hash index on field 1 = w',
  ])
})

test('an equation over the wanted molecule alone is looked up by a functional index', () => {
  const text = 'let n = 5 in <replace P:i, F:i, F:j by E:i if j == (i + 1) % n>'
  expect(steps(text, 'F:j')).toEqual([
    'find P:i by a functional index on (i + 1) % 5 = j',
    'check j == (i + 1) % 5',
    'find F:i by a hash index on field 2 = i',
  ])
})

test('a part of the condition is checked as soon as its variables are bound', () => {
  expect(steps('<replace x::Int, y::Int by x if y > 3 && x > 2>', 'x::Int')).toEqual([
    'check x > 2',
    'find y::Int by looking at each `Int`: no key is known; where that takes long, by an ordered index on field 1 > 3',
    'check y > 3',
  ])
})

test('a repeated whole molecule is looked up by all of it', () => {
  expect(steps('<replace x, x by x>', 'x')).toContain(
    'find x by a hash index on the whole molecule = x',
  )
})

test('a rest is taken without copying, and a pattern without one checks that nothing is left', () => {
  expect(steps('<replace-one <A, ω> by ω>', '<A, ω>').at(-1)).toBe(
    'take the rest of <A, ω> without copying it',
  )
  expect(steps('<replace-one <A> by B>', '<A>').at(-1)).toBe('check that nothing is left in <A>')
})

test('what all copies are taken of is looked for last', () => {
  expect(steps('<replace-one x^k, B:y, C:y by k>', 'B:y')).toEqual([
    'find C:y by a hash index on field 2 = y',
    'find x^k by looking at each molecule: no key is known',
  ])
})

test('a reactant that the product gives back stays where it is', () => {
  expect(plansOf(programOf('<replace x, y by x if x >= y>')).map((plan) => plan.keeps)).toEqual([
    ['x'],
  ])
  expect(plansOf(programOf('<with A inject A>')).map((plan) => plan.keeps)).toEqual([[]])
})

test('a program without rules says so', () => {
  expect(planText(programOf('<1, 2>'))).toBe('no rule: nothing can react\n')
})
