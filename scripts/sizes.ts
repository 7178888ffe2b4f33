/*
 * `npm run sizes`: what an application loads in a browser for what it imports, in kilobytes of 1,000 bytes, as
 * minified and compressed by gzip: at once and when it is wanted, without the libraries and with them.
 * test/package/sizes.test.ts holds the first to the budgets here.
 */
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import type { OutputChunk } from 'rolldown'
import { root } from './tools.ts'

/** What an application imports, and how much it may have to load at once. */
export interface Import {
  readonly names: readonly string[]
  /** From the root of the repository. */
  readonly door: string
  readonly budget: Size
}

/** In kilobytes, compressed. */
export interface Size {
  readonly own: number
  readonly withLibraries: number
}

/** What was measured. */
export interface Loaded {
  readonly atOnce: Size
  /** Parts of ours that are loaded when they are wanted. */
  readonly later: readonly (readonly [name: string, size: number])[]
}

/** A budget is raised only for a reason that is told in the change that does it. */
export const imports: readonly Import[] = [
  {
    names: ['Reactor', 'hocl'],
    door: 'vm/index.ts',
    budget: { own: 152, withLibraries: 198 },
  },
  {
    names: ['parse', 'format'],
    door: 'grammar/index.ts',
    budget: { own: 30, withLibraries: 70 },
  },
]

/** Bundles what imports this, for browsers. */
export async function loadedBy(given: Pick<Import, 'names' | 'door'>): Promise<Loaded> {
  const own = await chunksFor(given, [/^chevrotain/, /^immutable/])
  const all = await chunksFor(given, [])
  const first = atOnceOf(own)
  return {
    atOnce: { own: sizeOf(first), withLibraries: sizeOf(atOnceOf(all)) },
    later: own
      .filter((chunk) => !first.includes(chunk))
      .map((chunk) => [chunk.name, sizeOf([chunk])] as const),
  }
}

async function chunksFor(
  { names, door }: Pick<Import, 'names' | 'door'>,
  external: readonly RegExp[],
): Promise<readonly OutputChunk[]> {
  const entry = 'virtual:application'
  await using bundle = await rolldown({
    input: entry,
    cwd: root,
    platform: 'browser',
    external: [...external],
    plugins: [
      {
        name: 'application',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) =>
          id === entry
            ? `export { ${names.join(', ')} } from ${JSON.stringify(join(root, door))}`
            : undefined,
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true, comments: false })
  return output.filter((each) => each.type === 'chunk')
}

/** The entry and what it imports without being asked. */
function atOnceOf(chunks: readonly OutputChunk[]): readonly OutputChunk[] {
  const found = new Set(chunks.filter(({ isEntry }) => isEntry))
  for (const chunk of found)
    for (const other of chunks) if (chunk.imports.includes(other.fileName)) found.add(other)
  return [...found]
}

function sizeOf(chunks: readonly OutputChunk[]): number {
  return chunks.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0) / 1000
}

async function show(): Promise<void> {
  for (const each of imports) {
    const { atOnce, later } = await loadedBy(each)
    console.log(`import { ${each.names.join(', ')} } from ${each.door}`)
    line('at once', atOnce.own, `of at most ${String(each.budget.own)}`)
    const { withLibraries } = each.budget
    line('with libraries', atOnce.withLibraries, `of at most ${String(withLibraries)}`)
    for (const [name, size] of later) line(`later: ${name}`, size, '')
  }
}

function line(what: string, size: number, more: string): void {
  console.log(`  ${what.padEnd(32)}${size.toFixed(1).padStart(8)} kB ${more}`)
}

if (import.meta.main) await show()
