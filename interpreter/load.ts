import type { Diagnostic } from '../grammar/index.ts'
import { placeOfFailure } from './evaluate.ts'
import { EvaluationFailure } from './failures.ts'
import { ArithmeticFailure } from './integer.ts'
import type { LoweredProgram } from './lower/program.ts'
import type { Entry } from './molecule.ts'
import { SolutionValue } from './multiset.ts'
import { productOf } from './pending.ts'
import { Random } from './random.ts'
import type { Molecules, Place } from './rule.ts'

/** Molecules worked out, or why they have no value. */
export type Loaded<T> =
  | { readonly value: T; readonly diagnostic?: undefined }
  | { readonly value?: undefined; readonly diagnostic: Diagnostic }

/**
 * The first solution of a program, before any reaction. Its elements that call asynchronous functions
 * are pending. The seed is the run's, so that `random()` in the first solution is repeated with it.
 */
export function firstSolution(program: LoweredProgram, seed: number): Loaded<SolutionValue> {
  const { solution } = program
  if (solution === undefined) {
    const span = { start: 0, end: 0 }
    const { definitions, imports } = program.syntax
    const isEmpty = definitions.length + imports.length === 0
    const text = isEmpty ? 'nothing is here' : 'only definitions'
    return {
      diagnostic: {
        code: 'HOCL604',
        severity: 'error',
        title: 'this program has no solution',
        labels: [{ source: program.source, span, text }],
        hint: isEmpty
          ? 'a program is a solution, such as `< 1, 2, replace x, y by x + y >`'
          : 'it is a library: import it, or add a solution `< … >` at the end',
      },
    }
  }
  const loaded = moleculesOf(solution, seed)
  if (loaded.value === undefined) return loaded
  try {
    return { value: SolutionValue.of(loaded.value) }
  } catch (error) {
    if (!(error instanceof ArithmeticFailure)) throw error
    return { diagnostic: noValue(endlessOf(program), error.message) }
  }
}

/** The endless anti-molecule that meets an endless molecule, or the whole solution. */
function endlessOf({ source, syntax, solution }: LoweredProgram): Place {
  const endless = solution?.elements.findLast(
    (element) =>
      element.kind === 'molecule' &&
      element.multiplicity?.kind === 'constant' &&
      element.multiplicity.value === -Infinity,
  )
  if (endless?.kind === 'molecule') return endless.place
  return { source, span: syntax.solution?.span ?? syntax.span }
}

function noValue(place: Place, message: string): Diagnostic {
  const labels = [{ ...place, text: message }] as const
  return { code: 'HOCL401', severity: 'error', title: 'this has no value', labels }
}

/** The molecules that some lowered text stands for. */
export function moleculesOf(molecules: Molecules, seed: number): Loaded<readonly Entry[]> {
  const random = new Random(seed)
  const env = { slots: [], captured: [], surroundings: { random: () => random.float() } }
  try {
    const { entries, pending } = productOf(molecules, env, [], counter())
    return { value: [...entries, ...pending.map((p) => [p, 1] as const)] }
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    const place = placeOfFailure(error) ?? molecules.elements[0]?.place
    if (place === undefined) throw error
    return { diagnostic: noValue(place, error.message) }
  }
}

function counter(): () => number {
  let last = 0
  return () => ++last
}
