import {
  EvaluationFailure,
  Multiset,
  PlacedFailure,
  SolutionValue,
  countOf,
  depthOf,
  isInfinite,
  negateInt,
  productOf,
} from '../../interpreter/index.ts'
import type { Entry, Int, Molecule, Surroundings } from '../../interpreter/index.ts'
import { changed, checkSums, exchanged, growth } from './changes.ts'
import type { Changes } from './changes.ts'
import { Channel } from './channel.ts'
import { stopOf, waitingTime } from './dynamics.ts'
import type { Bounds, Dynamics, DynamicsWorld, Ending, Stop } from './dynamics.ts'
import { Group } from './group.ts'
import type { Match } from './match.ts'
import { copiesReacting, Membrane } from './membrane.ts'
import type { MembraneWorld, Part } from './membrane.ts'
import type { Turns } from './pace.ts'
import { Settling } from './settling.ts'
import type { Ways } from './ways.ts'

/** What is about to react, and where. */
interface Event {
  readonly membrane: Membrane
  readonly channel: Channel
  readonly match: Match
}

/** The general way: every molecule, rule and nested solution that the language has. */
export class MembraneDynamics implements Dynamics, MembraneWorld {
  readonly method = 'general'
  readonly surroundings: Surroundings
  readonly pace: Turns
  readonly #world: DynamicsWorld
  readonly #settling = new Settling()
  readonly #root: Membrane
  /** Goes on with looking at what has changed, after a pause. */
  #settlement: Generator<undefined> | undefined
  /** The clock, which null events move too. */
  #now: number
  /** When the next timed event is due; undefined until it is drawn. */
  #next: number | undefined
  #molecules: number
  time: number
  reactions: number
  /** Events in which nothing reacted. */
  nullEvents = 0

  constructor(
    entries: Iterable<Entry>,
    world: DynamicsWorld,
    before: { readonly time: number; readonly reactions: number },
  ) {
    this.#world = world
    this.surroundings = { random: world.random }
    this.pace = world.pace
    this.time = before.time
    this.#now = before.time
    this.reactions = before.reactions
    const first = [...entries]
    this.#molecules = world.limits.molecules === undefined ? 0 : countOf(SolutionValue.of(first))
    this.#root = new Membrane(first, this, 0, undefined)
  }

  get propensity(): number {
    this.pace.begin(Infinity)
    this.#settle()
    return this.#root.immediate.total > 0 ? Infinity : this.#root.timed.total
  }

  entries(): Iterable<Entry> {
    return this.#root.entries()
  }

  // — what membranes ask for

  touched(membrane: Membrane): void {
    this.#settling.touch(membrane)
  }

  partOf(molecule: Molecule, multiplicity: Int, leaf: number, around: Membrane): Part {
    return new Group(molecule, multiplicity, leaf, { around, world: this })
  }

  // — the course of events

