import { Source } from '../grammar/index.ts'
import type { Diagnostic } from '../grammar/index.ts'
import { diagnosticsOf, lowerSource, prelude } from '../interpreter/index.ts'
import type { CheckOptions, Host, LoweredProgram } from '../interpreter/index.ts'
import { readText, STDIN } from './files.ts'
import { FileModules } from './modules.ts'
import { hasErrors, Rejection } from './rejection.ts'

/** A program as a command was given it. */
export interface Loaded {
  readonly program: LoweredProgram
  readonly host: Host
  readonly modules: FileModules
}

/** Reads a program with its modules and host modules. It may have errors: see `runnable`. */
export async function load(
  file: string,
  hostFiles: readonly string[] = [],
  base?: Host,
): Promise<Loaded> {
  const text = readText(file)
  const host = base ?? (await hostOf(hostFiles))
  return lowered(file === '-' ? STDIN : file, text, host)
}

/** The same for a text that is at hand. */
export async function loadText(
  name: string,
  text: string,
  hostFiles: readonly string[] = [],
): Promise<Loaded> {
  return lowered(name, text, await hostOf(hostFiles))
}

function lowered(name: string, text: string, host: Host): Loaded {
  const modules = new FileModules()
  const program = lowerSource(new Source(name, text), { host, modules })
  return { program, host, modules }
}

/** The prelude, and what host modules add to it. */
export async function hostOf(files: readonly string[]): Promise<Host> {
  if (files.length === 0) return prelude
  const { loadHosts } = await import('./host.ts')
  return loadHosts(files)
}

/** The warnings of a program without errors; one with errors is rejected. */
export function warningsOf(program: LoweredProgram, options?: CheckOptions): readonly Diagnostic[] {
  const diagnostics = diagnosticsOf(program, options)
  if (hasErrors(diagnostics)) throw new Rejection(diagnostics)
  return diagnostics
}
