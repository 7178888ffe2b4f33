import { normalize } from 'node:path'
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

/** Reads a program with its modules and host modules. It may have errors: see `warningsOf`. */
export async function load(
  file: string,
  hostFiles: readonly string[] = [],
  base?: Host,
): Promise<Loaded> {
  const text = readText(file)
  const host = base ?? (await hostOf(hostFiles))
  // As its imports would name it: a file that is reached in two ways is one module.
  return lowered(new Source(file === '-' ? STDIN : normalize(file), text), host, '.')
}

/** The same for a text that is at hand, with its imports relative to a folder. */
export async function loadText(
  name: string,
  text: string,
  { hosts, folder }: { readonly hosts: readonly string[]; readonly folder: string },
): Promise<Loaded> {
  return lowered(new Source(name, text), await hostOf(hosts), folder)
}

function lowered(source: Source, host: Host, folder: string): Loaded {
  const modules = new FileModules(folder)
  return { program: lowerSource(source, { host, modules }), host, modules }
}

/** The prelude, and what host modules add to it. */
export async function hostOf(files: readonly string[]): Promise<Host> {
  if (files.length === 0) return prelude
  const { openDoors } = await import('./doors.ts')
  const { loadHosts } = await import('./host.ts')
  openDoors()
  return loadHosts(files)
}

/** The warnings of a program without errors; one with errors is rejected. */
export function warningsOf(program: LoweredProgram, options?: CheckOptions): readonly Diagnostic[] {
  const diagnostics = diagnosticsOf(program, options)
  if (hasErrors(diagnostics)) throw new Rejection(diagnostics)
  return diagnostics
}
