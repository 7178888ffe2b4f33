import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  equal,
  exchangeContext,
  fromJson,
  jsonText,
  prelude,
  print,
  printed,
  standalone,
} from '../../interpreter/index.ts'
import type { LoweredProgram, SolutionValue } from '../../interpreter/index.ts'
import { engines } from '../support/engines.ts'
import { laws } from '../support/laws.ts'
import { randomProgram } from '../support/random-programs.ts'
import { rulesProgram } from '../support/random-rules.ts'
import { firstOf, lowered, runFor, solutionIn, started } from '../support/runs.ts'

/* What is written reads back as the same molecules: as the canonical form, as a program of its own, as JSON. */

const course = { seed: 1, strategy: 'fast' } as const

/** The program and what it has become after some reactions; undefined where it is refused or has no value. */
function reacted(
  text: string,
  most: number,
): { readonly program: LoweredProgram; readonly solution: SolutionValue } | undefined {
  const program = accepted(text)
  const first = program && firstOf(program)
  const [engine] = engines
  if (program === undefined || first === undefined || engine === undefined) return undefined
  return { program, solution: runFor(started(engine, first, course), most).solution }
}

function accepted(text: string): LoweredProgram | undefined {
  try {
    return lowered(text)
  } catch {
    return undefined
  }
}

const kinds = [
  ['programs', randomProgram, 600],
  ['rules that are hard to write', rulesProgram, 1_500],
] as const

test.each(kinds)(
  'what is printed reads back, %s',
  (_, programs, examples) => {
    laws(
      examples,
      fc.property(programs, fc.nat(12), ({ text }, most) => {
        const found = reacted(text, most)
        fc.pre(found !== undefined)
        const { program, solution } = found
        const again = solutionIn(program, print(solution))
        expect(print(again)).toBe(print(solution))
        expect(equal(again, solution), print(solution)).toBe(true)
      }),
    )
  },
  300_000,
)

test.each(kinds)(
  'a standalone result is a program with the same molecules, %s',
  (_, programs, examples) => {
    laws(
      examples,
      fc.property(programs, fc.nat(12), ({ text }, most) => {
        const found = reacted(text, most)
        fc.pre(found !== undefined)
        const { definitions, isKnown } = standalone(found.solution)
        const own = definitions + [...printed(found.solution, { isKnown })].join('')
        const again = firstOf(lowered(own))
        expect(again !== undefined && equal(again, found.solution), own).toBe(true)
      }),
    )
  },
  300_000,
)

test.each(kinds)(
  'the exchange form reads back, %s',
  (_, programs, examples) => {
    laws(
      examples,
      fc.property(programs, fc.nat(12), ({ text }, most) => {
        const found = reacted(text, most)
        fc.pre(found !== undefined)
        const { program, solution } = found
        const json = jsonText(solution)
        const again = fromJson(JSON.parse(json), exchangeContext(program, prelude))
        expect(equal(again, solution), json).toBe(true)
      }),
    )
  },
  300_000,
)
