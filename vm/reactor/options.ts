import { LARGEST_DEPTH } from '../../interpreter/index.ts'
import type { Limits, Strategy } from '../../interpreter/index.ts'

/** All that a machine knows. */
export const STRATEGIES: readonly Strategy[] = [
  'fast',
  'random',
  'uniform',
  'round-robin',
  'round-robin-unfair',
  'keep-small',
]

const LIMITS: readonly (keyof Limits)[] = [
  ...(['reactions', 'milliseconds', 'molecules', 'depth'] as const),
  ...(['characters', 'items', 'bits', 'calls'] as const),
]

interface Checked {
  readonly seed?: number | undefined
  readonly strategy?: Strategy | undefined
  readonly limits?: Partial<Limits> | undefined
}

/** Throws a `RangeError` where a choice is none that there is: applications are not always type-checked. */
export function checkOptions({ seed, strategy, limits }: Checked): void {
  if (seed !== undefined && !Number.isSafeInteger(seed))
    throw new RangeError(`a seed is a whole number, not ${shown(seed)}`)
  if (strategy !== undefined && !STRATEGIES.includes(strategy))
    throw new RangeError(`a strategy is ${anyOf(STRATEGIES)}, not ${shown(strategy)}`)
  for (const [name, limit] of Object.entries(limits ?? {})) checkLimit(name, limit)
}

function checkLimit(name: string, limit: number | undefined): void {
  const isKnown: boolean = LIMITS.some((each) => each === name)
  if (!isKnown) throw new RangeError(`a limit is ${anyOf(LIMITS)}, not ${shown(name)}`)
  if (limit === undefined) return
  if (typeof limit !== 'number' || !(limit >= 0))
    throw new RangeError(`the limit “${name}” is a number from 0 on, not ${shown(limit)}`)
  if (name === 'depth' && (limit < 1 || limit > LARGEST_DEPTH))
    throw new RangeError(`the limit “depth” is from 1 to ${String(LARGEST_DEPTH)}`)
}

function anyOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `“${value}”` : String(value)
}
