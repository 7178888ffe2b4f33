import { Source } from '../../grammar/index.ts'
import {
  DEFAULT_DEPTH,
  EvaluationFailure,
  SolutionValue,
  equal,
  firstSolution,
  lowerSource,
  moleculesOf,
  noModules,
  prelude,
  print,
} from '../../interpreter/index.ts'
import type {
  Reducer,
  Entry,
  Limits,
  LoweredProgram,
  Reaction,
  RunOptions,
} from '../../interpreter/index.ts'
import type { Matching } from '../../interpreter/match.ts'
import { Inertness, possible, react } from '../../interpreter/react.ts'
import type { Course, EngineUnderTest } from './engines.ts'

/** A program of the core language, with nothing but the prelude around it. */
export function lowered(text: string): LoweredProgram {
  const program = lowerSource(new Source('program.hocl', text), {
    host: prelude,
    modules: noModules,
  })
  const errors = program.diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0)
    throw new Error(`${errors.map(({ code, title }) => `${code} ${title}`).join('\n')}\n${text}`)
  return program
}

/** The first solution of a program; undefined where it has no value, as `<1^∞, 1^-∞>`. */
export function firstOf(program: LoweredProgram): SolutionValue | undefined {
  return firstSolution(program, 1).value
}

/** One solution, written in the scope of a program. */
export function solutionIn(program: LoweredProgram, text: string): SolutionValue {
  const { molecules, diagnostics } = program.molecules(new Source('text', text))
  const [error] = diagnostics.filter(({ severity }) => severity === 'error')
  if (error !== undefined) throw new Error(`${error.title} in ${text}`)
  const { value } = moleculesOf(molecules, 1)
  const solution = value?.[0]?.[0]
  if (!(solution instanceof SolutionValue)) throw new Error(`${text} is no solution`)
  return solution
}

export function options(course: Course, more: { limits?: Partial<Limits> } = {}): RunOptions {
  return { ...course, limits: { depth: DEFAULT_DEPTH, ...more.limits }, clock: () => 0 }
}

/** An engine with the first solution of a program in it. */
export function started({ make }: EngineUnderTest, first: SolutionValue, course: Course): Reducer {
  return make(first, options(course))
}

/** How a run of so many reactions at most came to its end. */
export interface End {
  readonly kind: 'inert' | 'failed' | 'going on'
  readonly solution: SolutionValue
  readonly reactions: readonly Reaction[]
  /** Why a product failed. */
  readonly message: string
}

/** Steps until nothing can react, a product fails, or `most` reactions have happened. */
export function runFor(engine: Reducer, most: number): End {
  const reactions: Reaction[] = []
  const end = (kind: End['kind'], message = ''): End => {
    return { kind, solution: engine.solution, reactions, message }
  }
  while (reactions.length < most) {
    const step = engine.step()
    switch (step.kind) {
      case 'reacted':
        reactions.push(step.reaction)
        break
      case 'inert':
        return end('inert')
      case 'stopped':
        return end('failed', step.outcome.failure?.message ?? step.outcome.kind)
      case 'waiting':
        throw new Error('nothing here is asynchronous')
    }
  }
  return end('going on')
}

/** What can come of a solution by one reaction, as the reference understands the language. */
export function successors(solution: SolutionValue): {
  readonly solutions: readonly SolutionValue[]
  readonly failures: readonly string[]
} {
  const inertness = new Inertness()
  const matching: Matching = {
    random: () => 0,
    isThere: (molecule) => inertness.isThere(molecule),
    order: (entries: Iterable<Entry>) => entries,
  }
  const solutions: SolutionValue[] = []
  const failures: string[] = []
  for (const reaction of possible(solution, inertness, matching)) {
    try {
      solutions.push(react(reaction, matching, () => 0).solution)
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error
      failures.push(error.message)
    }
  }
  return { solutions, failures }
}

export function isAmong(solution: SolutionValue, others: readonly SolutionValue[]): boolean {
  return others.some((other) => equal(solution, other))
}

/** A reaction as one line, the same whatever machine made it. */
export function told({ number, rule, reactants, products, level }: Reaction): string {
  const list = (entries: readonly Entry[]): string => print(SolutionValue.of(entries))
  return `${number} ${print(rule)} ${list(reactants)} ${list(products)} ${level}`
}
