import fc from 'fast-check'
import { expect, test } from 'vitest'
import { find, inside, isSolution, isRule, shapeOf } from '../../../interpreter/index.ts'
import type { Molecule, Rule, RuleShape, SolutionValue } from '../../../interpreter/index.ts'
import { influencesOf } from '../../../playground/influence/influence.ts'
import { influenceOfProgram } from '../../../playground/influence/influence-of-program.ts'
import { laws } from '../../support/laws.ts'
import { nestedProgram } from '../../support/nested-programs.ts'
import { randomProgram } from '../../support/random-programs.ts'
import { recorded } from '../support/recorded.ts'

/** Whether nothing can react in a molecule: what the definition says, without any knowledge of machines. */
function isThere(molecule: Molecule): boolean {
  if (typeof molecule !== 'object' || isRule(molecule)) return true
  if (molecule.kind === 'pending') return false
  if (
    isSolution(molecule) &&
    [...molecule.molecules()].some(
      (each) => isRule(each) && canReact(each, molecule as SolutionValue),
    )
  )
    return false
  for (const inner of inside(molecule) ?? []) if (!isThere(inner)) return false
  return true
}

function canReact(rule: Rule, solution: SolutionValue): boolean {
  if (solution.contents().multiplicityOf(rule) < 0) return false
  const others = solution.contents().add(rule, -1)
  const around = Object.assign(Object.create(solution) as SolutionValue, { contents: () => others })
  return find(rule, around, isThere) !== undefined
}

/** The rules that can react in the outermost solution. */
function possible(solution: SolutionValue): Set<RuleShape> {
  const found = new Set<RuleShape>()
  for (const molecule of solution.molecules())
    if (isRule(molecule) && canReact(molecule, solution)) found.add(shapeOf(molecule))
  return found
}

test('a rule that becomes possible by a reaction has an arrow from its rule, in any run', () => {
  let enabled = 0
  laws(
    400,
    fc.property(
      fc.oneof(randomProgram, nestedProgram),
      fc.integer({ min: 1, max: 5 }),
      (made, seed) => {
        const text = typeof made === 'string' ? made : made.text
        const run = recorded(text, { most: 6, seed })
        if (run === undefined) return
        const { shapes } = run.program
        const influences = influencesOf(shapes, run.program)
        const indexOf = (shape: RuleShape): number =>
          shapes.findIndex((each) => each === shape || each.repeated() === shape)
        for (const { reaction, before, after } of run.steps) {
          const was = possible(before)
          for (const shape of possible(after)) {
            if (was.has(shape)) continue
            enabled++
            const [from, to] = [indexOf(shapeOf(reaction.rule)), indexOf(shape)]
            expect(
              influences.some((each) => each.from === from && each.to === to),
              `${shapes[from]?.text([], () => '…') ?? '?'} → ${shapes[to]?.text([], () => '…') ?? '?'} in ${text}`,
            ).toBe(true)
          }
        }
      },
    ),
  )
  expect(enabled).toBeGreaterThan(15)
})

function arrows(text: string): readonly string[] {
  const { rules, influences } = influenceOfProgram([{ name: 'main.hocl', text }])
  return influences.map(({ from, to, kind }) => `${rules[from]!.name} ${kind} ${rules[to]!.name}`)
}

test('a rule leads to those that take what it gives', () => {
  expect(
    arrows(
      'let a = replace A by B:1 in let b = replace B:x::Int by C in let c = replace D by E in <A, a, b, c>',
    ),
  ).toEqual(['a gives b'])
})

test('what is given back as it was makes nothing possible', () => {
  expect(arrows('let max = replace x::Int, y::Int by x if x >= y in <1, 2, max>')).toEqual([])
  expect(arrows('let sum = replace x::Int, y::Int by x + y in <1, 2, sum>')).toEqual([
    'sum gives sum',
  ])
})

test('types and symbols tell apart what cannot meet', () => {
  expect(
    arrows(
      'let s = replace A by "text" in let n = replace x::Int by ∅ in let t = replace x::String by ∅ in let k = replace KEY:v by ∅ in <A, s, n, t, k>',
    ),
  ).toEqual(['s gives t'])
})

test('a rule leads to the rules that it makes, and to those that look into solutions', () => {
  const text =
    'let inner = replace A, A by A in let make = replace-one B by inner in let open = replace-one <inner = i, ω> by ω in <B, make, <A, A, inner>, open>'
  expect(arrows(text)).toEqual(
    expect.arrayContaining(['make makes inner', 'inner opens open', 'open makes inner']),
  )
})

test('a text that is no program has no rules', () => {
  expect(influenceOfProgram([{ name: 'main.hocl', text: '<replace' }])).toMatchObject({ rules: [] })
})
