import {
  EvaluationFailure,
  depthOf,
  isInfinite,
  isRule,
  produce,
  shapeOf,
} from '../../interpreter/index.ts'
import type { Entry, Int, Limits, Molecule, Rule } from '../../interpreter/index.ts'
import { Channel } from './channel.ts'
import { Dispatch } from './dispatch.ts'
import type { Match } from './match.ts'
import { dependentsOf, LARGEST_CHANGE, LARGEST_COPIES } from './network.ts'
import type { Change, Network, NetworkReaction, Term } from './network.ts'
import { Steps } from './pace.ts'
import type { Pace } from './pace.ts'
import { isPassive } from './passive.ts'
import { Stock } from './stock.ts'
import type { Kind } from './stock.ts'

/** So many reactions of a network are looked for, beside two for each molecule and rule. */
export const FEW_REACTIONS = 500
export const MANY_REACTIONS = 10_000
const MOST_SPECIES = 50_000
/** Steps of searching for each reaction that may be found. */
const STEPS = 50
/** Copies of one species that a reaction of a network takes. */
const MOST_TAKEN = 8

interface Taker {
  readonly channel: Channel
  readonly take: number
}

/**
 * The network of a solution, found by letting everything react with everything, numbers left aside, until
 * nothing new comes about; undefined where it has none, or too large a one. What a network cannot hold is
 * whatever changes rules, or is active inside, or depends on numbers, chance or the world.
 */
export function networkOf(
  entries: readonly Entry[],
  limits: Limits,
  most = FEW_REACTIONS,
): Network | undefined {
  if (entries.length > MOST_SPECIES) return undefined
  try {
    return new Builder(limits, most + 2 * entries.length).build(entries)
  } catch (error) {
    if (error === NO_NETWORK || error instanceof EvaluationFailure) return undefined
    throw error
  }
}

const NO_NETWORK = new Error('this solution is no network')

class Builder {
  readonly #limits: Limits
  readonly #stock = new Stock()
  readonly #dispatch = new Dispatch<Taker>()
  readonly #channels: Channel[] = []
  /** How many matches of a channel have become reactions. */
  readonly #done = new Map<Channel, number>()
  readonly #species: Molecule[] = []
  readonly #numbers = new Map<Kind, number>()
  readonly #waiting: Kind[] = []
  /** By what they take, change and stand for. */
  readonly #reactions = new Map<string, NetworkReaction>()
  readonly #most: number
  readonly #pace: Pace
  #matches = 0
  #isSigned = false

  constructor(limits: Limits, most: number) {
    this.#limits = limits
    this.#most = most
    this.#pace = new Steps(STEPS * most)
  }

