import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Source } from '../grammar/index.ts'
import {
  DEFAULT_DEPTH,
  firstSolution,
  lowerSource,
  moleculesOf,
  noModules,
  prelude,
} from '../interpreter/index.ts'
import type {
  LoweredProgram,
  Molecule,
  Outcome,
  Reducer,
  RunOptions,
  SolutionValue,
} from '../interpreter/index.ts'
import { Machine, Simulation } from '../vm/index.ts'
import type { FormName, Task, Workload } from './workload.ts'

/** A program of the benchmark as `hocl run` has it before the first reaction. */
export interface LoadedProgram {
  readonly program: LoweredProgram
  readonly first: SolutionValue
  /** A rule that the program defines. */
  readonly rule: (name: string) => Molecule
}

/** How runs are bounded and drawn: as `hocl run` does it without flags. */
export const runOptions: RunOptions = {
  seed: 1,
  strategy: 'fast',
  limits: { depth: DEFAULT_DEPTH },
  clock: () => performance.now(),
}

/** Reads one form of a program. */
export function loadProgram({ file }: Pick<Workload, 'file'>, form: FormName): LoadedProgram {
  const path = join(
    import.meta.dirname,
    form === 'program' ? 'programs' : 'variants',
    `${file}.hocl`,
  )
  const name = `bench/${form === 'program' ? 'programs' : 'variants'}/${file}.hocl`
  const source = new Source(name, readFileSync(path, 'utf8'))
  const program = lowerSource(source, { host: prelude, modules: noModules })
  const error = program.diagnostics.find(({ severity }) => severity === 'error')
  if (error !== undefined) throw new Error(`${name}: ${error.code} ${error.title}`)
  const { value: first, diagnostic } = firstSolution(program, runOptions.seed)
  if (first === undefined) throw new Error(`${name}: ${diagnostic.title}`)
  const rules = new Map<string, Molecule>()
  return {
    program,
    first,
    rule: (wanted) => {
      const known = rules.get(wanted) ?? namedRule(program, wanted)
      rules.set(wanted, known)
      return known
    },
  }
}

/** A machine with the first solution of a program, or a simulation of it. */
export function machineFor({ events }: Pick<Task, 'events'>, first: SolutionValue): Reducer {
  if (events === undefined) return new Machine(first, runOptions)
  const limits = { ...runOptions.limits, reactions: events }
  return new Simulation(first, { ...runOptions, limits })
}

/** What came out of a run; how it ended, if that is not how it was to end. */
export function resultOf(task: Task, form: FormName, end: Outcome): string {
  const wanted = task.events === undefined ? 'inert' : 'reaction-limit'
  return end.kind === wanted ? task.result(form, end) : `${end.kind} instead of ${wanted}`
}

function namedRule(program: LoweredProgram, name: string): Molecule {
  const { molecules } = program.molecules(new Source(name, name))
  const [entry] = moleculesOf(molecules, runOptions.seed).value ?? []
  if (entry === undefined) throw new Error(`${program.source.name} defines no \`${name}\``)
  return entry[0]
}
