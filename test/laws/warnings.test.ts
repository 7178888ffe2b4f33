import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkProgram, shapeOf } from '../../interpreter/index.ts'
import type { LoweredProgram } from '../../interpreter/index.ts'
import { engines } from '../support/engines.ts'
import { laws } from '../support/laws.ts'
import { randomProgram } from '../support/random-programs.ts'
import { firstOf, lowered, runFor, started } from '../support/runs.ts'

/*
 * What the checker says of a program holds when it runs: a rule that can never react never does, and
 * where one reacts for ever nothing becomes inert.
 */

const programs = 4_000
const mostReactions = 60

/** Rules of which some never stop, put into the programs: of themselves these mostly end. */
const more = fc.constantFrom(
  '',
  '(replace x::Int by x + 1), ',
  '(replace x::Int by 1 - x), ',
  '(replace A by A), ',
  '(replace x::Symbol by x, x), ',
  '(replace x, y by y, x), ',
  '(replace x by [x]), ',
  '(replace x::Int, y::Symbol by y, x), ',
  '(replace x:y by y:x), ',
  '<1, replace x::Int by x + 1>, ',
)

const seeds = fc.integer({ min: 1, max: 2 ** 31 })
const [engine] = engines.filter(({ name }) => name === 'reference')

test(`the warnings of ${String(programs)} programs come true`, () => {
  const told = { HOCL304: 0, HOCL305: 0, HOCL306: 0 }
  laws(
    programs,
    fc.property(randomProgram, more, seeds, ({ text }, rule, seed) => {
      const program = lowered(text.replace(/^<(?=.*>\s*$)/m, `<${rule}`))
      const [never, endless, supplied] = [
        rulesTold(program, 'HOCL304'),
        rulesTold(program, 'HOCL305'),
        rulesTold(program, 'HOCL306'),
      ]
      if (never.size > 0) told.HOCL304++
      if (endless.size > 0) told.HOCL305++
      if (supplied.size > 0) told.HOCL306++
      if (never.size + endless.size + supplied.size === 0) return
      const first = firstOf(program)
      fc.pre(first !== undefined && engine !== undefined)
      const { kind, reactions } = runFor(
        started(engine, first, { seed, strategy: 'random' }),
        mostReactions,
      )
      const reacted = new Set(reactions.map(({ rule }) => shapeOf(rule).place.span.start))
      expect([...never].filter((start) => reacted.has(start))).toEqual([])
      if ([...endless].some((start) => reacted.has(start))) expect(kind).not.toBe('inert')
      if (supplied.size > 0) expect(kind).not.toBe('inert')
    }),
  )
  for (const count of Object.values(told)) expect(count).toBeGreaterThan(10)
}, 600_000)

/** Where the rules start that a warning is about. */
function rulesTold(program: LoweredProgram, code: string): ReadonlySet<number> {
  const starts = new Set<number>()
  for (const diagnostic of checkProgram(program)) {
    if (diagnostic.code !== code) continue
    const label = diagnostic.labels.at(-1)
    const inside = program.shapes.filter(
      ({ place }) =>
        label !== undefined &&
        place.span.start <= label.span.start &&
        label.span.end <= place.span.end,
    )
    const innermost = Math.max(...inside.map(({ place }) => place.span.start))
    starts.add(innermost)
  }
  return starts
}