  build(entries: readonly Entry[]): Network {
    const constants: Entry[] = []
    for (const [molecule, count] of entries) {
      const kind = this.#stock.kindOf(molecule)
      kind.count = count
      if (isRule(molecule)) {
        constants.push([molecule, count])
        this.#open(kind, molecule)
      }
    }
    for (const [molecule, count] of entries) {
      if (isRule(molecule)) this.#waiting.push(this.#stock.kindOf(molecule))
      else this.#noteSpecies(molecule)
      if (typeof count === 'bigint' || (!isInfinite(count) && Math.abs(count) > LARGEST_COPIES / 2))
        throw NO_NETWORK
      if (count < 0) this.#isSigned = true
    }
    for (const channel of this.#channels) this.#react(channel)
    for (let kind = this.#waiting.pop(); kind !== undefined; kind = this.#waiting.pop())
      this.#introduce(kind)
    const reactions = [...this.#reactions.values()]
    const counts = this.#species.map((molecule) => Number(this.#stock.find(molecule)?.count ?? 0))
    return {
      species: this.#species,
      counts: Float64Array.from(counts),
      constants,
      reactions,
      dependents: dependentsOf(reactions),
      isSigned: this.#isSigned,
    }
  }

  #open(kind: Kind, rule: Rule): void {
    if (kind.count < 0) return
    const channel = new Channel(kind, rule, 0, {
      surroundings: { random: refuse },
      pace: this.#pace,
      touched: () => undefined,
    })
    if (channel.ways.isStill) return
    if (channel.ways.plan.countsCopies) throw NO_NETWORK
    this.#channels.push(channel)
    for (const [take, { pattern }] of channel.ways.takes.entries())
      this.#dispatch.add(pattern, { channel, take })
  }

  /** The number of a species. It is looked at later if it is new. */
  #noteSpecies(molecule: Molecule): number {
    const kind = this.#stock.kindOf(molecule)
    const known = this.#numbers.get(kind)
    if (known !== undefined) return known
    const isTooDeep = 1 + depthOf(molecule, this.#limits.depth) > this.#limits.depth
    if (isRule(molecule) || !isPassive(molecule) || isTooDeep) throw NO_NETWORK
    const number = this.#species.push(molecule) - 1
    if (number >= MOST_SPECIES) throw NO_NETWORK
    this.#numbers.set(kind, number)
    this.#waiting.push(kind)
    return number
  }

  #introduce(kind: Kind): void {
    const takes = new Map<Channel, number[]>()
    for (const { channel, take } of this.#dispatch.takersOf(kind.molecule))
      takes.set(channel, [...(takes.get(channel) ?? []), take])
    for (const [channel, some] of takes) {
      // What would have to pause takes too long.
      for (const _ of channel.meet(kind, some)) throw NO_NETWORK
      this.#react(channel)
    }
  }

  /** Makes reactions of the matches that a channel has found since. */
  #react(channel: Channel): void {
    const matches = channel.listedFrom(this.#done.get(channel) ?? 0)
    if (matches === undefined || (this.#matches += matches.length) > this.#most) throw NO_NETWORK
    this.#done.set(channel, (this.#done.get(channel) ?? 0) + matches.length)
    for (const match of matches) this.#add(channel, match)
  }

  #add(channel: Channel, match: Match): void {
    const { rule, plan } = channel.ways
    const rules = match.kinds.filter(({ molecule }) => isRule(molecule))
    // A rule takes part as often as it is there, which never changes; but it is never its own reactant.
    if (rules.some((kind) => kind === channel.kind && kind.count === 1)) return
    const isPlain = !plan.isImmediate && plan.shape.shots === 'many' && rules.length === 0
    if (!isPlain || match.failure !== undefined) throw NO_NETWORK
    const taken = this.#taken(channel, match)
    if (taken === undefined) return
    const shape = shapeOf(rule)
    const env = {
      slots: [...match.slots],
      captured: rule.captured,
      surroundings: { random: refuse },
    }
    const products = produce(shape.product, env)
    const changes = this.#changes(taken.terms, products)
    const key = `${String(this.#channels.indexOf(channel))} ${keyOf(taken.terms, changes)}`
    const known = this.#reactions.get(key)
    const factor = taken.factor + (known?.factor ?? 0)
    const { reactants, terms } = taken
    const reaction = { factor, terms, changes, rule, shape, reactants, products }
    this.#reactions.set(key, known === undefined ? reaction : { ...known, factor })
    if (!(factor < Infinity)) throw NO_NETWORK
  }

  /** What a match takes of each species, and its rate over the orders in which that can be taken. */
  #taken(
    channel: Channel,
    match: Match,
  ): { factor: number; terms: Term[]; reactants: Entry[] } | undefined {
    let factor = match.rate * channel.ways.shareOf(match)
    const terms: { species: number; taken: number }[] = []
    const reactants: Entry[] = []
    for (const [i, kind] of match.kinds.entries()) {
      const n = Number(channel.ways.copiesTaken(match, i))
      const species = this.#noteSpecies(kind.molecule)
      reactants.push([kind.molecule, n])
      if (n < 0) this.#isSigned = true
      if (isInfinite(kind.count)) {
        if (kind.count > 0 !== n > 0) return undefined
        continue
      }
      const term = terms.find((each) => each.species === species)
      // The same kind cannot give copies and anti-copies.
      if (term !== undefined && term.taken > 0 !== n > 0) return undefined
      if (term === undefined) terms.push({ species, taken: n })
      else term.taken += n
      if (Math.abs(term?.taken ?? n) > MOST_TAKEN) throw NO_NETWORK
      for (let k = 2; k <= Math.abs(n); k++) factor /= k
    }
    terms.sort((a, b) => a.species - b.species)
    return { factor, terms, reactants }
  }

  #changes(terms: readonly Term[], products: readonly Entry[]): readonly Change[] {
    const sums = new Map<number, number>()
    const add = (species: number, by: number): void => {
      if (!isInfinite(this.#countOf(species))) sums.set(species, (sums.get(species) ?? 0) + by)
    }
    for (const { species, taken } of terms) add(species, -taken)
    for (const [molecule, n] of products) {
      if (isInfinite(n) || Math.abs(Number(n)) > LARGEST_CHANGE) throw NO_NETWORK
      if (n < 0) this.#isSigned = true
      add(this.#noteSpecies(molecule), Number(n))
    }
    return [...sums]
      .filter(([, by]) => by !== 0)
      .sort(([a], [b]) => a - b)
      .map(([species, by]) => ({ species, by }))
  }

  #countOf(species: number): Int {
    return this.#stock.find(this.#species[species] ?? 0)?.count ?? 0
  }
}

function keyOf(terms: readonly Term[], changes: readonly Change[]): string {
  let key = ''
  for (const { species, taken } of terms) key += `${String(species)}^${String(taken)},`
  for (const { species, by } of changes) key += `${String(species)}+${String(by)},`
  return key
}

function refuse(): number {
  throw NO_NETWORK
}
