import { isSymbol } from '../../interpreter/index.ts'
import type { Molecule, Symbol } from '../../interpreter/index.ts'
import { ANY, INT32 } from './column.ts'
import type { ColumnKind } from './column.ts'

/**
 * Molecules of one class share a store: atoms by their type, tuples by arity and, where some pattern of
 * the program names it, by the symbol in their first field (their tag).
 */
export interface MoleculeClass {
  readonly id: number
  readonly kind:
    | 'int'
    | 'float'
    | 'string'
    | 'boolean'
    | 'symbol'
    | 'tuple'
    | 'list'
    | 'solution'
    | 'host'
    | 'rule'
  /** Of a tagged class; its first column is not stored. */
  readonly tag: Symbol | undefined
  /** Of the class of all other tuples of an arity: the tags that have a class of their own. */
  readonly apart: ReadonlySet<Symbol>
  /** Number of fields of a tuple; 1 for everything else, which is stored whole. */
  readonly arity: number
  /** What its molecules needed so far, by field: the columns of a new store begin as these. */
  readonly columns: ColumnKind[]
  /** As it is named in plans: `Int`, `EDGE:_:_`. */
  readonly name: string
}

const NO_TAGS: ReadonlySet<Symbol> = new Set()

/** The classes of one machine. Those of tuples come into being when they are first met. */
export class ClassTable {
  readonly all: MoleculeClass[] = []
  readonly int = this.#make('int', 1, 'Int')
  readonly float = this.#make('float', 1, 'Float')
  readonly string = this.#make('string', 1, 'String')
  readonly boolean = this.#make('boolean', 1, 'Bool')
  readonly symbol = this.#make('symbol', 1, 'Symbol')
  readonly list = this.#make('list', 1, 'List')
  readonly solution = this.#make('solution', 1, 'Solution')
  readonly host = this.#make('host', 1, 'Host')
  readonly rule = this.#make('rule', 1, 'Rule')
  readonly #tuples: (MoleculeClass | undefined)[] = []
  readonly #tagged = new Map<Symbol, (MoleculeClass | undefined)[]>()
  /** By arity: the tags of tagged classes. */
  readonly #apart: (Set<Symbol> | undefined)[] = []

  /** Gives tuples of a tag and arity a class of their own; must come before any such molecule is stored. */
  tag(tag: Symbol, arity: number): MoleculeClass {
    let byArity = this.#tagged.get(tag)
    if (byArity === undefined) this.#tagged.set(tag, (byArity = []))
    this.#tagsOf(arity).add(tag)
    const name = [tag.name, ...new Array<string>(arity - 1).fill('_')].join(':')
    return (byArity[arity] ??= this.#make('tuple', arity, name, tag))
  }

  /** The class of a tag and arity, where the tag has one. */
  tagged(tag: Symbol, arity: number): MoleculeClass | undefined {
    return this.#tagged.get(tag)?.[arity]
  }

  /** The class of all other tuples of an arity. */
  untagged(arity: number): MoleculeClass {
    return (this.#tuples[arity] ??= this.#make(
      'tuple',
      arity,
      new Array<string>(arity).fill('_').join(':'),
    ))
  }

  #tagsOf(arity: number): Set<Symbol> {
    return (this.#apart[arity] ??= new Set())
  }

  /** Of any molecule but a pending one, which no store holds. */
  of(molecule: Molecule): MoleculeClass {
    switch (typeof molecule) {
      case 'number':
      case 'bigint':
        return this.int
      case 'string':
        return this.string
      case 'boolean':
        return this.boolean
      case 'object':
        switch (molecule.kind) {
          case 'tuple':
            return this.#ofTuple(molecule.fields)
          case 'pending':
          case 'host':
            return this.host
          case 'float':
          case 'symbol':
          case 'list':
          case 'solution':
          case 'rule':
            return this[molecule.kind]
        }
    }
  }

  #ofTuple(fields: readonly Molecule[]): MoleculeClass {
    const first = fields[0]
    const tagged =
      first !== undefined && isSymbol(first) ? this.tagged(first, fields.length) : undefined
    return tagged ?? this.untagged(fields.length)
  }

  #make(kind: MoleculeClass['kind'], arity: number, name: string, tag?: Symbol): MoleculeClass {
    const column = kind === 'int' || kind === 'tuple' ? INT32 : ANY
    const columns = new Array<ColumnKind>(arity).fill(column)
    if (tag !== undefined) columns[0] = ANY
    const apart = kind === 'tuple' && tag === undefined ? this.#tagsOf(arity) : NO_TAGS
    const made = { id: this.all.length, kind, tag, apart, arity, columns, name }
    this.all.push(made)
    return made
  }
}
