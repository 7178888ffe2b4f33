import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { print } from '../../interpreter/index.ts'
import type { Entry, Outcome } from '../../interpreter/index.ts'
import { Machine } from '../../vm/index.ts'
import type { MachineOptions } from '../../vm/index.ts'
import { asyncLaws } from '../support/laws.ts'
import { after } from '../support/after.ts'
import { firstOf, lowered, options, solutionIn, successors } from '../support/runs.ts'

/*
 * What a reaction makes is taken by another rule before it has a place, where only that rule takes it.
 */

const course = { seed: 1, strategy: 'fast' } as const
/** An index is looked at only where there are more molecules than so. */
const many = 24

function machineOf(text: string, more: Partial<MachineOptions> = {}): Machine {
  const first = firstOf(lowered(text))
  if (first === undefined) throw new Error(`${text} has no first solution`)
  return new Machine(first, { ...options(course), codeGeneration: 'always', ...more })
}

/** What a run comes to where some molecules are injected once the others are at rest. */
async function later(
  text: string,
  data: string,
  more: Partial<MachineOptions> = {},
): Promise<Outcome> {
  const machine = machineOf(text, more)
  await machine.run()
  inject(machine, data)
  return machine.run()
}

function inject(machine: Machine, data: string): void {
  const entries: Entry[] = []
  solutionIn(lowered('<>'), `<${data}>`)
    .contents()
    .visit((molecule, copies) => entries.push([molecule, copies]))
  machine.inject(entries)
}

function numbered(n: number, line: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => line(i)).join(', ')
}

/** A workflow in layers: each task waits for two, and sends its value on. */
const workflow = `let receive = replace TASK:t:k:a, VALUE:t:v by TASK:t:(k - 1):(a + v) if k > 0 in
let work = replace TASK:t:0:a by DONE:t:(a + 1) in
let send = replace DONE:t:v, LINK:t:u by DONE:t:v, VALUE:u:v in
<${numbered(60, (i) => `TASK:${String(i)}:${i < 20 ? '0' : '2'}:0`)},
${numbered(40, (i) => `LINK:${String(i)}:${String(i + 20)}, LINK:${String((i * 7) % 20)}:${String(i + 20)}`)},
receive, work, send>`

function told({ kind, reactions, solution, failure }: Outcome): string {
  return `${kind} ${String(reactions)} ${print(solution)} ${failure?.message ?? ''}`.trim()
}

const alone = { kernels: 'never', codeGeneration: 'never' } as const

test('a workflow ends as it does by single reactions', async () => {
  const outcome = await machineOf(workflow).run()
  expect(told(outcome)).toBe(told(await machineOf(workflow, alone).run()))
})

describe('the end is that of single reactions', () => {
  const partners = numbered(many, (i) => `K:${String(i)}:${String(i % 5)}`)
  test.each([
    [
      'a partner that changes',
      `let f = replace A:x by B:(x % ${String(many)}):x in let g = replace B:k:x, K:k:s by K:k:(s + x) in`,
    ],
    [
      'a partner that stays',
      'let f = replace A:x by B:x:1 in let g = replace B:k:x, K:k:s by K:k:s, R:(x + s) in',
    ],
    [
      'a partner that goes',
      'let f = replace A:x by B:x:x in let g = replace B:k:x, K:k:s by R:s:x in',
    ],
    ['none', 'let f = replace A:x by B:x in let g = replace B:x by R:x if x % 3 == 0 in'],
    [
      'a condition',
      'let f = replace A:x by B:x in let g = replace B:k, K:k:s by R:(k + s) if s > k in',
    ],
    [
      'a condition that fails',
      'let f = replace A:x by B:x in let g = replace B:k, K:k:s by R:k if 6 / (s - 2) > 1 in',
    ],
    ['a type', 'let f = replace A:x by B:x in let g = replace B:k::Int, K:k:s by R:k:s in'],
    [
      'a text',
      'let f = replace A:x by B:("k" + x) in let g = replace B:k::String, K:j:0 by R:k in',
    ],
    [
      'a constant',
      'let f = replace A:x by B:(x % 3):x in let g = replace B:0:k, K:k:s by R:k:s in',
    ],
    [
      'what more follows',
      'let f = replace A:x by B:x in let g = replace B:k, K:k:s by C:k:s in let h = replace C:k:s by R:(k * s) in',
    ],
    [
      'two at once',
      'let f = replace A:x by B:x, B:(x + 1) in let g = replace B:k, K:k:s by K:k:(s + 1) in',
    ],
    ['floats', 'let f = replace A:x by B:(x * 1.0) in let g = replace B:k, K:k:s by R:k in'],
  ])('%s', async (_, rules) => {
    const names = [...rules.matchAll(/let (\w)/gu)].map(([, name]) => name).join(', ')
    const text = `${rules} <${partners}, ${names}>`
    const data = numbered(many, (i) => `A:${String(i)}`)
    const expected = told(await later(text, data, alone))
    expect(expected).toMatch(/^inert [1-9]/u)
    expect(told(await later(text, data))).toBe(expected)
  })
})

