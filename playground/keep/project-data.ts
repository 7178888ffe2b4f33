import type { Strategy } from '../../interpreter/index.ts'
import type { Project } from '../app/starting-project.ts'
import type { RunLimits, RunSettings, SourceFile } from '../session/messages.ts'

/*
 * A program with its settings as plain JSON, and back. It comes from links and from files, so nothing in it
 * is believed: every name, text and number is looked at, and anything odd refuses the whole.
 */

/** Bounds of what is taken in. */
export const MOST_FILES = 50
export const LONGEST_TEXT = 2_000_000
const LONGEST_NAME = 80

/** A program that comes from outside is none, and why. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError'
}

/** A program with its settings and how it is looked at, as JSON. */
export interface ProjectData {
  readonly files: readonly (readonly [name: string, text: string])[]
  readonly seed: number
  readonly strategy: Strategy
  readonly limits: RunLimits
  readonly stochastic: boolean
  /** Reactions per second; `null` for as fast as possible. */
  readonly speed: number | null
  readonly view?: string
}

export const strategies: readonly Strategy[] = [
  'fast',
  'random',
  'uniform',
  'round-robin',
  'round-robin-unfair',
  'keep-small',
]

export function dataOf({ files, settings, perSecond }: Project, view?: string): ProjectData {
  const { seed, strategy, limits, isStochastic } = settings
  return {
    files: files.map(({ name, text }) => [name, text]),
    ...{ seed, strategy, limits },
    stochastic: isStochastic,
    speed: perSecond === Infinity ? null : perSecond,
    ...(view !== undefined && { view }),
  }
}

/** Throws a `ProjectError` where something in it is not as it should be. */
export function projectOf(data: unknown): Project & { readonly view?: string } {
  const { files, seed, strategy, limits, stochastic, speed, view } = record(data, 'a program')
  if (typeof stochastic !== 'boolean') throw new ProjectError('it does not say how it runs')
  const settings: RunSettings = {
    seed: whole(seed, 'the seed'),
    strategy: strategyOf(strategy),
    limits: limitsOf(limits),
    isStochastic: stochastic,
  }
  return {
    files: filesOf(files),
    settings,
    perSecond: speedOf(speed),
    ...(typeof view === 'string' && /^[a-z-]{1,30}$/.test(view) && { view }),
  }
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ProjectError(`${what} is not there`)
  return value as Readonly<Record<string, unknown>>
}

function filesOf(value: unknown): readonly [SourceFile, ...SourceFile[]] {
  if (!Array.isArray(value)) throw new ProjectError('it has no files')
  if (value.length > MOST_FILES) throw new ProjectError('it has too many files')
  const files = value.map((each: unknown) => {
    if (!Array.isArray(each)) throw new ProjectError('a file in it is none')
    const [name, text] = each as readonly unknown[]
    return fileOf(name, text)
  })
  return checkedFiles(files)
}

/** A file by a name that is one, with a text that is not too long. */
export function fileOf(name: unknown, text: unknown): SourceFile {
  if (typeof name !== 'string' || typeof text !== 'string')
    throw new ProjectError('a file in it has no text')
  if (!isFileName(name)) throw new ProjectError('a file in it has a name that is none')
  if (text.length > LONGEST_TEXT) throw new ProjectError('a file in it is too long')
  return { name, text }
}

/** A name such as `main.hocl`: no folders, nothing that cannot be seen. */
export function isFileName(name: string): boolean {
  return name.length <= LONGEST_NAME && /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_. -]*\.hocl$/u.test(name)
}

/** One file at least, no name twice, not too much in all. */
export function checkedFiles(files: readonly SourceFile[]): readonly [SourceFile, ...SourceFile[]] {
  const [main, ...others] = files
  if (main === undefined) throw new ProjectError('it has no files')
  if (new Set(files.map(({ name }) => name)).size < files.length)
    throw new ProjectError('two files in it have one name')
  if (files.reduce((sum, { text }) => sum + text.length, 0) > LONGEST_TEXT)
    throw new ProjectError('it is too long')
  return [main, ...others]
}

function strategyOf(value: unknown): Strategy {
  const strategy = strategies.find((each) => each === value)
  if (strategy === undefined) throw new ProjectError('its strategy is not known here')
  return strategy
}

function limitsOf(value: unknown): RunLimits {
  const { reactions, milliseconds, molecules, until } = record(value, 'what bounds it')
  return {
    ...(reactions !== undefined && { reactions: whole(reactions, 'a limit') }),
    ...(milliseconds !== undefined && { milliseconds: whole(milliseconds, 'a limit') }),
    ...(molecules !== undefined && { molecules: whole(molecules, 'a limit') }),
    ...(until !== undefined && { until: timeOf(until) }),
  }
}

function timeOf(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0 && value < Infinity))
    throw new ProjectError('the time at which it stops is none')
  return value
}

function speedOf(value: unknown): number {
  if (value === null) return Infinity
  if (typeof value !== 'number' || !(value > 0)) throw new ProjectError('its speed is none')
  return value
}

function whole(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new ProjectError(`${what} is no whole number`)
  return value
}
