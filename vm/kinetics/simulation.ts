import { DEFAULT_DEPTH, Multiset, SolutionValue, countOf } from '../../interpreter/index.ts'
import type {
  Entry,
  Limits,
  Outcome,
  OutcomeKind,
  Reaction,
  Reducer,
  RunOptions,
  Step,
} from '../../interpreter/index.ts'
import { Random } from '../../interpreter/index.ts'
import { pause } from '../pause.ts'
import type { Dynamics, DynamicsWorld, Ending, SimulationMethod, Stop } from './dynamics.ts'
import { MembraneDynamics } from './membrane-dynamics.ts'
import { MANY_REACTIONS, networkOf } from './network-builder.ts'
import { NetworkDynamics } from './network-dynamics.ts'
import type { Network } from './network.ts'
import { Turns } from './pace.ts'

/** How long a run goes on before it lets the host breathe. */
const TURN_MILLISECONDS = 10
/** Reactions in the general way before a large network is looked for. */
const SECOND_LOOK = 20_000

/** What a simulation needs to know beside the solution. */
export interface SimulationOptions extends Omit<RunOptions, 'strategy'> {
  /** The simulated time at which it ends; without it, it ends when inert or at a limit. */
  readonly until?: number
  readonly sampling?: Sampling
  /** Chosen by the size of the network if it is left out. */
  readonly method?: SimulationMethod
  /** Whether code may be generated; found out if it is left out. The course is the same without. */
  readonly generates?: boolean
}

const networks = new WeakMap<SolutionValue, Network | 'none'>()

/** The network of a solution, looked for once where many simulations start with it. */
function knownNetwork(
  first: SolutionValue | undefined,
  entries: readonly Entry[],
  limits: Limits,
): Network | undefined {
  if (first === undefined || limits.depth !== DEFAULT_DEPTH) return networkOf(entries, limits)
  let network = networks.get(first)
  if (network === undefined) {
    network = networkOf(entries, limits) ?? 'none'
    networks.set(first, network)
  }
  return network === 'none' ? undefined : network
}

interface Before {
  readonly time: number
  readonly reactions: number
}

/** Looks at the solution at even intervals of simulated time, from 0 on. */
export interface Sampling {
  readonly every: number
  /** The entries of the outermost solution; they are to be read at once. */
  take(time: number, entries: Iterable<Entry>): void
}

/**
 * The exact stochastic simulation of a solution (Gillespie 1976): rules with a rate react at random
 * times, as often as rate and number of ways say, and rules without one react at once.
 */
export class Simulation implements Reducer {
  readonly #options: SimulationOptions
  readonly #random: Random
  readonly #pace: Turns
  readonly #world: DynamicsWorld & { observe: ((reaction: Reaction) => void) | undefined }
  /** What it starts with, until the first reaction is asked for. */
  #entries: readonly Entry[]
  /** The value of these, unless something was added. */
  #first: SolutionValue | undefined
  /** After so many reactions it is worth while to look for a larger network. */
  #secondLook = SECOND_LOOK
  #dynamics: Dynamics | undefined
  /** How many samples have been taken. */
  #samples = 0
  #reachedTime = 0

