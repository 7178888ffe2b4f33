import {
  compare,
  holdsSolution,
  isRule,
  isSymbol,
  printInline,
  solutionsIn,
  substitute,
  symbol,
} from '../../interpreter/index.ts'
import type { Entry, Molecule } from '../../interpreter/index.ts'

/** How copies are counted: each molecule by itself, or all together that begin with the same symbol. */
export type Columns = 'species' | 'tags'

/** Counts at one time, by column. */
export interface CountsRow {
  readonly time: number
  readonly counts: readonly number[]
}

/** So many species are shown one by one where nothing is asked for. */
const MOST_COLUMNS = 100
/** So many solutions inside one another are looked into. */
const DEEPEST = 6
/** What stands for the content of a solution in the name of a column. */
const ELIDED = '…'

/** A column: one species, or all of a tag. */
interface Column {
  readonly name: string
  readonly tag: string
}

/**
 * How many copies there are of what, over time. What stands inside a molecule is counted under a name
 * like `CELL:<A>`, all cells together, and the molecule itself as `CELL:<…>`. Rules are not counted. A
 * column is there for all that is ever seen; only what changes from row to row is kept.
 */
export class CountsOverTime {
  readonly #asked: Columns | undefined
  readonly #columns: Column[] = []
  readonly #numbers = new Map<string, number>()
  readonly #rows: {
    readonly time: number
    readonly changes: readonly (readonly [number, number])[]
  }[] = []
  #current: number[] = []

  constructor(columns?: Columns) {
    this.#asked = columns
  }

  /** Counts what there is. */
  take(time: number, entries: Iterable<Entry>): void {
    const counts = new Array<number>(this.#columns.length).fill(0)
    const unknown = new Map<string, Counted>()
    for (const found of countedIn(entries)) {
      const { column, count } = found
      const name = this.#asked === 'tags' ? column.tag : column.name
      const number = this.#numbers.get(name)
      const known = unknown.get(name)
      if (number !== undefined) counts[number] = (counts[number] ?? 0) + count
      else if (known !== undefined) known.count += count
      else unknown.set(name, { ...found, column: { ...column, name } })
    }
    const fresh = [...unknown.values()].sort(inOrder)
    for (const { column, count } of fresh) {
      this.#numbers.set(column.name, this.#columns.length)
      this.#columns.push(column)
      counts.push(count)
    }
    const changes = [...counts.entries()].filter(([i, count]) => count !== (this.#current[i] ?? 0))
    this.#rows.push({ time, changes })
    this.#current = counts
  }

  /** Whether species are counted by tag, because that was asked for or there are too many. */
  get isByTag(): boolean {
    return (
      this.#asked === 'tags' || (this.#asked === undefined && this.#columns.length > MOST_COLUMNS)
    )
  }

  /** How many species were seen. */
  get species(): number {
    return this.#columns.length
  }

  /** The names of the columns, in the order in which they came about. */
  get names(): readonly string[] {
    const names = this.#columns.map(({ name, tag }) => (this.isByTag ? tag : name))
    return [...new Set(names)]
  }

  *rows(): Generator<CountsRow> {
    const names = this.names
    const places = this.#columns.map(({ name, tag }) => names.indexOf(this.isByTag ? tag : name))
    const counts = new Array<number>(names.length).fill(0)
    const bySpecies = new Array<number>(this.#columns.length).fill(0)
    for (const { time, changes } of this.#rows) {
      for (const [i, count] of changes) {
        const place = places[i] ?? 0
        bySpecies[i] = count
        counts[place] = 0
      }
      const stale = new Set(changes.map(([i]) => places[i] ?? 0))
      for (const [i, count] of bySpecies.entries()) {
        const place = places[i] ?? 0
        if (stale.has(place)) counts[place] = (counts[place] ?? 0) + count
      }
      yield { time, counts: [...counts] }
    }
  }
}

/** What there is of one kind, in one place. */
interface Counted {
  readonly molecule: Molecule
  readonly column: Column
  readonly level: number
  count: number
}

/** Columns that come about together: the outermost in canonical order, what is inside by name. */
function inOrder(a: Counted, b: Counted): number {
  if (a.level !== b.level) return a.level - b.level
  if (a.level === 0) return compare(a.molecule, b.molecule)
  return compare(a.column.name, b.column.name)
}

/** A solution that is still to be gone through, with how often it is there, and the name of what is in it. */
interface Inside {
  readonly entries: Iterable<Entry>
  readonly times: number
  readonly level: number
  readonly name: (inner: string) => Column
}

function* countedIn(entries: Iterable<Entry>): Generator<Counted> {
  const outermost = (inner: string): Column => ({ name: inner, tag: inner })
  const waiting: Inside[] = [{ entries, times: 1, level: 0, name: outermost }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { times, level, name } = next
    for (const [molecule, n] of next.entries) {
      if (isRule(molecule)) continue
      const count = times * Number(n)
      if (!holdsSolution(molecule)) {
        const column = { name: name(printInline(molecule)).name, tag: name(tagOf(molecule)).tag }
        yield { molecule, column, level, count }
        continue
      }
      const places = [...solutionsIn(molecule)]
      const shown = (at: number, content: string): Column => {
        const text = elided(molecule, places, at, content)
        return { name: name(text.name).name, tag: name(text.tag).tag }
      }
      yield { molecule, column: shown(-1, ''), level, count }
      if (level >= DEEPEST) continue
      for (const [at, { solution }] of places.entries())
        waiting.push({
          entries: solution.contents().entries(),
          times: count,
          level: level + 1,
          name: (content) => shown(at, content),
        })
    }
  }
}

type Places = readonly { readonly path: readonly number[] }[]

/** A molecule with `<…>` for each solution in it, but for one with a content. */
function elided(molecule: Molecule, places: Places, at: number, content: string): Column {
  let shape = molecule
  for (const [i, { path }] of places.entries())
    shape = substitute(shape, path, symbol(i === at ? `<${content}>` : `<${ELIDED}>`))
  const ends = at >= 0 ? `<${content}>` : `<${ELIDED}>`
  return { name: printInline(shape), tag: `${isSymbol(shape) ? '' : `${tagOf(shape)}:`}${ends}` }
}

/** What a molecule is counted under by tag: its first symbol, or the name of its type. */
function tagOf(molecule: Molecule): string {
  switch (typeof molecule) {
    case 'number':
    case 'bigint':
      return 'Int'
    case 'string':
      return 'String'
    case 'boolean':
      return 'Bool'
    case 'object':
      break
  }
  switch (molecule.kind) {
    case 'symbol':
      return molecule.name
    case 'tuple': {
      const [first] = molecule.fields
      return first !== undefined && isSymbol(first) ? first.name : 'Tuple'
    }
    case 'float':
      return 'Float'
    case 'list':
      return 'List'
    case 'host':
      return molecule.className
    case 'solution':
    case 'rule':
    case 'pending':
      return molecule.kind
  }
}
