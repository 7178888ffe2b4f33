import {
  DEFAULT_DEPTH,
  SolutionValue,
  equal,
  exchangeContext,
  fromJson,
  jsonText,
} from '../interpreter/index.ts'
import type { Entry, Host, JsonContext, LoweredProgram } from '../interpreter/index.ts'
import type { Amounts, Copies } from './copies.ts'
import type { HomeOf, LocalSolution } from './local-solution.ts'
import { MachineSolution } from './machine-solution.ts'
import { Homes } from './placement/homes.ts'
import { placementOf } from './placement/placement.ts'
import type { Placement } from './placement/placement.ts'
import type { ShardId } from './record.ts'

/** How a program is spread. */
export interface BlueprintOptions {
  readonly program: LoweredProgram
  readonly host: Host
  /** What the program starts with. */
  readonly first: SolutionValue
  readonly shards: number
  readonly seed: number
  readonly depth?: number
}

/** What every node of a cluster works out in the same way from the program alone. */
export class Blueprint {
  readonly placement: Placement
  readonly shards: number
  /** Of all molecules but the rules that act everywhere. */
  readonly initial: readonly Copies[]
  readonly #options: BlueprintOptions
  readonly #context: JsonContext
  readonly #homes: Homes

  constructor(options: BlueprintOptions) {
    const { program, host, first, shards } = options
    this.#options = options
    this.shards = shards
    this.placement = placementOf(first)
    this.#context = exchangeContext(program, host)
    this.#homes = new Homes(this.placement, shards, this.#context)
    this.initial = this.copies(first.contents().entries())
  }

  /** Molecules in the form in which they travel. Rules that act everywhere are no molecules of a shard. */
  copies(entries: Iterable<Entry>): Copies[] {
    const copies: Copies[] = []
    for (const [molecule, count] of entries)
      if (!this.placement.everywhere.some(([rule]) => equal(rule, molecule)))
        copies.push([jsonText(molecule), count])
    return copies
  }

  /** Where molecules come in from outside. */
  get outside(): ShardId {
    return this.shards
  }

  homeOf(shard: ShardId): HomeOf {
    return shard === this.outside ? this.#homes.firstOf : this.#homes.of
  }

  /** An empty solution for a shard, with the rules that act everywhere. */
  solution(shard: ShardId): LocalSolution {
    const { seed, depth = DEFAULT_DEPTH } = this.#options
    const { everywhere } = this.placement
    return new MachineSolution({ everywhere, context: this.#context, seed: seed + shard, depth })
  }

  /** All molecules of all shards, and the rules that act everywhere, as one solution. */
  whole(amounts: Amounts): SolutionValue {
    const entries: Entry[] = [...this.placement.everywhere]
    for (const [text, copies] of amounts)
      entries.push([fromJson(JSON.parse(text), this.#context), copies])
    return SolutionValue.of(entries)
  }
}
