import { existsSync } from 'node:fs'
import { Reference } from '../../interpreter/index.ts'
import type { Reducer, RunOptions, SolutionValue, Strategy } from '../../interpreter/index.ts'

/** How often a test repeats a run: each seed with each strategy. */
export interface Course {
  readonly seed: number
  readonly strategy: Strategy
}

/** A machine that runs programs. All of them must agree on what a program means. */
export interface EngineUnderTest {
  readonly name: string
  readonly make: (first: SolutionValue, options: RunOptions) => Reducer
  /** The runs that each golden is put through. */
  readonly courses: readonly Course[]
}

/** What the door of the compiled machine has. */
interface MachineDoor {
  readonly Machine?: new (first: SolutionValue, options: RunOptions) => Reducer
}

function courses(seeds: number): readonly Course[] {
  const all: Course[] = []
  for (let seed = 1; seed <= seeds; seed++) {
    all.push({ seed, strategy: 'fast' }, { seed, strategy: 'random' })
  }
  return all
}

const door = new URL('../../vm/index.ts', import.meta.url)
const { Machine } = existsSync(door) ? ((await import(door.href)) as MachineDoor) : {}

const reference: EngineUnderTest = {
  name: 'reference',
  make: (first, options) => new Reference(first, options),
  courses: courses(3),
}

/** Every engine there is: each golden and each law is run on all of them. */
export const engines: readonly EngineUnderTest[] =
  Machine === undefined
    ? [reference]
    : [
        reference,
        {
          name: 'vm',
          make: (first, options) => new Machine(first, options),
          courses: courses(10),
        },
      ]
