/*
 * Writes docs/api/: a page for each door, with the declaration and the comment of every name that it exports, as
 * the compiler sees them. `npm run reference`.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { compilerOptions, doors } from './doors.ts'
import type { Door } from './doors.ts'
import { slugger } from './slugs.ts'
import { root } from './tools.ts'

/** A name that a door exports: one entry of its page. */
interface Entry {
  readonly name: string
  readonly group: Group
  /** Its comment, as Markdown. Empty where there is none. */
  readonly comment: string
  /** Its declaration without bodies, with the comments of its members. */
  readonly declaration: string
  /** The file of its declaration, from the root. */
  readonly file: string
}

const groups = ['Functions', 'Classes', 'Constants', 'Types'] as const
type Group = (typeof groups)[number]

/** Each node of the tree says its shape by its fields, and its grammar stands in the language reference. */
const saysItself = 'grammar/ast.ts'
const ofNodes =
  'A part of the syntax tree. Its fields say what it holds, and [the grammar](../language.md#grammar) how it is written.'

/** The pages by their path from the root, and the names that have no comment. */
export interface Reference {
  readonly pages: ReadonlyMap<string, string>
  readonly silent: readonly string[]
}

/** Makes the reference of all doors. Two doors to one file have one page. */
export function reference(): Reference {
  const listed = doors().filter(
    ({ file }, i, all) => all.findIndex((door) => door.file === file) === i,
  )
  const declarations = new Declarations(listed)
  const pages = new Map<string, string>()
  const silent: string[] = []
  for (const door of listed) {
    const entries = declarations.of(door)
    silent.push(
      ...entries
        .filter(({ comment }) => comment === '')
        .map(({ name, file }) => `${name} in ${file}`),
    )
    pages.set(pathOf(door), page(door, entries, declarations.headOf(door)))
  }
  pages.set('docs/api/README.md', index(listed, declarations))
  return { pages, silent }
}

/** What the compiler declares of the doors and all that is behind them. */
class Declarations {
  readonly #program: ts.Program
  readonly #checker: ts.TypeChecker
  readonly #declared = new Map<string, ts.SourceFile>()

  constructor(of: readonly Door[]) {
    const options = {
      ...compilerOptions(),
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
    }
    this.#program = ts.createProgram(
      of.map(({ file }) => join(root, file)),
      options,
    )
    this.#checker = this.#program.getTypeChecker()
  }

  of(door: Door): readonly Entry[] {
    const source = this.#sourceOf(door)
    const symbol = this.#checker.getSymbolAtLocation(source)
    const exported = symbol === undefined ? [] : this.#checker.getExportsOfModule(symbol)
    return exported.map((each) => this.#entry(each)).sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** The comment at the head of a door: what its layer is. */
  headOf(door: Door): string {
    const [, head = ''] = /^\/\*\n([\s\S]*?)\*\//.exec(this.#sourceOf(door).text) ?? []
    const lines = head.split('\n').map((line) => line.replace(/^ \* ?/, ''))
    return prose(lines.join('\n').trim())
  }

  #sourceOf(door: Door): ts.SourceFile {
    const source = this.#program.getSourceFile(join(root, door.file))
    if (source === undefined) throw new Error(`${door.name} has no source file`)
    return source
  }

  #entry(exported: ts.Symbol): Entry {
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0
    const symbol = isAlias ? this.#checker.getAliasedSymbol(exported) : exported
    const [declaration] = symbol.declarations ?? []
    if (declaration === undefined) throw new Error(`${exported.name} is declared nowhere`)
    const source = declaration.getSourceFile()
    const file = source.fileName.slice(root.length + 1).replaceAll('\\', '/')
    const written = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker))
    return {
      name: exported.name,
      group: groupOf(symbol),
      comment: written === '' && file === saysItself ? ofNodes : prose(written),
      declaration: this.#declarationOf(symbol.name, source),
      file,
    }
  }

  #declarationOf(name: string, source: ts.SourceFile): string {
    const declared = this.#declaredIn(source)
    const found = declared.statements.filter((statement) => declares(statement, name))
    if (found.length === 0) throw new Error(`${source.fileName} does not declare ${name}`)
    return found.map((statement) => bare(statement.getText(declared))).join('\n')
  }

  #declaredIn(source: ts.SourceFile): ts.SourceFile {
    const known = this.#declared.get(source.fileName)
    if (known !== undefined) return known
    let text = ''
    this.#program.emit(source, (_, written) => (text = written), undefined, true)
    const declared = ts.createSourceFile('door.d.ts', text, ts.ScriptTarget.Latest, true)
    this.#declared.set(source.fileName, declared)
    return declared
  }
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.some((each) => each.name.getText() === name)
  const isDeclaration =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  return isDeclaration && statement.name?.text === name
}

