import { DEFAULT_DEPTH, Reference, explore, print } from '../../interpreter/index.ts'
import { firstOf, lowered, options, runFor, started } from './runs.ts'
import type { EngineUnderTest } from './engines.ts'

const reference: EngineUnderTest = {
  name: 'reference',
  make: (first, how) => new Reference(first, how),
  courses: [],
}

const course = { seed: 1, strategy: 'fast' } as const

/** The result of a program as it prints: `react('<1, 2, max>')`. `max` and other small rules are at hand. */
export function react(solution: string): string {
  const { first } = read(solution)
  const end = runFor(started(reference, first, course), 10_000)
  return end.kind === 'inert' ? print(end.solution) : `${end.kind}: ${end.message}`
}

/** Every result that some order of reactions gives, each as it prints. */
export function results(solution: string): readonly string[] {
  const { inert, isComplete } = explore(read(solution).first)
  if (!isComplete) throw new Error(`too many states to explore: ${solution}`)
  return inert.map((each) => print(each)).sort()
}

/** How a run ends that is bounded so. */
export async function stopped(
  solution: string,
  limits: { reactions?: number; molecules?: number; depth?: number },
): Promise<string> {
  const bounds = options(course, { limits: { depth: DEFAULT_DEPTH, ...limits } })
  const outcome = await new Reference(read(solution).first, bounds).run()
  return `${outcome.kind} ${print(outcome.solution)}`
}

/** The codes of what the program is refused for or warned of. */
export function told(solution: string): readonly string[] {
  return read(solution).program.diagnostics.map(({ code }) => code)
}

const rules = [
  'let max = replace x, y by x if x >= y in',
  'let sum = replace x::Int, y::Int by x + y in',
  'let drop = replace-one A by ∅ in',
  'let open = replace-one <ω> by ω in',
]

function read(solution: string) {
  const program = lowered(`${rules.join('\n')}\n${solution}`)
  const first = firstOf(program)
  if (first === undefined) throw new Error(`${solution} has no value`)
  return { program, first }
}
