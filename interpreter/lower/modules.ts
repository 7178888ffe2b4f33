import { parse, suggest } from '../../grammar/index.ts'
import type { Import, Program, Source } from '../../grammar/index.ts'
import { append } from '../append.ts'
import type { Binding } from '../rule.ts'
import { placeOf } from './context.ts'
import type { Lowering, Site } from './context.ts'
import { declareAll } from './definitions.ts'
import { Scope } from './scope.ts'
import type { Declared, Frame, Imported, Module } from './scope.ts'

/** Finds the text of a module. It may read files, or know only the standard library. */
export interface ModuleLoader {
  /** `hocl.sets`; undefined where there is no such standard module. */
  standard(path: string): Source | undefined
  /** `"./file.hocl"` as written in `from`; undefined where there is none. */
  file(path: string, from: Source): Source | undefined
  /** For suggestions. */
  readonly standardNames: readonly string[]
}

/** Knows no modules. */
export const noModules: ModuleLoader = {
  standard: () => undefined,
  file: () => undefined,
  standardNames: [],
}

/** Loads a program and all that it imports, each module once. */
export class Modules {
  readonly #lowering: Lowering
  readonly #loader: ModuleLoader
  readonly #frame: Frame
  readonly #bindings: Binding[]
  readonly #loaded = new Map<string, Module>()
  readonly #beingLoaded: string[] = []

  constructor(lowering: Lowering, loader: ModuleLoader, frame: Frame, bindings: Binding[]) {
    this.#lowering = lowering
    this.#loader = loader
    this.#frame = frame
    this.#bindings = bindings
  }

  /** The module of a parsed text, and the scope that its solution is read in. */
  open(source: Source, program: Program): { module: Module; site: Site } {
    this.#beingLoaded.push(source.name)
    const imports = program.imports.flatMap((node) => this.#import(node, source))
    this.#beingLoaded.pop()
    const module: Module = { source, program, imports, exports: new Map() }
    const outermost: Site = {
      module,
      scope: new Scope(undefined),
      frame: this.#frame,
      mustBePure: undefined,
      rule: undefined,
      depth: 0,
    }
    const scope = declareAll(program.definitions, outermost, this.#lowering, this.#bindings)
    for (const declared of ownDeclarations(scope)) module.exports.set(declared.name, declared)
    return { module, site: { ...outermost, scope } }
  }

  #import(node: Import, from: Source): Imported[] {
    const place = placeOf(node.target, from)
    const words = node.target.kind === 'path' ? node.target.words.map((w) => w.text) : []
    if (node.target.kind === 'path' && words[0] !== 'hocl') {
      this.#lowering.report({
        code: 'HOCL605',
        severity: 'hint',
        title: 'this import is ignored',
        labels: [{ ...place, text: 'taken for a Java import' }],
        hint: 'the prelude and `--host` modules supply its functions and classes',
      })
      return []
    }
    const written = node.target.kind === 'path' ? words.join('.') : node.target.value
    const source =
      node.target.kind === 'path'
        ? this.#loader.standard(written)
        : this.#loader.file(written, from)
    if (source === undefined) {
      this.#lowering.isModuleMissing = true
      this.#lowering.error(
        'HOCL601',
        `there is no module \`${written}\``,
        { ...place, text: 'this module is not there' },
        this.#notFoundHint(written, node.target.kind === 'path'),
      )
      return []
    }
    const module = this.#module(source, place.span, from)
    if (module === undefined) return []
    const qualifier =
      node.alias?.text ??
      (node.target.kind === 'path' ? words.at(-1) : qualifierOfFile(written)) ??
      written
    return [{ qualifier, module }]
  }

  #notFoundHint(path: string, isStandard: boolean): string {
    const names = this.#loader.standardNames
    if (!isStandard) return 'a path is relative to the file that it stands in'
    if (names.length === 0) return 'no standard modules are at hand here'
    const similar = suggest(path, names)
    return similar === undefined
      ? `the standard modules are ${names.map((name) => `\`${name}\``).join(', ')}`
      : `did you mean \`${similar}\`?`
  }

  #module(source: Source, span: Import['span'], from: Source): Module | undefined {
    const known = this.#loaded.get(source.name)
    if (known !== undefined) return known
    if (this.#beingLoaded.includes(source.name)) {
      const circle = [
        ...this.#beingLoaded.slice(this.#beingLoaded.indexOf(source.name)),
        source.name,
      ]
        .map((n) => `\`${n}\``)
        .join(' → ')
      this.#lowering.isModuleMissing = true
      this.#lowering.error(
        'HOCL603',
        'these modules import one another',
        { source: from, span, text: circle },
        'move what both need into a third module',
      )
      return undefined
    }
    const { program, diagnostics } = parse(source)
    append(this.#lowering.diagnostics, diagnostics)
    const { module } = this.open(source, program)
    this.#loaded.set(source.name, module)
    return module
  }
}

function ownDeclarations(scope: Scope): Declared[] {
  const scopes: Scope[] = []
  for (let s: Scope | undefined = scope; s !== undefined; s = s.parent) scopes.push(s)
  return scopes.reverse().flatMap((each) => [...each.declarations()])
}

/** `./lib/shapes.hocl` is `shapes`. */
function qualifierOfFile(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? path
  return name.replace(/\.hocl$/, '')
}