/** Without what says only that it is exported, or that there is something private. */
function bare(declaration: string): string {
  return declaration
    .replace(/^export /, '')
    .replace(/^declare /, '')
    .replaceAll(/^ *(?:#private|private [^\n]*);\n/gm, '')
    .replaceAll(/^(?: {4})+/gm, (indent) => ' '.repeat(indent.length / 2))
}

function groupOf({ flags }: ts.Symbol): Group {
  if ((flags & ts.SymbolFlags.Function) !== 0) return 'Functions'
  if ((flags & ts.SymbolFlags.Class) !== 0) return 'Classes'
  if ((flags & ts.SymbolFlags.Variable) !== 0) return 'Constants'
  return 'Types'
}

/** Text of a comment as Markdown: what looks like a tag of HTML outside of code is text. */
function prose(comment: string): string {
  return comment
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;')))
    .join('')
}

function pathOf({ name }: Door): string {
  return `docs/api/${name.replace('/', '-')}.md`
}

function page(door: Door, entries: readonly Entry[], head: string): string {
  const slug = slugger()
  slug(door.name)
  const lists: string[] = []
  const texts: string[] = []
  for (const group of groups) {
    const within = entries.filter((entry) => entry.group === group)
    if (within.length === 0) continue
    slug(group)
    texts.push(`## ${group}`)
    const links = within.map(({ name }) => `[\`${name}\`](#${slug(name)})`)
    lists.push(`**${group}**: ${links.join(', ')}`)
    texts.push(...within.map(entryText))
  }
  const top = [generated, `# ${door.name}`, head, ...lists]
  return `${[...top.filter((part) => part !== ''), ...texts].join('\n\n')}\n`
}

function entryText({ name, comment, declaration, file }: Entry): string {
  return `### ${name}\n\n${comment}\n\n\`\`\`dts\n${declaration}\n\`\`\`\n\n[${file}](../../${file})`
}

const generated =
  '<!-- Generated by scripts/build-reference.ts: `npm run reference` writes it anew. -->'

function index(listed: readonly Door[], declarations: Declarations): string {
  const rows = listed.map((door) => {
    const entries = declarations.of(door)
    const size = entries.length
    // A generated door has no comment at its head.
    const head = declarations.headOf(door) || (entries[0]?.comment ?? '')
    const file = pathOf(door).slice('docs/api/'.length)
    const [first = ''] = head.split(/(?<=\.)\s/)
    return `| [\`${door.name}\`](${file}) | ${String(size)} | ${first.replaceAll('\n', ' ')} |`
  })
  return `${generated}\n\n# The API\n\nEvery name that the package exports, door by door, with what its comment says. [HOCL in an application](../embedding.md) tells how they belong together; \`hocl/vm\` is the same door as \`hocl\`.\n\n| door | names | what it is |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { pages, silent } = reference()
  for (const each of silent) console.error(`${each} has no comment`)
  if (silent.length > 0) process.exitCode = 1
  rmSync(join(root, 'docs/api'), { recursive: true, force: true })
  mkdirSync(join(root, 'docs/api'), { recursive: true })
  for (const [path, text] of pages) writeFileSync(join(root, path), text)
}