  advance({ until, reactions, due }: Bounds): Ending {
    for (;;) {
      if (!this.#settle() || this.pace.isOver()) return 'paused'
      if (this.reactions >= due && this.#next === undefined) return 'due'
      const root = this.#root
      const isImmediate = root.immediate.total > 0
      if (!isImmediate) {
        if (root.timed.total === 0) return 'inert'
        if (root.timed.total === Infinity) return this.#fault()
        this.#next ??= this.#now + waitingTime(root.timed.total, this.#world.random)
        if (this.#next > until) return 'late'
      }
      if (this.reactions >= reactions) return 'enough'
      const event = this.#draw(isImmediate)
      const stop = event && this.#react(event, isImmediate ? this.#now : (this.#next ?? this.#now))
      if (stop !== undefined) return stop
      if (event === undefined) this.nullEvents++
      if (!isImmediate) this.#now = this.#next ?? this.#now
      this.#next = undefined
    }
  }

  /** Whether all that has changed has been looked at; false where a pause is due. */
  #settle(): boolean {
    for (;;) {
      this.#settlement ??= this.#settling.isDone ? undefined : this.#settling.run()
      if (this.#settlement === undefined) return true
      if (this.#settlement.next().done !== true) return false
      this.#settlement = undefined
    }
  }

  /** Down from the outermost solution, by propensity. */
  #draw(isImmediate: boolean): Event | undefined {
    const { random } = this.#world
    let membrane = this.#root
    for (;;) {
      const sums = isImmediate ? membrane.immediate : membrane.timed
      const part = membrane.at(sums.leafAt(random() * sums.total))
      if (part instanceof Channel) {
        const match = part.draw(random)
        return match && { membrane, channel: part, match }
      }
      if (!(part instanceof Group)) return undefined
      membrane = innerOf(part, isImmediate, random)
    }
  }

  /** Carries out a reaction, all of it or nothing. */
  #react({ membrane, channel, match }: Event, time: number): Stop | undefined {
    const { rule, plan, takes } = channel.ways
    const { shape } = plan
    const reactants = takes.map((_, i): Entry => [
      match.kinds[i]?.molecule ?? 0,
      channel.ways.copiesTaken(match, i),
    ])
    const taken: Entry[] = []
    const cleared: Molecule[] = []
    for (const [i, [molecule, n]] of reactants.entries())
      if (takes[i]?.copies.kind === 'all') cleared.push(molecule)
      else taken.push([molecule, negateInt(n)])
    const added: Entry[] = shape.shots === 'one' ? [[rule, -1]] : []
    if (shape.isCatalytic) added.push(...reactants)
    let products: readonly Entry[]
    try {
      products = this.#products(match, channel.ways, reactants)
      added.push(...products)
      if (added.some(([, n]) => isInfinite(n)))
        checkSums(membrane, { taken, cleared, added }, shape)
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error
      return stopOf(error, rule, shape, reactants)
    }
    const { depth, molecules } = this.#world.limits
    if (products.some(([m]) => membrane.level + 1 + depthOf(m, depth) > depth))
      return { kind: 'depth-limit' }
    if (molecules !== undefined) {
      const grown = this.#molecules + growth(membrane, { taken, cleared, added })
      if (grown > molecules) return { kind: 'molecule-limit' }
      this.#molecules = grown
    }
    this.#apply(membrane, { taken, cleared, added })
    this.reactions++
    this.time = time
    const { level } = membrane
    this.#world.observe?.({ number: this.reactions, rule, reactants, products, level, time })
    return undefined
  }

  #products(match: Match, { rule, plan }: Ways, reactants: readonly Entry[]): readonly Entry[] {
    const env = {
      slots: [...match.slots],
      captured: rule.captured,
      surroundings: this.surroundings,
    }
    const { entries, pending } = productOf(plan.shape.product, env, reactants, () => 0)
    if (pending.length > 0)
      throw new PlacedFailure('a simulation cannot wait for what answers later', plan.shape.place)
    return entries
  }

  /**
   * Changes a solution. Where it stands in a molecule that there are several copies of, only one of them
   * changes: it leaves its group as a value, from which a group of its own is made.
   */
  #apply(membrane: Membrane, changes: Changes): void {
    const holders: Group[] = []
    for (let holder = membrane.holder; holder instanceof Group; holder = holder.around.holder)
      holders.push(holder)
    const copied = holders.findLastIndex(({ multiplicity }) => copiesReacting(multiplicity) > 1)
    let at = membrane
    if (copied < 0) {
      for (const [molecule, multiplicity] of changes.taken) membrane.add(molecule, multiplicity)
      for (const molecule of changes.cleared) membrane.clear(molecule)
      for (const [molecule, multiplicity] of changes.added) membrane.add(molecule, multiplicity)
    } else {
      let contents = changed(Multiset.of(membrane.entries()), changes)
      for (const holder of holders.slice(0, copied + 1)) {
        const molecule = holder.valueWith(at, new SolutionValue(contents))
        at = holder.around
        if (holder === holders[copied]) {
          at.add(molecule, 1)
          this.#settling.resize(holder, -1)
        } else contents = exchanged(Multiset.of(at.entries()), holder, molecule)
      }
    }
    for (const holder of holders.slice(copied + 1)) holder.changed()
  }

  /** What has no rate, looked for from the outermost solution inwards. */
  #fault(): Stop {
    let membrane = this.#root
    for (;;) {
      const part = membrane.at(membrane.timed.endlessLeaf() ?? -1)
      if (part instanceof Group) {
        const [first] = part.inner
        const inner = part.inner.find(({ membrane: m }) => m.timed.total === Infinity) ?? first
        if (inner === undefined) return { kind: 'size-limit' }
        membrane = inner.membrane
        continue
      }
      const fault = part instanceof Channel ? part.fault() : undefined
      if (fault === undefined || !(part instanceof Channel)) return { kind: 'size-limit' }
      const { match, failure } = fault
      if (failure.isSize) return { kind: 'size-limit' }
      const reactants = part.ways.takes.map((_, i): Entry => [
        match.kinds[i]?.molecule ?? 0,
        part.ways.copiesTaken(match, i),
      ])
      const { message, place } = failure
      return {
        kind: 'failed',
        failure: { message, place, rule: part.ways.rule, reactants, isRate: true },
      }
    }
  }
}

function innerOf(group: Group, isImmediate: boolean, random: () => number): Membrane {
  const totalOf = ({ immediate, timed }: Membrane): number =>
    isImmediate ? immediate.total : timed.total
  const membranes = group.inner.map(({ membrane }) => membrane)
  let rest = random() * membranes.reduce((sum, membrane) => sum + totalOf(membrane), 0)
  let chosen: Membrane | undefined
  for (const membrane of membranes) {
    if (totalOf(membrane) === 0) continue
    chosen = membrane
    rest -= totalOf(membrane)
    if (rest < 0) break
  }
  return chosen ?? group.around
}
