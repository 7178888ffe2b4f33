import {
  Reference,
  firstSolution,
  lowerSource,
  noModules,
  prelude,
} from '../../../interpreter/index.ts'
import type { LoweredProgram, Reaction, SolutionValue } from '../../../interpreter/index.ts'
import { Source } from '../../../grammar/index.ts'
import { solutionForm } from '../../../playground/session/forms.ts'
import type { ReactionForm, SolutionForm } from '../../../playground/session/messages.ts'
import { Numbering } from '../../../playground/session/numbering.ts'
import { Reporter } from '../../../playground/session/reporter.ts'

/** A reaction, with what was there before and after it, as values and as the page is told. */
export interface RecordedStep {
  readonly reaction: Reaction
  readonly before: SolutionValue
  readonly after: SolutionValue
  readonly form: ReactionForm
  readonly solution: SolutionForm
}

/** A run of the reference, reaction by reaction. */
export interface Recorded {
  readonly program: LoweredProgram
  readonly first: SolutionForm
  readonly steps: readonly RecordedStep[]
  readonly numbering: Numbering
}

/** Runs a program for so many reactions; undefined where the text is none that can run. */
export function recorded(
  text: string,
  { most = 40, seed = 1, limits = {} }: { most?: number; seed?: number; limits?: object } = {},
): Recorded | undefined {
  const program = lowerSource(new Source('test.hocl', text), { host: prelude, modules: noModules })
  if (program.diagnostics.some(({ severity }) => severity === 'error')) return undefined
  const { value } = firstSolution(program, seed)
  if (value === undefined) return undefined
  const numbering = new Numbering()
  const formOf = (solution: SolutionValue): SolutionForm =>
    solutionForm(solution, 10_000, { numbering, isInert: false })
  const first = formOf(value)
  const reference = new Reference(value, {
    seed,
    strategy: 'random',
    limits: { depth: 1_000, ...limits },
    clock: () => 0,
  })
  const steps: RecordedStep[] = []
  while (steps.length < most) {
    const before = reference.solution
    const step = reference.step()
    if (step.kind !== 'reacted') break
    const after = reference.solution
    const reporter = new Reporter(numbering)
    reporter.note(step.reaction, { around: [before, after], cost: 0.25 })
    const form = reporter.take()?.reactions[0]
    if (form === undefined) break
    steps.push({ reaction: step.reaction, before, after, form, solution: formOf(after) })
  }
  return { program, first, steps, numbering }
}
