import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { print } from '../../interpreter/index.ts'
import type { Reaction } from '../../interpreter/index.ts'
import { Machine, plansOf } from '../../vm/index.ts'
import type { MachineOptions } from '../../vm/index.ts'
import { after } from '../support/after.ts'
import { asyncLaws } from '../support/laws.ts'
import { firstOf, lowered, options, successors } from '../support/runs.ts'

/*
 * A product that one rule is sure to take is replaced by what that rule makes of it, in one go. Each such
 * reaction is two or more of the language.
 */

const course = { seed: 1, strategy: 'fast' } as const

function machineOf(text: string, more: Partial<MachineOptions> = {}): Machine {
  const first = firstOf(lowered(text))
  if (first === undefined) throw new Error(`${text} has no first solution`)
  return new Machine(first, { ...options(course), codeGeneration: 'always', ...more })
}

function followers(text: string): readonly (readonly string[])[] {
  return plansOf(lowered(text)).map(({ followedBy }) => followedBy)
}

const dinner = `let eat = replace T:l:n, F:l by E:l:n if n > 0 in
let think = replace E:l:n by T:l:(n - 1), F:l in
<T:1:5, F:1, T:2:3, F:2, eat, think>`

describe('what is sure to follow', () => {
  test.each([
    [
      'one rule',
      'let f = replace A:x by B:x, 1 in let g = replace B:y by C:(y + 1) in <f, g>',
      'g',
    ],
    [
      'several',
      'let f = replace A:x by B:x:1 in let g = replace B:y:z by C:z in let h = replace C:_ by D:0, E:0 in <f, g, h>',
      'g h',
    ],
    [
      'twice',
      'let f = replace A:x by B:x, B:(x + 1) in let g = replace B:y by C:y in <f, g>',
      'g g',
    ],
    ['a wildcard', 'let f = replace A:x by B:(x + 1) in let g = replace B:_ by C in <f, g>', 'g'],
    [
      'a constant that fits',
      'let f = replace A:x by B:0:x in let g = replace B:0:y by C:y in <f, g>',
      'g',
    ],
    [
      'a let',
      'let f = replace A:x by let z = x + 1 in B:z in let g = replace B:y by let u = y * 2 in C:u:y in <f, g>',
      'g',
    ],
  ])('%s', (_, text, names) => {
    expect(followers(text)[0]?.join(' ')).toBe(names)
  })

  test.each([
    ['a condition', 'let f = replace A:x by B:x in let g = replace B:y by C:y if y > 0 in <f, g>'],
    ['a type', 'let f = replace A:x by B:x in let g = replace B:y::Int by C:y in <f, g>'],
    ['a variable twice', 'let f = replace A:x by B:x:1 in let g = replace B:y:y by C:y in <f, g>'],
    ['another constant', 'let f = replace A:x by B:x in let g = replace B:0 by C in <f, g>'],
    ['another reactant', 'let f = replace A:x by B:x in let g = replace B:y, D by C:y in <f, g>'],
    [
      'another rule that takes it',
      'let f = replace A:x by B:x in let g = replace B:y by C:y in let h = replace B:z, 1 by 2 in <f, g, h>',
    ],
    [
      'a rule that takes anything',
      'let f = replace A:x by B:x in let g = replace B:y by C:y in let h = replace z, 1 by 2 in <f, g, h>',
    ],
    ['one shot', 'let f = replace A:x by B:x in <f, replace-one B:y by C:y>'],
    ['copies', 'let f = replace A:x by B:x in let g = replace (B:y)^2 by C:y in <f, g>'],
    ['a circle', 'let f = replace A:x by B:x in let g = replace B:y by A:y in <f, g>'],
    ['a captured value', '<let k = 7 in replace A:x by B:x, replace K:k by replace B:y by C:k>'],
    ['an effect', 'let f = replace A:x by B:x in let g = replace B:y by C:random() in <f, g>'],
  ])('not with %s', (_, text) => {
    expect(followers(text).every((names) => names.length === 0)).toBe(true)
  })
})

