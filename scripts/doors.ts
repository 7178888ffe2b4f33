import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './tools.ts'

/** An entry of the package's exports map, and the source file that it is built from. */
export interface Door {
  /** As in an import: `hocl`, `hocl/grammar`. */
  readonly name: string
  readonly file: string
}

/** A name that a door exports, with what it is declared as. */
export interface PublicName {
  readonly name: string
  readonly kind: string
  readonly hasComment: boolean
  /** The file of its declaration, from the root, with forward slashes. */
  readonly file: string
}

/** The doors of the exports map, whether their file is there or not. Two doors can have one file. */
export function doors(): readonly Door[] {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly exports: Readonly<Record<string, string | { readonly default: string }>>
  }
  const found: Door[] = []
  for (const [key, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') continue
    const file = target.default.replace(/^\.\/dist\//, '').replace(/\.js$/, '.ts')
    found.push({ name: manifest.name + key.slice(1), file })
  }
  return found
}

/** What each of these doors exports, types too, in alphabetical order. A door that is missing has no entry. */
export function publicNames(of: readonly Door[]): ReadonlyMap<Door, readonly PublicName[]> {
  const present = of.filter((door) => existsSync(join(root, door.file)))
  const program = ts.createProgram(
    present.map((door) => join(root, door.file)),
    { ...compilerOptions(), noEmit: true },
  )
  const checker = program.getTypeChecker()
  const names = new Map<Door, readonly PublicName[]>()
  for (const door of present) {
    const source = program.getSourceFile(join(root, door.file))
    const symbol = source && checker.getSymbolAtLocation(source)
    const exported = symbol === undefined ? [] : checker.getExportsOfModule(symbol)
    names.set(door, exported.map((each) => describe(each, checker)).sort(byName))
  }
  return names
}

/** As tsconfig.json says. */
export function compilerOptions(): ts.CompilerOptions {
  const read = (path: string): string => readFileSync(path, 'utf8')
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), read) as {
    config: unknown
  }
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options
}

function describe(exported: ts.Symbol, checker: ts.TypeChecker): PublicName {
  const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0
  const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported
  const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? ''
  return {
    name: exported.name,
    kind: kindOf(symbol),
    hasComment: symbol.getDocumentationComment(checker).length > 0,
    file: file.slice(root.length + 1).replaceAll('\\', '/'),
  }
}

// A name can be two things, a value and its type: both are listed.
function kindOf(symbol: ts.Symbol): string {
  const kinds: readonly (readonly [ts.SymbolFlags, string])[] = [
    [ts.SymbolFlags.Class, 'class'],
    [ts.SymbolFlags.Function, 'function'],
    [ts.SymbolFlags.Variable, 'const'],
    [ts.SymbolFlags.Interface, 'interface'],
    [ts.SymbolFlags.TypeAlias, 'type'],
  ]
  const found = kinds.filter(([flag]) => (symbol.flags & flag) !== 0).map(([, kind]) => kind)
  return found.join(' and ') || 'unknown'
}

function byName(a: PublicName, b: PublicName): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
