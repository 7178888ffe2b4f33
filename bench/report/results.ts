import { cpus, release, type } from 'node:os'
import type { Comparison, Starts } from '../peers/compare.ts'
import type { Effort, Measurement } from '../measure/measure.ts'
import type { Workload } from '../workload.ts'

/** Everything that one run of the benchmark found: what `--json` writes. */
export interface Results {
  readonly when: string
  readonly machine: Machine
  readonly effort: Effort & { readonly cutOff: number }
  readonly measurements: readonly Measurement[]
  /** What peers call themselves. */
  readonly versions: Readonly<Record<string, string>>
  readonly starts: Starts
  readonly comparisons: readonly Comparison[]
}

/** Where it was measured. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly system: string
  readonly node: string
  readonly v8: string
}

/** This machine. */
export function thisMachine(): Machine {
  const all = cpus()
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    system: `${type()} ${release().split('-')[0] ?? ''}`,
    node: process.version,
    v8: process.versions.v8,
  }
}

/** The measurements of one form of a workload, by size. */
export function measurementsOf(
  { measurements }: Results,
  { name }: Pick<Workload, 'name'>,
  form: Measurement['form'],
): readonly Measurement[] {
  return measurements.filter((each) => each.workload === name && each.form === form)
}