test('a chain counts all its reactions', async () => {
  const outcome = await machineOf(dinner).run()
  expect(print(outcome.solution)).toBe(
    print((await machineOf(dinner, { kernels: 'never' }).run()).solution),
  )
  expect(outcome.reactions).toBe(16)
})

test.each([1, 2, 3, 7, 15, 16])('no chain passes the limit of %i reactions', async (reactions) => {
  const outcome = await machineOf(dinner, { limits: { depth: 1000, reactions } }).run()
  expect(outcome.reactions).toBe(reactions)
})

test('each of its reactions is seen by who watches', async () => {
  const seen: Reaction[] = []
  await machineOf(dinner, { observe: (reaction) => seen.push(reaction) }).run()
  expect(seen.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
})

test('where what follows fails, the first reaction has happened', async () => {
  const text = `let f = replace A:x by B:x in let g = replace B:y by C:(1 / y) in <A:0, f, g>`
  const outcome = await machineOf(text).run()
  expect([outcome.kind, outcome.reactions, print(outcome.solution)]).toEqual([
    'failed',
    1,
    '<B:0, f, g>',
  ])
})

const tags = ['A', 'B', 'C', 'D'] as const
const number = fc.constantFrom(
  '0',
  '1',
  '2',
  'x',
  'x',
  '(x + 1)',
  '(x - 1)',
  '(x * y)',
  'y',
  '(4 / y)',
)
const molecule = fc.tuple(fc.constantFrom(...tags), number, fc.constantFrom('0', 'x', 'y', 'y'))
const product = fc
  .array(molecule, { minLength: 0, maxLength: 2 })
  .map((made) => made.map((fields) => fields.join(':')).join(', ') || '∅')
const alone = fc
  .tuple(fc.constantFrom('x:y', 'x:y', 'x:y', 'x:x', '0:y, let'), product)
  .map(([fields, made]) => ({ fields: fields === '0:y, let' ? '0:y' : fields, made }))
const single = fc
  .tuple(fc.constantFrom(...tags), alone, fc.constantFrom('', '', ' if y > 0'))
  .map(([tag, { fields, made }, condition]) => {
    const given =
      fields === 'x:x'
        ? made.replaceAll('y', 'x')
        : fields === '0:y'
          ? made.replaceAll('x', 'y')
          : made
    return `replace ${tag}:${fields} by ${given}${fields === 'x:y' ? condition : ''}`
  })
const pair = fc
  .tuple(
    fc.constantFrom(...tags),
    fc.constantFrom(...tags),
    product,
    fc.constantFrom('x:y', 'y:x', 'x:0'),
  )
  .map(([a, b, made, fields]) => `replace ${a}:x:y, ${b}:${fields} by ${made}`)
const program = fc
  .tuple(
    fc.array(fc.oneof(single, single, pair), { minLength: 2, maxLength: 4 }),
    fc.array(fc.tuple(fc.constantFrom(...tags), fc.nat(3), fc.nat(3)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([rules, data]) => {
    const lets = rules.map((rule, i) => `let r${String(i)} = ${rule} in `)
    const names = rules.map((_, i) => `r${String(i)}`)
    return `${lets.join('')}<${[...data.map((fields) => fields.join(':')), ...names].join(', ')}>`
  })

test('500 programs with chains end as single reactions could have ended them', async () => {
  let checked = 0
  await asyncLaws(
    500,
    fc.asyncProperty(program, async (text) => {
      const first = firstOf(lowered(text))
      fc.pre(first !== undefined && followers(text).some((names) => names.length > 0))
      const limits = { depth: 1000, reactions: 12 }
      const { kind, solution, reactions } = await machineOf(text, { limits }).run()
      const possible = after(reactions, first, 1_000)
      if (possible === undefined) return
      checked++
      if (!possible.has(print(solution)))
        expect(`${print(solution)} after ${String(reactions)}`).toBe('what can be reached so')
      if (kind === 'inert') expect(successors(solution)).toEqual({ solutions: [], failures: [] })
    }),
  )
  expect(checked).toBeGreaterThanOrEqual(250)
}, 120_000)
