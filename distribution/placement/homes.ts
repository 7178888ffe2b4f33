import { SolutionValue, fromJson, isSymbol, solutionsIn } from '../../interpreter/index.ts'
import type { JsonContext, Molecule, Tuple } from '../../interpreter/index.ts'
import { checksumOf } from '../checksum.ts'
import { fieldsOf } from '../fields.ts'
import type { HomeOf } from '../local-solution.ts'
import type { ShardId } from '../record.ts'
import type { Placement } from './placement.ts'
import { wideSort } from './placement.ts'
import type { KeyPlace } from './rule-keys.ts'
import { sortOf, sortOfForms } from './sorts.ts'
import type { Sort } from './sorts.ts'

/** So many sorts are remembered: molecules come and go. */
const REMEMBERED = 100_000

/** Where everything is that comes to one shard. */
export const CENTRE: ShardId = 0

/** The exchange forms of the fields of a tuple; undefined for other molecules. */
type Fields = readonly string[] | undefined

export interface HomesOptions {
  readonly placement: Placement
  readonly shards: number
  readonly context: JsonContext
  /** Solutions whose place is the centre become inert elsewhere first. */
  readonly lendsUnits: boolean
}

/** Tells where the molecules of a program belong among so many shards. */
export class Homes {
  readonly #placement: Placement
  readonly #shards: number
  readonly #context: JsonContext
  readonly #lendsUnits: boolean
  /** Of molecules that are no tuples, and have to be read to know. */
  readonly #sorts = new Map<string, Sort>()
  /** Where values belong, and by what tuples are told apart that are like the last one. */
  readonly #places = new Map<Molecule, ShardId>()
  #tag: Molecule | undefined
  #arity = -1
  #key: KeyPlace | 'central' | undefined

  constructor({ placement, shards, context, lendsUnits }: HomesOptions) {
    this.#placement = placement
    this.#shards = shards
    this.#context = context
    this.#lendsUnits = lendsUnits
  }

  /** Where a molecule finds all that it can react with. */
  readonly of: HomeOf = (text) => {
    if (this.#placement.isCentral !== undefined) return CENTRE
    const fields = fieldsOf(text)
    const key = this.#keyOf(text, fields)
    return key === 'central' ? CENTRE : this.#placed(text, fields, key)
  }

  /** Where a molecule from outside comes first: what comes to one shard at last is shared out, where it may react on the way. */
  readonly firstOf: HomeOf = (text) => {
    const { isCentral, mayReactOnTheWay } = this.#placement
    if (isCentral !== undefined && this.#lendsUnits && this.#mayReactInside(text))
      return this.unitHomeOf(text)
    if (isCentral !== undefined || !mayReactOnTheWay) return this.of(text)
    const fields = fieldsOf(text)
    const key = this.#keyOf(text, fields)
    return key === 'central' ? this.#spread(text) : this.#placed(text, fields, key)
  }

  /**
   * The same for a tuple of atoms, without its text; undefined where only that tells. `formOf` gives the exchange form
   * of an atom.
   */
  firstOfAtoms(tuple: Tuple, formOf: (atom: Molecule) => string): ShardId | undefined {
    const { isCentral, mayReactOnTheWay, keys } = this.#placement
    if (isCentral !== undefined) return CENTRE
    const { fields } = tuple
    const [first] = fields
    const tag = first !== undefined && isSymbol(first) ? first : undefined
    if (tag !== this.#tag || fields.length !== this.#arity) {
      this.#key = keys.get(sortOf(tuple)) ?? keys.get(wideSort(fields.length))
      this.#tag = tag
      this.#arity = fields.length
    }
    const key = this.#key
    if (key === 'central') return mayReactOnTheWay ? undefined : CENTRE
    const value = typeof key === 'number' ? fields[key] : undefined
    if (value === undefined) return undefined
    let place = this.#places.get(value)
    if (place === undefined) {
      if (this.#places.size >= REMEMBERED) this.#places.clear()
      this.#places.set(value, (place = this.#spread(formOf(value))))
    }
    return place
  }

  /** Where a solution reacts until it is inert, by what it is: not where everything is. */
  readonly unitHomeOf: HomeOf = (text) =>
    this.#shards === 1 ? CENTRE : 1 + (checksumOf(text)[0] % (this.#shards - 1))

  #mayReactInside(text: string): boolean {
    if (!text.includes('"solution"')) return false
    for (const { solution } of solutionsIn(fromJson(JSON.parse(text), this.#context)))
      if (!(solution instanceof SolutionValue) || !solution.isPassive) return true
    return false
  }

  /** Where a molecule is by its key. The forms of its fields are those that the fields have by themselves. */
  #placed(text: string, fields: Fields, key: KeyPlace | undefined): ShardId {
    if (key === undefined || key === 'whole') return this.#spread(text)
    return this.#spread(fields?.[key] ?? '0')
  }

  #keyOf(text: string, fields: Fields): KeyPlace | 'central' | undefined {
    const { keys } = this.#placement
    const sort = fields === undefined ? this.#sortOf(text) : sortOfForms(fields)
    return keys.get(sort) ?? keys.get(wideSort(fields?.length ?? 0))
  }

  #sortOf(text: string): Sort {
    let sort = this.#sorts.get(text)
    if (sort === undefined) {
      if (this.#sorts.size >= REMEMBERED) this.#sorts.clear()
      sort = sortOf(fromJson(JSON.parse(text), this.#context))
      this.#sorts.set(text, sort)
    }
    return sort
  }

  #spread(text: string): ShardId {
    return checksumOf(text)[0] % this.#shards
  }
}
