import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { print } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import type { MachineOptions } from '../../vm/index.ts'
import { after } from '../support/after.ts'
import { asyncLaws } from '../support/laws.ts'
import { firstOf, lowered, options, successors } from '../support/runs.ts'

/*
 * A reaction that leaves all its molecules in their places is made again at once while it is possible.
 */

const course = { seed: 1, strategy: 'fast' } as const

function machineOf(text: string, more: Partial<MachineOptions> = {}): Machine {
  const first = firstOf(lowered(text))
  if (first === undefined) throw new Error(`${text} has no first solution`)
  return new Machine(first, { ...options(course), codeGeneration: 'always', ...more })
}

/** How a run ends. */
async function ended(text: string, more: Partial<MachineOptions> = {}): Promise<string> {
  const { kind, reactions, solution, failure } = await machineOf(text, more).run()
  return `${kind} ${String(reactions)} ${print(solution)} ${failure?.message ?? ''}`.trim()
}

describe('ends as single reactions do', () => {
  test.each([
    ['a counter', 'let f = replace C:n by C:(n - 1) if n > 0 in <C:1000, f>'],
    ['two numbers', 'let f = replace P:a:b by P:b:(a % b) if b != 0 in <P:1071:462, f>'],
    [
      'a partner',
      'let f = replace C:k:n, K:k:s by C:k:(n - s), K:k:s if n >= s in <C:1:90, C:2:9, K:1:7, K:2:2, f>',
    ],
    ['a type', 'let f = replace C:n::Int by C:(n / 2) if n > 1 in <C:1024, f>'],
    ['a constant', 'let f = replace C:0:n by C:1:(n + 1) in <C:0:5, C:1:5, f>'],
    ['a constant that comes back', 'let f = replace C:0:n by C:0:(n + 1) if n < 9 in <C:0:5, f>'],
    [
      'more than an int32',
      'let f = replace C:n by C:(n * n) if n < 1_000_000_000_000_000 in <C:3, f>',
    ],
    ['other kinds', 'let f = replace C:n:t by C:(n + 1):(t + "x") if n < 5 in <C:0:"", f>'],
    ['a let', 'let f = replace C:n by let m = n - 2 in C:(m + 1) if n > 0 in <C:9, f>'],
    [
      'a variable twice',
      'let f = replace C:n, D:n by C:(n + 1), D:n if n < 5 in <C:1, D:1, D:2, D:4, f>',
    ],
    ['both change', 'let f = replace A:x, B:y by A:(x + 1), B:(y - 1) if x < y in <A:1, B:90, f>'],
    [
      'a chain',
      'let f = replace A:x by B:(x - 1):x if x > 0 in let g = replace B:x:_ by A:x in <A:99, f, g>',
    ],
  ])('%s', async (_, text) => {
    const alone = await ended(text, { kernels: 'never', codeGeneration: 'never' })
    expect(await ended(text)).toBe(alone)
    expect(alone).toMatch(/^inert [1-9]/u)
  })
})

test('a product that fails in the middle leaves what came before it', async () => {
  const text = 'let f = replace C:n:s by C:(n - 1):(s + 12 / n) if n > -9 in <C:3:0, f>'
  const alone = await ended(text, { kernels: 'never', codeGeneration: 'never' })
  expect(alone).toMatch(/^failed 3 <C:0:22, f>/u)
  expect(await ended(text)).toBe(alone)
})

test.each([1, 2, 63, 64, 65, 99, 100])('the limit of %i reactions is met', async (reactions) => {
  const text = 'let f = replace C:n by C:(n - 1) if n > 0 in <C:100, f>'
  const outcome = await machineOf(text, { limits: { depth: 1000, reactions } }).run()
  expect([outcome.reactions, print(outcome.solution)]).toEqual([
    reactions,
    `<C:${String(100 - reactions)}, f>`,
  ])
})

test('whoever watches or steps sees each reaction', async () => {
  const text = 'let f = replace C:n by C:(n - 1) if n > 0 in <C:70, f>'
  const seen: number[] = []
  await machineOf(text, { observe: ({ number }) => seen.push(number) }).run()
  expect(seen).toEqual(Array.from({ length: 70 }, (_, i) => i + 1))
  const machine = machineOf(text)
  expect(machine.advance(10)).toBe('more')
  expect(machine.reactions).toBe(10)
  machine.step()
  expect(machine.reactions).toBe(11)
})

test('one that could go on for ever keeps nobody waiting', async () => {
  const text = `let up = replace C:n by C:(n + 1) in let down = replace D:n by D:(n - 1) if n > 0 in
<C:0, D:5000, up, down>`
  const limits = { depth: 1000, reactions: 100_000 }
  const { solution } = await machineOf(text, { limits }).run()
  expect(print(solution)).toContain('D:0')
})

const change = fc.constantFrom(
  'x',
  'y',
  '(x + 1)',
  '(x - 1)',
  '(x + y)',
  '(y * 2)',
  '0',
  '1',
  '(4 / x)',
)
const pattern = fc.constantFrom('x:y', 'x:y', 'x::Int:y', '0:y', 'y:x', '_:y')
const rule = fc
  .tuple(
    fc.constantFrom('A', 'B'),
    pattern,
    fc.tuple(change, change),
    fc.constantFrom('', ', C:y', ', C:z', ', B:z:u'),
    fc.constantFrom('', ' if y > 0', ' if y < 4 && y != 2', ' if x > y', ' if 6 / y > 1'),
  )
  .map(([tag, fields, made, partner, condition]) => {
    const hasX = fields.includes('x')
    const [a, b] = made.map((each) => (hasX ? each : each.replaceAll('x', 'y')))
    const its = hasX ? condition : condition.replaceAll('x', 'y')
    return `replace ${tag}:${fields}${partner} by ${tag}:${String(a)}:${String(b)}${partner}${its}`
  })
const program = fc
  .tuple(
    fc.array(rule, { minLength: 1, maxLength: 3 }),
    fc.array(fc.constantFrom('A:0:1', 'A:1:3', 'A:2:2', 'B:0:3', 'B:3:1', 'C:1', 'C:3'), {
      minLength: 2,
      maxLength: 5,
    }),
  )
  .map(([rules, data]) => {
    const lets = rules.map((text, i) => `let r${String(i)} = ${text} in `)
    return `${lets.join('')}<${[...data, ...rules.map((_, i) => `r${String(i)}`)].join(', ')}>`
  })

test('400 programs end as single reactions could have ended them', async () => {
  let checked = 0
  await asyncLaws(
    400,
    fc.asyncProperty(program, async (text) => {
      const first = firstOf(lowered(text))
      fc.pre(first !== undefined)
      const limits = { depth: 1000, reactions: 9 }
      const { kind, solution, reactions } = await machineOf(text, { limits }).run()
      const possible = after(reactions, first, 1_000)
      if (possible === undefined) return
      checked++
      if (!possible.has(print(solution)))
        expect(`${print(solution)} after ${String(reactions)}`).toBe('what can be reached so')
      if (kind === 'inert') expect(successors(solution)).toEqual({ solutions: [], failures: [] })
    }),
  )
  expect(checked).toBeGreaterThanOrEqual(200)
}, 120_000)
