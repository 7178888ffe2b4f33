import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Command } from './timed-process.ts'

/** Another implementation that runs the same programs on the same data. */
export interface Peer {
  readonly name: string
  readonly title: string
  /** Hand-written, with no rules at all: it shows what is possible, and nobody is ahead of it. */
  readonly isLimit: boolean
  /** What is there, as it calls itself; undefined where it is not installed. */
  version(): string | undefined
  /** What to type, to have it. */
  readonly installation: string
  /** How to run a program at a size, made ready before. Undefined for a program that it does not have. */
  command(program: string, size: number): Command | undefined
  /** The result that it printed. */
  result(output: string): string | undefined
}

/** What every peer has beside the programs: it prints a result at once, which costs as much as starting. */
export const EMPTY = 'empty'

/** Peers that take all memory are stopped before the machine is. */
export const MOST_MEMORY = 8 * 2 ** 30

/** Where peers' programs stand. */
export const here = import.meta.dirname

/** Where compiled programs and CHR.js are kept: outside the checkout. */
export const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'hocl-bench')

/** `RESULT …`, as most of them print it. */
export function printedResult(output: string): string | undefined {
  return /^RESULT (.+)$/m.exec(output)?.[1]?.trim()
}

/** The first line of what a command says about itself that holds a digit, or undefined if there is no such command. */
export function versionOf(file: string, args: readonly string[], input = ''): string | undefined {
  const { error, stdout, stderr } = spawnSync(file, args, {
    encoding: 'utf8',
    input,
    timeout: 10_000,
  })
  if (error !== undefined) return undefined
  return `${stdout}\n${stderr}`
    .split('\n')
    .find((line) => /\d/.test(line))
    ?.trim()
}

/** Makes a compiled program, unless the one that is there is newer than all that it is made of. */
export function built(
  target: string,
  sources: readonly string[],
  build: (target: string) => Command & { readonly takesOutput?: (text: string) => void },
): string {
  mkdirSync(join(target, '..'), { recursive: true })
  const isNew =
    existsSync(target) &&
    sources.every((source) => statSync(source).mtimeMs < statSync(target).mtimeMs)
  if (isNew) return target
  const { file, args, takesOutput } = build(target)
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`${[file, ...args].join(' ')} failed: ${stderr}`)
  takesOutput?.(stdout)
  return target
}
