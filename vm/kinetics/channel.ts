import { isInfinite } from '../../interpreter/index.ts'
import type { Rule, Surroundings } from '../../interpreter/index.ts'
import { bindings } from './bindings.ts'
import type { Fitting } from './bindings.ts'
import { Candidates } from './candidates.ts'
import type { Candidate } from './candidates.ts'
import { Listing } from './listing.ts'
import type { Listed } from './listing.ts'
import { choicesWith, knownSlots, ordersOf } from './match.ts'
import type { Choice, Field, Match } from './match.ts'
import type { Pace } from './pace.ts'
import { TOO_LARGE } from './rate.ts'
import type { RateFailure } from './rate.ts'
import { Rejection } from './rejection.ts'
import type { Kind, Occurrence } from './stock.ts'
import { Ways } from './ways.ts'

/** So many matches are listed before a rule of constant rate goes over to rejection. */
const LONGEST_LIST = 4096

/** What channels need of the run around them. */
export interface ChannelWorld {
  readonly surroundings: Surroundings
  readonly pace: Pace
  /** The propensity of a channel may have changed, or it has work to do. */
  touched(channel: Channel): void
}

/**
 * A rule in one solution and all that it could react with: the ways that it has, as a propensity. A rule
 * without a rate has rate 1 here, and goes before those that have one.
 */
export class Channel {
  readonly kind: Kind
  readonly ways: Ways
  /** Its leaf among the parts of its solution. */
  readonly leaf: number
  readonly #world: ChannelWorld
  readonly #fitting: Fitting
  readonly #field: Field
  readonly #orders: readonly (readonly number[])[]
  readonly #seen = new Map<Kind, Seen>()
  /** Kinds whose matches have to be looked for again. */
  #waiting: Seen[] = []
  #listing: Listing | undefined = new Listing()
  #rejection: Rejection | undefined
  /** Whether rejecting was tried and did not pay. */
  #mustList = false
  #endless = 0

  constructor(kind: Kind, rule: Rule, leaf: number, world: ChannelWorld) {
    const ways = new Ways(kind, rule, world.surroundings)
    const { plan, takes, start, copies } = ways
    const { pace } = world
    this.kind = kind
    this.ways = ways
    this.leaf = leaf
    this.#world = world
    this.#fitting = { plan, copies, pace }
    const { lookups } = plan
    const known = knownSlots(takes, lookups)
    const candidates = takes.map((_, i) => new Candidates(known[i] ?? []))
    const valueOf: Field['valueOf'] = (expression, slots) => ways.valueOf(expression, slots)
    this.#field = { takes, candidates, start, lookups, valueOf, pace }
    this.#orders = ordersOf(takes, lookups)
    if (takes.length === 0 && !ways.isStill) this.#found({ slots: start, candidates: [] })
  }

  /** Rate times ways; a bound on it where matches are not listed. */
  get propensity(): number {
    return this.#listing?.total ?? this.#rejection?.total ?? 0
  }

  /** Where the propensity is endless: a match that has no rate, or too large a one, and why. */
  fault(): { readonly match: Match; readonly failure: RateFailure } | undefined {
    const match = this.#listing?.endless() ?? this.#rejection?.witness
    if (match === undefined) return undefined
    const { parts } = this.ways.plan.shape
    const place = parts.ratePlace ?? parts.place
    return { match, failure: match.failure ?? { message: TOO_LARGE, place, isSize: false } }
  }