  constructor(first: SolutionValue, options: SimulationOptions) {
    this.#options = options
    this.#random = new Random(options.seed)
    this.#pace = new Turns(options.clock)
    this.#first = first
    this.#entries = [...first.contents().entries()]
    this.#world = {
      source: this.#random,
      random: () => this.#random.float(),
      pace: this.#pace,
      limits: options.limits,
      observe: options.observe,
    }
  }

  get solution(): SolutionValue {
    return SolutionValue.of(this.#dynamics?.entries() ?? this.#entries)
  }

  get reactions(): number {
    return this.#dynamics?.reactions ?? 0
  }

  /** How it is simulated, as of now: undefined before the first reaction. */
  get method(): SimulationMethod | undefined {
    return this.#dynamics?.method
  }

  /** Events that were drawn and then rejected, at which time passed and nothing reacted. */
  get nullEvents(): number {
    return this.#dynamics?.nullEvents ?? 0
  }

  /** When the last reaction happened, or the end of the run once it is reached. */
  get time(): number {
    return Math.max(this.#reachedTime, this.#dynamics?.time ?? 0)
  }

  /**
   * How often something reacts per unit of time, as things are: rate times ways, summed over all rules.
   * Endless where a rule without a rate can react.
   */
  get propensity(): number {
    return this.#started.propensity
  }

  inject(entries: Iterable<Entry>): void {
    const added = [...entries]
    if (added.length === 0) return
    const before = this.#dynamics
    const all = [...(before?.entries() ?? this.#entries), ...added]
    this.#entries = [...Multiset.of(all).entries()]
    this.#first = undefined
    if (before !== undefined) this.#dynamics = this.#dynamicsOf(this.#entries, before)
  }

  async run(): Promise<Outcome> {
    const { clock, limits, signal } = this.#options
    const deadline = clock() + (limits.milliseconds ?? Infinity)
    const enough = this.reactions + (limits.reactions ?? Infinity)
    if (limits.molecules !== undefined && this.reactions === 0)
      if (countOf(this.solution) > limits.molecules) return this.#outcome('molecule-limit')
    for (;;) {
      if (signal?.aborted === true) return this.#outcome('aborted')
      if (clock() >= deadline) return this.#outcome('time-limit')
      this.#pace.begin(Math.min(TURN_MILLISECONDS, deadline - clock()))
      const outcome = this.#advance(enough)
      if (outcome !== undefined) return outcome
      await pause()
    }
  }

  step(): Step {
    const before = this.reactions
    const { observe } = this.#options
    let last: Reaction | undefined
    this.#world.observe = (reaction) => {
      last = reaction
      observe?.(reaction)
    }
    this.#pace.begin(Infinity)
    const most = this.#options.limits.reactions ?? Infinity
    const outcome = this.#advance(before + Math.min(1, most))
    this.#world.observe = observe
    if (last !== undefined) return { kind: 'reacted', reaction: last }
    if (outcome === undefined || outcome.kind === 'inert') return { kind: 'inert' }
    return { kind: 'stopped', outcome }
  }

  /** Until something ends it, or a pause is due. */
  #advance(reactions: number): Outcome | undefined {
    const { until = Infinity } = this.#options
    for (;;) {
      const dynamics = this.#started
      const sample = this.#nextSample()
      const bound = Math.min(until, sample)
      const ending = dynamics.advance({ until: bound, reactions, due: this.#secondLook })
      if (ending === 'paused') return undefined
      if (ending === 'late' && sample <= until) this.#takeSample(dynamics, sample)
      else if (ending === 'due') this.#lookAgain(dynamics)
      else if (ending === 'outgrown')
        this.#dynamics = this.#general([...dynamics.entries()], dynamics)
      else return this.#ended(ending, dynamics)
    }
  }

  #ended(ending: Exclude<Ending, 'paused' | 'due' | 'outgrown'>, dynamics: Dynamics): Outcome {
    const { until = Infinity } = this.#options
    if (ending === 'late') {
      this.#reachedTime = until
      return this.#outcome('until')
    }
    if (ending === 'enough') return this.#outcome('reaction-limit')
    if (ending !== 'inert') return this.#outcome(ending.kind, ending)
    // Nothing will change any more, so all samples to come are known.
    if (until < Infinity)
      for (let sample = this.#nextSample(); sample <= until; sample = this.#nextSample())
        this.#takeSample(dynamics, sample)
    else if (this.#samples === 0) this.#takeSample(dynamics, 0)
    return this.#outcome('inert')
  }

  /** When the next sample is due; never, if none are wanted or the last was at the end. */
  #nextSample(): number {
    const { sampling, until = Infinity } = this.#options
    if (sampling === undefined) return Infinity
    // What is rounded in a division must not cost the last sample.
    const due = this.#samples * sampling.every
    const isLast = Math.abs(due - until) <= 1e-9 * sampling.every
    return isLast ? until : due
  }

  #takeSample(dynamics: Dynamics, time: number): void {
    this.#samples++
    this.#options.sampling?.take(time, dynamics.entries())
  }

  get #started(): Dynamics {
    this.#dynamics ??= this.#dynamicsOf(this.#entries, { time: 0, reactions: 0 })
    return this.#dynamics
  }

  #dynamicsOf(entries: readonly Entry[], before: Before): Dynamics {
    const { method, limits } = this.#options
    const network = method === 'general' ? undefined : knownNetwork(this.#first, entries, limits)
    if (method === 'general' || network !== undefined) this.#secondLook = Infinity
    if (network === undefined) return this.#general(entries, before)
    return this.#networked(network, before)
  }

  /** A simulation that has gone on for a while may be worth the making of a large network. */
  #lookAgain(dynamics: Dynamics): void {
    this.#secondLook = Infinity
    const network = networkOf([...dynamics.entries()], this.#options.limits, MANY_REACTIONS)
    if (network !== undefined) this.#dynamics = this.#networked(network, dynamics)
  }

  #networked(network: Network, before: Before): Dynamics {
    const { method, generates } = this.#options
    return new NetworkDynamics(network, this.#world, before, {
      ...(method !== undefined && { tree: method === 'tree' }),
      ...(generates !== undefined && { generates }),
    })
  }

  #general(entries: readonly Entry[], before: Before): Dynamics {
    return new MembraneDynamics(entries, this.#world, before)
  }

  #outcome(kind: OutcomeKind, { failure }: Partial<Stop> = {}): Outcome {
    const { solution, reactions, time } = this
    const ended = { kind, solution, reactions, pending: 0, simulatedTime: time }
    return failure === undefined ? ended : { ...ended, failure }
  }
}
