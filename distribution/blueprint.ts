import { Source } from '../grammar/index.ts'
import {
  DEFAULT_DEPTH,
  SolutionValue,
  equal,
  exchangeContext,
  fromJson,
  isRule,
  jsonText,
  moleculesOf,
  pairsPieces,
} from '../interpreter/index.ts'
import type {
  Entry,
  Host,
  JsonContext,
  LoweredProgram,
  Molecule,
  RuleShape,
} from '../interpreter/index.ts'
import type { Amounts, Copies } from './copies.ts'
import type { HomeOf, LocalSolution } from './local-solution.ts'
import { InjectionError } from './errors.ts'
import { endingIn } from './failure.ts'
import type { Ending } from './failure.ts'
import { LotsByHome } from './lots-by-home.ts'
import type { BoundLot } from './lots-by-home.ts'
import { MachineSolution } from './machine-solution.ts'
import type { CallsOfShard } from './machine-solution.ts'
import { CENTRE, Homes } from './placement/homes.ts'
import { centralPlacementOf, placementOf } from './placement/placement.ts'
import type { Placement } from './placement/placement.ts'
import type { ShardId } from './record.ts'
import type { OwnerWays } from './shard.ts'
import { SIZES } from './sizes.ts'

/** How a program is spread. */
export interface BlueprintOptions {
  readonly program: LoweredProgram
  readonly host: Host
  /** What the program starts with. */
  readonly first: SolutionValue
  readonly shards: number
  readonly seed: number
  readonly depth?: number
  /** Everything is at one shard, so that rules can come in later. */
  readonly isCentral?: boolean
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
  readonly #lendsUnits: boolean

  constructor(options: BlueprintOptions) {
    const { program, host, first, shards, isCentral = false } = options
    this.#options = options
    this.shards = shards
    this.placement = isCentral
      ? centralPlacementOf(first, program.shapes)
      : placementOf(first, program.shapes)
    this.#context = exchangeContext(program, host)
    const { placement } = this
    this.#lendsUnits =
      shards > 1 &&
      placement.lendsUnits &&
      (placement.isCentral !== undefined || placement.mayReactOnTheWay)
    const lendsUnits = this.#lendsUnits
    this.#homes = new Homes({ placement, shards, context: this.#context, lendsUnits })
    this.initial = this.copies(first.contents().entries())
  }

  /** Molecules in the form in which they travel. Rules that act everywhere are no molecules of a shard. */
  copies(entries: Iterable<Entry>): Copies[] {
    const copies: Copies[] = []
    for (const [molecule, count] of entries)
      if (!this.#isEverywhere(molecule)) copies.push([jsonText(molecule), count])
    return copies
  }

  /**
   * Molecules that somebody outside puts in: written in HOCL, or as pairs of the exchange form. Throws an
   * `InjectionError` or a `HoclError` that says what is wrong with them.
   */
  incoming(given: { readonly written: string } | { readonly pairs: unknown }): readonly Copies[] {
    const entries = 'written' in given ? this.#parsed(given.written) : this.#paired(given.pairs)
    for (const [molecule, copies] of entries) {
      if (copies === -Infinity)
        throw new InjectionError('copies', 'what is taken away has a number: −∞ copies cannot be')
      if (isRule(molecule) && this.placement.isCentral === undefined)
        throw new InjectionError(
          'rule',
          'the rules say where molecules are, so no other can come in: submit the program with `--central`',
        )
    }
    return this.copies(entries)
  }

  /** Molecules that a solution begins with, by where they go from outside. */
  *lots(initial: Iterable<Copies>, more: Iterable<Entry>): Generator<BoundLot> {
    const sorted = new LotsByHome(this.#homes, SIZES)
    for (const written of initial) {
      const lot = sorted.addWritten(written)
      if (lot !== undefined) yield lot
    }
    for (const entry of more) {
      const lot = this.#isEverywhere(entry[0]) ? undefined : sorted.add(entry)
      if (lot !== undefined) yield lot
    }
    yield* sorted.rest()
  }

  #isEverywhere(molecule: Molecule): boolean {
    return isRule(molecule) && this.placement.everywhere.some(([rule]) => equal(rule, molecule))
  }

  /** What a solution of the same program has come to, as pairs of the exchange form. */
  restored(pairs: unknown): readonly Copies[] {
    return this.copies(this.#paired(pairs))
  }

  #parsed(written: string): readonly Entry[] {
    const { program, seed } = this.#options
    const { molecules, diagnostics } = program.molecules(new Source('injection', written))
    const wrong = diagnostics.find(({ severity }) => severity === 'error')
    if (wrong !== undefined) throw new InjectionError(wrong.code, wrong.title)
    const { value, diagnostic } = moleculesOf(molecules, seed)
    if (value === undefined) throw new InjectionError(diagnostic.code, diagnostic.title)
    return value
  }

  #paired(pairs: unknown): readonly Entry[] {
    if (!Array.isArray(pairs))
      throw new InjectionError('pairs', '`pairs` is a list of `[molecule, copies]`')
    const solution = fromJson({ solution: pairs }, this.#context)
    return solution instanceof SolutionValue ? [...solution.contents().entries()] : []
  }

  /** All molecules as pairs of the exchange form, as text. */
  outgoing(amounts: Amounts): string {
    return [...pairsPieces(this.whole(amounts))].join('')
  }

  /** The molecule that such a form stands for. */
  molecule(text: string): Molecule {
    return fromJson(JSON.parse(text), this.#context)
  }

  /** How a solution ended of which a log says why it failed. */
  ending(failure: string): Ending {
    return endingIn(failure, { program: this.#options.program, context: this.#context })
  }

  /** The rules that the solution begins with. */
  get rules(): readonly Copies[] {
    const rules: Copies[] = []
    for (const [molecule, copies] of this.#options.first.contents().entries())
      if (isRule(molecule)) rules.push([jsonText(molecule), copies])
    return rules
  }

  /** Of all rules that the program can make. */
  get shapes(): readonly RuleShape[] {
    return this.#options.program.shapes
  }

  /** Where molecules come in from outside. */
  get outside(): ShardId {
    return this.shards
  }

  homeOf(shard: ShardId): HomeOf {
    return shard === this.outside ? this.#homes.firstOf : this.#homes.of
  }

  /** What the owner of a shard is to know of where molecules go. */
  ways(shard: ShardId): OwnerWays {
    const lends = this.#lendsUnits && shard === CENTRE
    return {
      homeOf: this.homeOf(shard),
      unitHomeOf: lends ? this.#homes.unitHomeOf : undefined,
      outside: this.outside,
      lender: CENTRE,
    }
  }

  /** An empty solution for a shard, with the rules that act everywhere. */
  solution(shard: ShardId, calls: CallsOfShard): LocalSolution {
    const { seed, depth = DEFAULT_DEPTH } = this.#options
    const { everywhere } = this.placement
    return new MachineSolution({
      ...{ everywhere, context: this.#context, seed: seed + shard, depth },
      tellsActive: this.#lendsUnits && (shard === CENTRE || this.placement.isCentral !== undefined),
      calls,
    })
  }

  /** All molecules of all shards, and the rules that act everywhere, as one solution. */
  whole(amounts: Amounts): SolutionValue {
    const entries: Entry[] = [...this.placement.everywhere]
    for (const [text, copies] of amounts) entries.push([this.molecule(text), copies])
    return SolutionValue.of(entries)
  }
}
