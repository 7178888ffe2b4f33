import { Blueprint } from '../../distribution/index.ts'
import type { ProgramRecord } from '../../distribution/index.ts'
import { Source } from '../../grammar/index.ts'
import type { Diagnostic } from '../../grammar/index.ts'
import {
  DEFAULT_DEPTH,
  diagnosticsOf,
  firstSolution,
  hostWith,
  lowerSource,
  prelude,
} from '../../interpreter/index.ts'
import type { FoundModule, Host, ModuleLoader, SolutionValue } from '../../interpreter/index.ts'
import type { LaterCall } from '../../vm/index.ts'
import { laterCalls } from '../../vm/index.ts'
import { standardModules } from '../../stdlib/index.ts'
import { PageConsole } from '../session/page-console.ts'
import type { SourceFile } from '../session/messages.ts'
import type { ClusterStart, Refusal } from './messages.ts'

/** What nodes need of a program, and what it begins with. */
export interface ProgramForNodes {
  readonly record: Omit<ProgramRecord, 'rules'>
  readonly blueprint: Blueprint
  readonly first: SolutionValue
}

/** Reads a program as `hocl cluster run` does, or says why nodes cannot run it. */
export function programForNodes(
  { files: [main, ...others], seed, shards }: ClusterStart,
  host: Host,
): ProgramForNodes | readonly Refusal[] {
  const modules = new KeptModules(others)
  const program = lowerSource(new Source(main.name, main.text), { host, modules })
  const errors = diagnosticsOf(program).filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return errors.map(refusalOf)
  const { value: first, diagnostic } = firstSolution(program, seed)
  if (first === undefined) return [refusalOf(diagnostic)]
  // A function of the page that answers later asks a person, and nodes have nobody to ask.
  const refused = laterCalls(first.contents().entries())
  if (refused.length > 0) return refused.map(unofferedCall).map(refusalOf)
  const depth = DEFAULT_DEPTH
  const { found } = modules
  return {
    record: {
      ...{ name: main.name, text: main.text, modules: found, shards, seed, depth },
      isCentral: false,
      offers: [],
    },
    blueprint: new Blueprint({ program, host, first, shards, seed, depth }),
    first,
  }
}

/** What a program finds on a node of this page, whose console is the page's. */
export function hostOfPage(output: (text: string) => void): Host {
  const { functions } = new PageConsole({ output, question: () => undefined })
  return hostWith(prelude, [{ name: 'console', origin: 'the playground', exports: functions }])
}

function unofferedCall({ text, place }: LaterCall): Diagnostic {
  return {
    code: 'HOCL503',
    severity: 'error',
    title: `\`${text}\` answers later`,
    labels: [{ ...place, text: 'no node of the page offers it' }],
    hint: 'run it without a cluster, or give the answers as data',
  }
}

/** A diagnostic in the form in which the page shows it. */
function refusalOf({ code, title, hint, labels: [first] }: Diagnostic): Refusal {
  const { source, span, text } = first
  const { line, column } = source.position(span.start)
  return {
    code,
    title: text === '' ? title : `${title}: ${text}`,
    place: `${source.name}:${String(line)}:${String(column)}`,
    ...(hint !== undefined && { hint }),
  }
}

/** The other files of the page and the standard modules, with a note of all that was found. */
class KeptModules implements ModuleLoader {
  readonly standardNames: readonly string[] = [...standardModules.keys()]
  readonly found: FoundModule[] = []
  readonly #files: ReadonlyMap<string, string>
  readonly #sources = new Map<string, Source>()

  constructor(files: readonly SourceFile[]) {
    this.#files = new Map(files.map(({ name, text }) => [`./${name}`, text]))
  }

  standard(path: string): Source | undefined {
    return this.#source(path, standardModules.get(path), undefined)
  }

  file(path: string, from: Source): Source | undefined {
    return this.#source(path, this.#files.get(path), from.name)
  }

  #source(path: string, text: string | undefined, from: string | undefined): Source | undefined {
    if (text === undefined) return undefined
    this.found.push({ from, path, name: path, text })
    const source = this.#sources.get(path) ?? new Source(path, text)
    this.#sources.set(path, source)
    return source
  }
}