test.each([1, 2, 3, 19, 20, 21, 50, 99])('the limit of %i reactions is met', async (reactions) => {
  const outcome = await machineOf(workflow, { limits: { depth: 1000, reactions } }).run()
  expect([outcome.kind, outcome.reactions]).toEqual(['reaction-limit', reactions])
})

test('whoever watches sees each reaction', async () => {
  const seen: number[] = []
  const { reactions } = await machineOf(workflow, {
    observe: ({ number }) => seen.push(number),
  }).run()
  expect(seen).toEqual(Array.from({ length: reactions }, (_, i) => i + 1))
})

test('a rule that goes away no longer follows', async () => {
  const text = `let f = replace A:x by A:(x + 1), B:(x % ${String(many)}):x if x < 500 in
let g = replace B:k:x, K:k:s by K:k:(s + x) in
let stop = replace-one STOP, g = r, K:0:s by K:0:s if s > 40 in
<${numbered(many, (i) => `K:${String(i)}:0`)}, f, g, STOP, stop>`
  const { solution } = await later(text, 'A:0')
  expect(print(solution)).toContain('B:')
  expect(successors(solution)).toEqual({ solutions: [], failures: [] })
})

test('molecules that come later are followed too', async () => {
  const machine = machineOf(
    `let f = replace A:x by B:x in let g = replace B:k, K:k:s by K:k:(s + 1) in
<${numbered(many, (i) => `K:${String(i)}:0`)}, f, g>`,
  )
  await machine.run()
  for (let round = 0; round < 3; round++) {
    inject(
      machine,
      numbered(many, (i) => `A:${String(i)}`),
    )
    const { kind, solution } = await machine.run()
    expect(kind).toBe('inert')
    expect(print(solution)).toContain(`K:7:${String(round + 1)}`)
    expect(print(solution)).not.toMatch(/[AB]:/u)
  }
})

const tags = ['A', 'B', 'C'] as const
const field = fc.constantFrom('x', 'y', '(x + 1)', '(x * y)', '0', '2')
const made = fc
  .array(
    fc.tuple(fc.constantFrom(...tags, 'D'), field, field).map((parts) => parts.join(':')),
    { minLength: 1, maxLength: 2 },
  )
  .map((all) => all.join(', '))
const rule = fc
  .tuple(
    fc.constantFrom(...tags),
    fc.constantFrom('x:y', 'x:y', 'x:y', 'y:x', '0:y, let'),
    fc.constantFrom('', ', K:x:z', ', K:y:z', ', B:x:z', ', C:y:x'),
    made,
    fc.constantFrom('', ' if x < y', ' if y != 2', ' if 4 / x > 1'),
    fc.boolean(),
  )
  .map(([tag, given, partner, product, condition, isKept]) => {
    const isConstant = given.startsWith('0')
    const fit = (text: string): string => (isConstant ? text.replaceAll('x', 'y') : text)
    const back = isKept ? partner : ''
    return `replace ${tag}:${isConstant ? '0:y' : given}${fit(partner)} by ${fit(product)}${fit(back)}${fit(condition)}`
  })
const program = fc
  .tuple(
    fc.array(rule, { minLength: 2, maxLength: 3 }),
    fc.array(fc.tuple(fc.constantFrom(...tags), fc.nat(2), fc.nat(3)), {
      minLength: 1,
      maxLength: 2,
    }),
  )
  .map(([rules, data]) => {
    const lets = rules.map((text, i) => `let r${String(i)} = ${text} in `)
    const names = rules.map((_, i) => `r${String(i)}`)
    // So many that an index is worth it, of which few can ever react.
    const around = ['K:0:1', 'K:1:0', 'K:2:2', numbered(16, (i) => `K:${String(i + 50)}:0`)]
    const copies = numbered(16, (i) => `B:${String(i + 50)}:"", C:"":${String(i + 70)}`)
    return {
      text: (more: string) =>
        `${lets.join('')}<${[...around, copies, ...names].join(', ')}${more}>`,
      data: data.map((each) => each.join(':')).join(', '),
    }
  })

test('300 programs end as single reactions could have ended them', async () => {
  let checked = 0
  await asyncLaws(
    300,
    fc.asyncProperty(program, async ({ text, data }) => {
      const first = firstOf(lowered(text(`, ${data}`)))
      fc.pre(first !== undefined)
      const limits = { depth: 1000, reactions: 4 }
      const { kind, solution, reactions } = await later(text(''), data, { limits })
      const possible = after(reactions, first, 400)
      if (possible === undefined) return
      checked++
      if (!possible.has(print(solution)))
        expect(`${print(solution)} after ${String(reactions)}`).toBe('what can be reached so')
      if (kind === 'inert') expect(successors(solution)).toEqual({ solutions: [], failures: [] })
    }),
  )
  expect(checked).toBeGreaterThanOrEqual(100)
}, 120_000)
