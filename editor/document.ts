import { parse, Source } from '../grammar/index.ts'
import type { Diagnostic, ParsedProgram, Position, Span } from '../grammar/index.ts'
import { diagnosticsOf, firstSolution, lowerProgram } from '../interpreter/index.ts'
import type { Check, Host, LoweredProgram, ModuleLoader } from '../interpreter/index.ts'
import type { ImportedModule } from './names/declaration.ts'
import { Names } from './names/names.ts'
import { outwardSpan, textMap } from './text-map.ts'
import type { TextMap } from './text-map.ts'

/** What a document asks of the workspace that it belongs to. */
export interface Surroundings {
  readonly host: Host
  readonly checks: readonly Check[]
  /** Grows with every change of any text. */
  readonly edition: number
  /** The document of a standard module, or of a file that a text imports. */
  standard(path: string): Document | undefined
  file(path: string, from: string): Document | undefined
  readonly standardNames: readonly string[]
  /** The document that a source belongs to. */
  documentOf(source: Source): Document | undefined
  /** Every document that is open or that an open one imports. */
  documents(): Iterable<Document>
}

interface Analysis {
  readonly program: LoweredProgram
  readonly edition: number
  /** The texts that imports led to, undefined where none was found. */
  readonly imports: readonly Import[]
  diagnostics: readonly Diagnostic[] | undefined
}

interface Import {
  readonly find: () => Document | undefined
  readonly found: Document | undefined
}

/**
 * One version of a text, with all that is known of it, each thing worked out when it is first asked for. Another
 * version is another document. Places are offsets into `text`; `position` and `offsetAt` tell lines and columns.
 */
export class Document {
  readonly uri: string
  readonly version: number
  /** As the editor has it. */
  readonly text: string
  /** As it is read. */
  readonly source: Source
  readonly surroundings: Surroundings
  readonly #map: TextMap
  readonly #lines: Source
  #parsed: ParsedProgram | undefined
  #names: Names | undefined
  #analysis: Analysis | undefined

  constructor({ uri, version, text, name }: DocumentText, surroundings: Surroundings) {
    this.uri = uri
    this.version = version
    this.text = text
    this.source = new Source(name, text)
    this.surroundings = surroundings
    this.#map = textMap(text, this.source.text)
    this.#lines = this.source.text === text ? this.source : new Lines(text)
  }

  /** The tree, with what is wrong with it. */
  get parsed(): ParsedProgram {
    this.#parsed ??= parse(this.source)
    return this.#parsed
  }

  /** The names in the text. There are some in any text. */
  get names(): Names {
    this.#names ??= new Names(this.source, this.parsed.program)
    return this.#names
  }

  /** The program with its modules as they are now. */
  get program(): LoweredProgram {
    return this.#analysed().program
  }

  /** All that `hocl check` says of the text. */
  get diagnostics(): readonly Diagnostic[] {
    const analysis = this.#analysed()
    analysis.diagnostics ??= this.#checked(analysis.program)
    return analysis.diagnostics
  }

  /** Line and column, both from 1, of an offset. */
  position(offset: number): Position {
    return this.#lines.position(offset)
  }

  /** The offset of a line and column, both from 1; one beyond the line is its end. */
  offsetAt({ line, column }: Position): number {
    const starts = this.#lines.lineStarts
    if (line < 1) return 0
    if (line > starts.length) return this.text.length
    const start = starts[line - 1] ?? 0
    return start + Math.min(Math.max(column - 1, 0), this.#lines.line(line).length)
  }

  /** The place in `source` of an offset. */
  inward(offset: number): number {
    return this.#map.inward(Math.min(Math.max(offset, 0), this.text.length))
  }

  /** The place in `text` of a span of `source`. */
  outward(span: Span): Span {
    return outwardSpan(this.#map, span)
  }

  /** What an import of this text leads to. */
  imported({ target, isStandard }: ImportedModule): Document | undefined {
    return isStandard
      ? this.surroundings.standard(target)
      : this.surroundings.file(target, this.uri)
  }

  #analysed(): Analysis {
    const known = this.#analysis
    if (known !== undefined && this.#isCurrent(known)) return known
    const imports: Import[] = []
    const { program, diagnostics } = this.parsed
    const { host, edition } = this.surroundings
    const modules = recording(this.surroundings, imports)
    const lowered = lowerProgram(this.source, program, diagnostics, { host, modules })
    this.#analysis = { program: lowered, edition, imports, diagnostics: undefined }
    return this.#analysis
  }

  #isCurrent({ edition, imports }: Analysis): boolean {
    if (edition === this.surroundings.edition) return true
    return imports.every(({ find, found }) => find() === found)
  }

  #checked(program: LoweredProgram): readonly Diagnostic[] {
    const diagnostics = diagnosticsOf(program, { checks: this.surroundings.checks })
    const hasErrors = diagnostics.some(({ severity }) => severity === 'error')
    if (hasErrors || program.solution === undefined) return diagnostics
    const { diagnostic } = firstSolution(program, 1)
    return diagnostic === undefined ? diagnostics : [diagnostic, ...diagnostics]
  }
}

/** What makes a document. */
export interface DocumentText {
  readonly uri: string
  readonly version: number
  readonly text: string
  /** Of its source, in messages and for imports. */
  readonly name: string
}

/** Lines of a text that is kept as it is. */
class Lines extends Source {
  override readonly text: string

  constructor(text: string) {
    super('', '')
    this.text = text
  }
}

function recording(surroundings: Surroundings, imports: Import[]): ModuleLoader {
  const found = (find: () => Document | undefined): Source | undefined => {
    const document = find()
    imports.push({ find, found: document })
    return document?.source
  }
  return {
    standardNames: surroundings.standardNames,
    standard: (path) => found(() => surroundings.standard(path)),
    file: (path, from) => {
      const uri = surroundings.documentOf(from)?.uri
      return uri === undefined ? undefined : found(() => surroundings.file(path, uri))
    },
  }
}
