import { SolutionValue, fromJson, jsonText, solutionsIn } from '../../interpreter/index.ts'
import type { JsonContext, Molecule } from '../../interpreter/index.ts'
import { checksumOf } from '../checksum.ts'
import type { HomeOf } from '../local-solution.ts'
import type { ShardId } from '../record.ts'
import type { Placement } from './placement.ts'
import { wideSort } from './placement.ts'
import { sortOf } from './sorts.ts'

/** So many homes are remembered: molecules come and go. */
const REMEMBERED = 100_000

/** Where everything is that comes to one shard. */
export const CENTRE: ShardId = 0

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
  readonly #known = new Map<string, ShardId>()

  constructor({ placement, shards, context, lendsUnits }: HomesOptions) {
    this.#placement = placement
    this.#shards = shards
    this.#context = context
    this.#lendsUnits = lendsUnits
  }

  /** Where a molecule finds all that it can react with. */
  readonly of: HomeOf = (text) => {
    let home = this.#known.get(text)
    if (home === undefined) {
      if (this.#known.size >= REMEMBERED) this.#known.clear()
      home = this.#homeOf(fromJson(JSON.parse(text), this.#context), text)
      this.#known.set(text, home)
    }
    return home
  }

  /** Where a molecule from outside comes first: what comes to one shard at last is shared out, where it may react on the way. */
  readonly firstOf: HomeOf = (text) => {
    const { isCentral, mayReactOnTheWay } = this.#placement
    if (isCentral !== undefined && this.#lendsUnits && this.#mayReactInside(text))
      return this.unitHomeOf(text)
    if (isCentral !== undefined || !mayReactOnTheWay) return this.of(text)
    const molecule = fromJson(JSON.parse(text), this.#context)
    return this.#keyOf(molecule) === 'central' ? this.#spread(text) : this.of(text)
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

  #homeOf(molecule: Molecule, text: string): ShardId {
    if (this.#placement.isCentral !== undefined) return CENTRE
    const key = this.#keyOf(molecule)
    if (key === 'central') return CENTRE
    if (key === undefined || key === 'whole') return this.#spread(text)
    const fields = typeof molecule === 'object' && molecule.kind === 'tuple' ? molecule.fields : []
    return this.#spread(jsonText(fields[key] ?? 0))
  }

  #keyOf(molecule: Molecule): ReturnType<Placement['keys']['get']> {
    const { keys } = this.#placement
    const arity =
      typeof molecule === 'object' && molecule.kind === 'tuple' ? molecule.fields.length : 0
    return keys.get(sortOf(molecule)) ?? keys.get(wideSort(arity))
  }

  #spread(text: string): ShardId {
    return checksumOf(text)[0] % this.#shards
  }
}
