import { SolutionValue, countOf } from '../../interpreter/index.ts'
import type { Entry, Molecule } from '../../interpreter/index.ts'
import { canGenerate } from '../generate/text.ts'
import { generatedDirectMethod } from './direct-code.ts'
import { directMethod } from './direct.ts'
import type { NetworkMethod, NetworkState } from './network.ts'
import type { Bounds, Dynamics, DynamicsWorld, Ending, SimulationMethod, Stop } from './dynamics.ts'
import { waitingTime } from './dynamics.ts'
import { LARGEST_COPIES, propensityOf } from './network.ts'
import type { Network, NetworkReaction } from './network.ts'
import { TOO_LARGE } from './rate.ts'
import { treeMethod } from './tree-method.ts'

/** Up to so many reactions are drawn from in a row; a tree is faster from then on. */
const MOST_IN_A_ROW = 16
/** Reactions between two looks at the clock: about a millisecond. */
const BATCH = 8192

/** How a network is simulated, where it is not for the machine to choose. */
export interface Methods {
  readonly tree?: boolean
  readonly generates?: boolean
}

/** The way for networks: numbers instead of molecules, in generated code where that may be made. */
export class NetworkDynamics implements Dynamics {
  readonly method: SimulationMethod
  readonly nullEvents = 0
  readonly #network: Network
  readonly #world: DynamicsWorld
  readonly #state: NetworkState
  /** The method that can be asked about each reaction. */
  readonly #careful: NetworkMethod
  readonly #method: NetworkMethod
  readonly #sizes: readonly number[]
  readonly #largestGrowth: number
  reactions: number

  constructor(
    network: Network,
    world: DynamicsWorld,
    before: { readonly time: number; readonly reactions: number },
    { tree = network.reactions.length > MOST_IN_A_ROW, generates = canGenerate() }: Methods = {},
  ) {
    this.method = tree ? 'tree' : 'direct'
    this.#network = network
    this.#world = world
    this.reactions = before.reactions
    this.#careful = tree ? treeMethod(network) : directMethod(network)
    const isGenerated = generates && !tree && network.reactions.length > 0
    this.#method = isGenerated ? generatedDirectMethod(network) : this.#careful
    this.#state = {
      counts: Float64Array.from(network.counts),
      clock: Float64Array.of(before.time, Infinity, -1),
    }
    const total = this.propensity
    if (total > 0)
      this.#state.clock[1] = before.time + waitingTime(total, () => world.source.float())
    this.#sizes = network.species.map(sizeOf)
    this.#largestGrowth = network.reactions.reduce(
      (most, reaction) => Math.max(most, this.#growth(reaction)),
      0,
    )
  }

  get time(): number {
    return this.#state.clock[0] ?? 0
  }

  get propensity(): number {
    const { reactions, isSigned } = this.#network
    return reactions.reduce(
      (sum, reaction) => sum + propensityOf(reaction, this.#state.counts, isSigned),
      0,
    )
  }

  get moleculeCount(): number {
    let count = 0
    for (const [, n] of this.#network.constants) count += counted(Number(n))
    for (const [i, size] of this.#sizes.entries())
      count += size * counted(this.#state.counts[i] ?? 0)
    return count
  }

  *entries(): Generator<Entry> {
    for (const [i, molecule] of this.#network.species.entries()) {
      const count = this.#state.counts[i] ?? 0
      if (count !== 0) yield [molecule, count]
    }
    yield* this.#network.constants
  }

  advance({ until, reactions }: Bounds): Ending {
    const { clock } = this.#state
    const bound = Math.min(until, Number.MAX_VALUE)
    for (;;) {
      const next = clock[1] ?? Infinity
      if (next === Infinity) return 'inert'
      if (next > bound) return 'late'
      if (this.reactions >= reactions) return 'enough'
      const done = this.#go(bound, Math.min(BATCH, reactions - this.reactions))
      if (typeof done !== 'number') return done
      this.reactions += done
      if (done === 0) return this.#fault()
      if (this.#isOutgrown) return 'outgrown'
      const { pace } = this.#world
      if (done > 1 ? pace.isDue() : pace.isOver()) return 'paused'
    }
  }

  /** Some reactions, or why the first of them may not happen. */
  #go(until: number, most: number): number | Stop {
    const { source: random, limits, observe } = this.#world
    const room = limits.molecules === undefined ? Infinity : limits.molecules - this.moleculeCount
    const isFree = observe === undefined && room >= this.#largestGrowth
    if (isFree) {
      const reactions = Math.min(most, Math.floor(room / this.#largestGrowth) || most)
      return this.#method(this.#state, { until, reactions, random })
    }
    const asked = { isRefused: false }
    const mayReact = (at: number): boolean => {
      const reaction = this.#network.reactions[at]
      asked.isRefused = reaction !== undefined && this.#exactGrowth(reaction) > room
      return !asked.isRefused
    }
    const done = this.#careful(this.#state, { until, reactions: 1, random, mayReact })
    if (asked.isRefused) return { kind: 'molecule-limit' }
    if (done > 0) this.#tell()
    return done
  }

  #tell(): void {
    const { observe } = this.#world
    const reaction = this.#network.reactions[this.#state.clock[2] ?? -1]
    if (reaction === undefined || observe === undefined) return
    const { rule, reactants, products } = reaction
    const number = this.reactions + 1
    observe({ number, rule, reactants, products, level: 0, time: this.time })
  }

  /** At most so many molecules more. */
  #growth({ changes }: NetworkReaction): number {
    return changes.reduce((sum, { species, by }) => {
      const isSure = by > 0 || this.#network.isSigned
      return isSure ? sum + Math.abs(by) * (this.#sizes[species] ?? 1) : sum
    }, 0)
  }

  #exactGrowth({ changes }: NetworkReaction): number {
    return changes.reduce((sum, { species, by }) => {
      const before = this.#state.counts[species] ?? 0
      return sum + (counted(before + by) - counted(before)) * (this.#sizes[species] ?? 1)
    }, 0)
  }

  /** Whether numbers have become too large for doubles. */
  get #isOutgrown(): boolean {
    return this.#state.counts.some((n) => Math.abs(n) > LARGEST_COPIES && Math.abs(n) < Infinity)
  }

  /** All is there for the next reaction, and none came: the sum of the propensities is endless. */
  #fault(): Stop {
    const { reactions, isSigned } = this.#network
    const [first] = reactions
    const largest = reactions.reduce<NetworkReaction | undefined>((a, b) => {
      const [left, right] = [a ?? b, b].map((r) => propensityOf(r, this.#state.counts, isSigned))
      return (right ?? 0) > (left ?? 0) ? b : a
    }, first)
    if (largest === undefined) return { kind: 'size-limit' }
    const { rule, shape, reactants } = largest
    const place = shape.parts.ratePlace ?? shape.place
    return { kind: 'failed', failure: { message: TOO_LARGE, place, rule, reactants, isRate: true } }
  }
}

/** ∞ counts as one. */
function counted(copies: number): number {
  return Math.abs(copies) === Infinity ? 1 : Math.abs(copies)
}

/** A molecule with all inside. */
function sizeOf(molecule: Molecule): number {
  return countOf(SolutionValue.of([[molecule, 1]]))
}
