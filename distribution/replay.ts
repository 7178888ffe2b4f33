import { Verifier, canBecome, equal, hasEffects } from '../interpreter/index.ts'
import type { ReactantPattern } from '../interpreter/index.ts'
import { Audit } from './audit.ts'
import type { Blueprint } from './blueprint.ts'
import { addCopies, removeCopies } from './copies.ts'
import type { Amounts, Copies } from './copies.ts'
import { LogError } from './errors.ts'
import { readRecord } from './record-codec.ts'
import { eventsOf } from './record.ts'
import type { Commit, Events, ShardId } from './record.ts'

export interface ReplayOptions {
  readonly blueprint: Blueprint
  /** So many different solutions are looked at for one record, and no more. */
  readonly most?: number
}

/**
 * Reads the logs of all shards as one run of one solution, on the reference: what a record says that so many
 * reactions did, so many reactions must be able to do with what was in its shard, and where the solution is said to be
 * inert, nothing of it can react. The order is that of the stream, where each record stands after those that it
 * follows from. Where rules take all copies of a molecule, these must be all that there are in all shards.
 *
 * A record that holds few reactions is cheap to repeat; of many, an order has to be found in which they can happen.
 */
export class Replay {
  readonly #audit: Audit
  readonly #blueprint: Blueprint
  readonly #most: number | undefined
  /** The whole solution, but for the rules that act everywhere. */
  readonly #all: Amounts = new Map()
  readonly #takesAllCopies: boolean
  readonly #hasEffects: boolean
  #repeated = 0
  #unrepeated = 0

  constructor({ blueprint, most }: ReplayOptions) {
    this.#blueprint = blueprint
    this.#most = most
    this.#audit = new Audit(blueprint.shards + 1)
    this.#takesAllCopies = blueprint.shapes.some(({ patterns }) => patterns.some(takesAllCopies))
    this.#hasEffects = blueprint.shapes.some(({ product }) => hasEffects(product))
  }

  /** Reactions that the reference has repeated, and those that it cannot, as they call the world. */
  get reactions(): { readonly repeated: number; readonly unrepeated: number } {
    return { repeated: this.#repeated, unrepeated: this.#unrepeated }
  }

  /** The next record of the stream. Throws a `LogError` where no run of the reference goes on so. */
  take(shard: ShardId, bytes: Uint8Array, sequence: number): void {
    const entry = readRecord(bytes)
    if (entry.kind === 'commit') {
      const events = eventsOf(entry)
      for (const [molecule, copies] of events.injected) addCopies(this.#all, molecule, copies)
      if (entry.reactions > 0) this.#repeat(shard, entry, events)
      change(this.#all, events)
    }
    this.#audit.take(shard, bytes, sequence)
  }

  /** Nothing comes any more. Throws a `LogError` where shards and run differ, or where something said to be inert can react. */
  end(): void {
    const solution = this.#blueprint.whole(this.#all)
    if (!equal(solution, this.#blueprint.whole(this.#audit.molecules())))
      throw new LogError('the molecules of all shards are not those that the run has come to')
    const why = this.#audit.isInert ? new Verifier().end(solution) : undefined
    if (why !== undefined) throw new LogError(why)
  }

  #repeat(shard: ShardId, entry: Commit, events: Events): void {
    const { reactions } = entry
    const { removed, added } = events
    // What is called is not called again, and an answer is whatever it was.
    if (this.#hasEffects || [...removed, ...added].some(isPending)) {
      this.#unrepeated += reactions
      return
    }
    const before = this.#takesAllCopies ? new Map(this.#all) : this.#contents(shard, entry, events)
    // Mostly rules and what changed are enough, and the rest takes time.
    const changed = new Set([...removed, ...added].map(([molecule]) => molecule))
    const few = new Map([...before].filter(([text]) => changed.has(text) || isRuleText(text)))
    if (
      !(!this.#takesAllCopies && this.#isPossible(few, reactions, events)) &&
      !this.#isPossible(before, reactions, events)
    )
      throw new LogError(
        `a record of shard ${String(shard)} is no run: ${String(reactions)} reactions do not make ${listOf(added)} of ${listOf(removed)}`,
      )
    this.#repeated += reactions
  }

  /** What is in a shard when a record begins to react. */
  #contents(shard: ShardId, { arrivals }: Commit, { injected }: Events): Amounts {
    const contents: Amounts = new Map(this.#audit.stateOf(shard)?.molecules)
    for (const { molecules } of arrivals)
      for (const [molecule, copies] of molecules.copies()) addCopies(contents, molecule, copies)
    for (const [molecule, copies] of injected) addCopies(contents, molecule, copies)
    return contents
  }

  #isPossible(before: Amounts, reactions: number, events: Events): boolean {
    const after = change(new Map(before), events)
    const most = this.#most === undefined ? {} : { most: this.#most }
    const [first, last] = [this.#blueprint.whole(before), this.#blueprint.whole(after)]
    return canBecome(first, last, { reactions, ...most }) === true
  }
}

function change(amounts: Amounts, { removed, added }: Events): Amounts {
  for (const [molecule, copies] of removed) removeCopies(amounts, molecule, copies)
  for (const [molecule, copies] of added) addCopies(amounts, molecule, copies)
  return amounts
}

function takesAllCopies({ kind, pattern }: ReactantPattern): boolean {
  return kind === 'all' || (pattern.kind === 'solution' && pattern.patterns.some(takesAllCopies))
}

/** What stands in quotes has backslashes before its own. */
function isRuleText(text: string): boolean {
  return text.startsWith('{"rule":')
}

function isPending([molecule]: Copies): boolean {
  return molecule.includes('{"pending":')
}

function listOf(molecules: readonly Copies[]): string {
  const texts = molecules
    .slice(0, SHOWN)
    .map(([molecule, copies]) => `${String(copies)} ${molecule}`)
  const more = molecules.length - texts.length
  if (more > 0) texts.push(`${String(more)} more`)
  return texts.length === 0 ? 'nothing' : texts.join(', ')
}

/** So many molecules of a record are named. */
const SHOWN = 5