  /** A match drawn by its propensity, or a null event. */
  draw(random: () => number): Match | undefined {
    if (this.#listing !== undefined) return this.#listing.matchAt(random() * this.#listing.total)
    const match = this.#rejection?.draw(random)
    if (match === undefined && this.#rejection?.isWasteful === true) {
      this.#mustList = true
      this.#world.touched(this)
    }
    return match
  }

  // — kinds come, change and go

  /** A kind that it has not seen before, and the takes that could take it. */
  *meet(kind: Kind, takes: readonly number[]): Generator<undefined> {
    const seen = new Seen(this, kind)
    for (const take of takes) {
      const pattern = this.ways.takes[take]?.pattern
      if (pattern === undefined) continue
      const found: Candidate[] = []
      for (const binding of bindings(pattern, kind.molecule, [], this.#fitting))
        if (binding === undefined) yield undefined
        else found.push({ kind, binding, leaf: -1 })
      if (found.length > 0) seen.candidates.push({ take, found })
    }
    if (seen.candidates.length === 0) return
    this.#seen.set(kind, seen)
    kind.occurrences ??= new Set()
    kind.occurrences.add(seen)
    yield* this.#admit(seen)
  }

  recounted(seen: Seen): void {
    if (this.ways.plan.countsCopies) {
      this.#withdraw(seen)
      this.#waiting.push(seen)
    } else if (this.#listing !== undefined) {
      for (const listed of seen.matches) this.#listing.weigh(listed, this.#weightOf(listed.match))
    } else if (this.#rejection !== undefined) {
      for (const { take, found } of seen.candidates)
        for (const candidate of found) this.#rejection.weigh(take, candidate)
      this.#noteEndless(seen)
      if (this.#rejection.isExhausted) this.#waiting.push(seen)
    }
    this.#world.touched(this)
  }

  dropped(seen: Seen): void {
    this.#withdraw(seen)
    this.#seen.delete(seen.kind)
    this.#waiting = this.#waiting.filter((other) => other !== seen)
    this.#world.touched(this)
  }

  /** Its rule is gone: no kind needs to know of it any more. */
  close(): void {
    for (const seen of this.#seen.values()) seen.kind.occurrences?.delete(seen)
    this.#seen.clear()
  }

  /** Looks for what has to be known before anything reacts. */
  *settle(): Generator<undefined> {
    if (this.#mustList && this.#listing === undefined) yield* this.#relist()
    const waiting = this.#waiting
    this.#waiting = []
    if (this.#listing !== undefined) for (const seen of waiting) yield* this.#admit(seen)
    else yield* this.#findWitness(waiting)
  }

  // — matches

  /** Matches in the order in which they were found; undefined where they are not listed. */
  listedFrom(first: number): readonly Match[] | undefined {
    return this.#listing?.from(first)
  }

  /** Makes the matches of a kind that is known to fit. */
  *#admit(seen: Seen): Generator<undefined> {
    for (const { take, found } of seen.candidates)
      for (const candidate of found) {
        this.#field.candidates[take]?.add(candidate)
        this.#rejection?.add(take, candidate)
      }
    this.#noteEndless(seen)
    if (this.#listing === undefined) {
      this.#waiting.push(seen)
      this.#world.touched(this)
      return
    }
    for (const { take, found } of seen.candidates)
      for (const candidate of found)
        for (const choice of choicesWith(this.#field, take, candidate, this.#orders[take] ?? []))
          if (choice === undefined) yield undefined
          else this.#found(choice)
    if (this.#listing.size > LONGEST_LIST && this.#canReject) this.#reject()
    this.#world.touched(this)
  }

  #found(choice: Choice): void {
    const match = this.ways.judged(choice)
    if (match === undefined || this.#listing === undefined) return
    if (match.rate === 0 && match.failure === undefined) return
    const listed = this.#listing.add(match)
    for (const kind of match.kinds) this.#seen.get(kind)?.matches.add(listed)
    this.#listing.weigh(listed, this.#weightOf(match))
  }

  /** Takes all matches of a kind away, and the kind out of those that matches are looked for among. */
  #withdraw(seen: Seen): void {
    for (const { take, found } of seen.candidates)
      for (const candidate of found) {
        this.#field.candidates[take]?.delete(candidate)
        this.#rejection?.remove(take, candidate)
      }
    for (const listed of seen.matches) {
      this.#listing?.remove(listed)
      for (const kind of listed.match.kinds) this.#seen.get(kind)?.matches.delete(listed)
    }
    if (seen.isEndless) this.#endless--
    seen.isEndless = false
  }

  /** Endless for a match that has no rate but could react. */
  #weightOf(match: Match): number {
    const ways = this.ways.waysOf(match)
    if (ways === 0) return 0
    return match.failure === undefined ? match.rate * ways : Infinity
  }

  // — going over to rejection, and back

  get #canReject(): boolean {
    const { isDirect, countsCopies } = this.ways.plan
    return isDirect && !countsCopies && typeof this.ways.rate === 'number' && !this.#mustList
  }

  #reject(): void {
    const witness = this.#listing?.possible() ?? this.#rejection?.witness
    const { order } = this.ways.plan.symmetry
    const rate = typeof this.ways.rate === 'number' ? this.ways.rate : 0
    // A choice that draws twice from an endless supply can be one way by itself.
    const rejection = new Rejection(this.ways, rate, this.#endless > 0 ? 1 : 1 / order)
    rejection.witness = witness
    for (const seen of this.#seen.values()) {
      seen.matches.clear()
      for (const { take, found } of seen.candidates)
        for (const candidate of found) rejection.add(take, candidate)
    }
    this.#rejection = rejection
    this.#listing = undefined
    this.#world.touched(this)
  }

  *#relist(): Generator<undefined> {
    const all = [...this.#seen.values()]
    for (const seen of all) this.#withdraw(seen)
    this.#rejection = undefined
    this.#listing = new Listing()
    this.#waiting = []
    for (const seen of all) yield* this.#admit(seen)
  }

  /** Makes sure that it is known whether a rejecting channel has a match at all. */
  *#findWitness(fresh: readonly Seen[]): Generator<undefined> {
    const rejection = this.#rejection
    if (rejection === undefined) return
    if (rejection.witness !== undefined && this.ways.waysOf(rejection.witness) > 0) return
    const isKnown = rejection.witness === undefined && rejection.isExhausted
    rejection.witness = undefined
    const order = this.#orders[0] ?? []
    const candidates = isKnown
      ? fresh.flatMap((seen) => seen.candidates)
      : [{ take: 0, found: this.#field.candidates[0]?.all ?? [] }]
    for (const { take, found } of candidates)
      for (const candidate of found)
        for (const choice of choicesWith(
          this.#field,
          take,
          candidate,
          this.#orders[take] ?? order,
        )) {
          const match = choice && this.ways.judged(choice)
          if (choice === undefined) yield undefined
          if (match === undefined || this.ways.waysOf(match) === 0) continue
          rejection.witness = match
          rejection.isExhausted = false
          return
        }
    rejection.isExhausted = true
  }

  #noteEndless(seen: Seen): void {
    const isEndless = isInfinite(seen.kind.count)
    if (isEndless === seen.isEndless) return
    seen.isEndless = isEndless
    this.#endless += isEndless ? 1 : -1
    // The bound of a rejecting channel is another now.
    if (this.#rejection !== undefined && this.ways.plan.symmetry.order > 1) this.#reject()
  }
}

/** A kind as a channel sees it: what it fits, and the matches that it is in. */
class Seen implements Occurrence {
  readonly channel: Channel
  readonly kind: Kind
  readonly candidates: { readonly take: number; readonly found: readonly Candidate[] }[] = []
  readonly matches = new Set<Listed>()
  isEndless = false

  constructor(channel: Channel, kind: Kind) {
    this.channel = channel
    this.kind = kind
  }

  recount(): void {
    this.channel.recounted(this)
  }

  drop(): void {
    this.channel.dropped(this)
  }
}
