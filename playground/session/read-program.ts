import { Source } from '../../grammar/index.ts'
import { diagnosticsOf, lowerSource } from '../../interpreter/index.ts'
import type { LoweredProgram, ModuleLoader } from '../../interpreter/index.ts'
import { standardModules } from '../../stdlib/index.ts'
import { Program, planChecks } from '../../vm/index.ts'
import { diagnosticForm } from './diagnostic-form.ts'
import type { DiagnosticForm, SourceFile } from './messages.ts'
import type { HostFunctions } from './page-console.ts'
import { hostOf } from './page-host.ts'

/** A program that was read, or why it is none. */
export interface ReadProgram {
  readonly lowered: LoweredProgram
  /** Absent where it cannot run. */
  readonly program?: Program
  readonly diagnostics: readonly DiagnosticForm[]
  /** The standard modules that were read. */
  readonly modules: readonly string[]
}

/** Reads the first file, with the others as modules beside it. */
export function readProgram(
  [main, ...others]: readonly [SourceFile, ...SourceFile[]],
  console: HostFunctions,
): ReadProgram {
  const modules = new FileModules(others)
  const host = hostOf(console)
  const lowered = lowerSource(new Source(main.name, main.text), { host, modules })
  const diagnostics = diagnosticsOf(lowered, { checks: planChecks })
  const read = {
    lowered,
    diagnostics: diagnostics.map(diagnosticForm),
    modules: [...modules.read.keys()].filter((name) => standardModules.has(name)),
  }
  if (diagnostics.some(({ severity }) => severity === 'error')) return read
  return { ...read, program: new Program(lowered, host, modules.read) }
}

/** The other files of the page, `"./name.hocl"`, and the standard modules. */
class FileModules implements ModuleLoader {
  readonly standardNames: readonly string[] = [...standardModules.keys()]
  readonly #files: ReadonlyMap<string, string>
  readonly #sources = new Map<string, Source>()
  /** The texts of those that were asked for. */
  readonly read = new Map<string, string>()

  constructor(files: readonly SourceFile[]) {
    this.#files = new Map(files.map(({ name, text }) => [`./${name}`, text]))
  }

  standard(path: string): Source | undefined {
    return this.#source(path, standardModules.get(path))
  }

  file(path: string): Source | undefined {
    return this.#source(path, this.#files.get(path))
  }

  #source(name: string, text: string | undefined): Source | undefined {
    if (text === undefined) return undefined
    const source = this.#sources.get(name) ?? new Source(name, text)
    this.#sources.set(name, source)
    this.read.set(name, text)
    return source
  }
}
