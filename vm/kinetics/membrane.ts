import { addInt, hashOf, isInfinite, isRule } from '../../interpreter/index.ts'
import type { Entry, Int, Molecule, Rule } from '../../interpreter/index.ts'
import { Channel } from './channel.ts'
import type { ChannelWorld } from './channel.ts'
import { Dispatch } from './dispatch.ts'
import { mixed } from './mixed.ts'
import { isPassive } from './passive.ts'
import { moleculeOf } from './rule-plan.ts'
import { Stock } from './stock.ts'
import type { Kind } from './stock.ts'
import { SumTree } from './sum-tree.ts'

/** So many kinds without copies are kept beside as many as have some. */
const DORMANT = 64

/** A molecule with something active in it, in a membrane: what stands for all its copies. */
export interface Part {
  readonly multiplicity: Int
  /** Its leaf among the parts of the membrane around it. */
  readonly leaf: number
  value(): Molecule
}

/** What membranes need of the run around them. */
export interface MembraneWorld extends Omit<ChannelWorld, 'touched'> {
  /** A membrane has to be looked at before anything reacts. */
  touched(membrane: Membrane): void
  /** Makes a part of a molecule that may be active. */
  partOf(molecule: Molecule, multiplicity: Int, leaf: number, around: Membrane): Part
}

interface Taker {
  readonly channel: Channel
  readonly take: number
}

/**
 * A solution that reacts: how many copies there are of each kind, a channel for each rule, and parts for
 * molecules that hold active solutions. Its two sums say how fast something happens in it or inside: at
 * once, by rules without a rate, and in time.
 */
export class Membrane {
  readonly level: number
  /** What it stands in; undefined for the outermost. */
  readonly holder: Part | undefined
  readonly immediate = new SumTree()
  readonly timed = new SumTree()
  /** The same for the same content, whatever way led to it; once it is settled. */
  signature = 0
  readonly #world: MembraneWorld
  readonly #channelWorld: ChannelWorld
  readonly #stock = new Stock()
  readonly #parts: (Channel | Part | undefined)[] = []
  readonly #free: number[] = []
  readonly #channels = new Map<Kind, Channel>()
  readonly #dispatch = new Dispatch<Taker>()
  readonly #touched = new Set<Channel>()
  #changed: Kind[] = []
  #dormant = 0
  /** What it starts with and has not yet taken up: from the last on. */
  readonly #unloaded: Entry[]

  constructor(
    contents: Iterable<Entry>,
    world: MembraneWorld,
    level: number,
    holder: Part | undefined,
  ) {
    this.level = level
    this.holder = holder
    this.#unloaded = [...contents].reverse()
    this.#world = world
    this.#channelWorld = {
      surroundings: world.surroundings,
      pace: world.pace,
      touched: (channel) => {
        this.#touched.add(channel)
        world.touched(this)
      },
    }
    world.touched(this)
  }

  get isInert(): boolean {
    return this.immediate.total === 0 && this.timed.total === 0
  }

  /** Whether channels have not yet seen all that has changed. */
  get isStale(): boolean {
    return this.#unloaded.length > 0 || this.#changed.length > 0 || this.#touched.size > 0
  }

  /** What it holds now; the parts as they are. */
  *entries(): Generator<Entry> {
    yield* this.#unloaded
    for (const { molecule, count } of this.#stock.kinds()) if (count !== 0) yield [molecule, count]
    for (const part of this.parts()) yield [part.value(), part.multiplicity]
  }

  *parts(): Generator<Part> {
    for (const part of this.#parts) if (part !== undefined && !(part instanceof Channel)) yield part
  }

  /** What stands at a leaf of the sums. */
  at(leaf: number): Channel | Part | undefined {
    return this.#parts[leaf]
  }

  /** How many copies there are; 0 for a molecule that is active. */
  multiplicityOf(molecule: Molecule): Int {
    return this.#stock.find(molecule)?.count ?? 0
  }

  /** Adds copies, or takes some away. */
  add(molecule: Molecule, multiplicity: Int): void {
    if (multiplicity === 0) return
    if (isPassive(molecule)) this.addInert(molecule, multiplicity)
    else {
      const leaf = this.#free.pop() ?? this.#parts.length
      this.#parts[leaf] = this.#world.partOf(molecule, multiplicity, leaf, this)
      this.#world.touched(this)
    }
  }

  /** The same for a molecule that is known to be inert. */
  addInert(molecule: Molecule, multiplicity: Int): void {
    const kind = this.#stock.kindOf(molecule)
    this.#count(kind, addInt(kind.count, multiplicity))
  }

  /** Takes all copies away, endless ones too. */
  clear(molecule: Molecule): void {
    this.#count(this.#stock.kindOf(molecule), 0)
  }

  /** Notes in the signature that copies of something come or go. */
  sign(hash: number, multiplicity: Int, sign: 1 | -1): void {
    if (multiplicity !== 0)
      this.signature = (this.signature + sign * mixed(hash, hashOf(multiplicity))) | 0
  }

  /** A part is gone: it is inert now, or one with another. */
  remove(part: Part): void {
    this.weigh(part.leaf, 0, 0)
    this.#parts[part.leaf] = undefined
    this.#free.push(part.leaf)
  }

  weigh(leaf: number, immediate: number, timed: number): void {
    this.immediate.set(leaf, immediate)
    this.timed.set(leaf, timed)
  }

  /** Brings channels up to date with what has changed. `undefined` asks for a pause. */
  *refresh(): Generator<undefined> {
    for (let next = this.#unloaded.pop(); next !== undefined; next = this.#unloaded.pop()) {
      this.add(next[0], next[1])
      if (this.#world.pace.isOver()) yield undefined
    }
    const changed = this.#changed
    this.#changed = []
    for (const kind of changed)
      if (isRule(kind.molecule)) yield* this.#ruleChanged(kind, kind.molecule)
    for (const kind of changed) {
      kind.isChanged = false
      if (this.#world.pace.isOver()) yield undefined
      yield* this.#kindChanged(kind)
    }
    for (const channel of this.#touched) {
      this.#touched.delete(channel)
      yield* channel.settle()
      const { propensity, ways } = channel
      if (this.#channels.get(channel.kind) === channel)
        this.weigh(
          channel.leaf,
          ways.plan.isImmediate ? propensity : 0,
          ways.plan.isImmediate ? 0 : propensity,
        )
    }
    if (this.#dormant > DORMANT + this.#stock.size / 2) this.#sweep()
  }

  #count(kind: Kind, count: Int): void {
    const hash = hashOf(kind.molecule)
    this.sign(hash, kind.count, -1)
    kind.count = count
    this.sign(hash, count, 1)
    if (!kind.isChanged) {
      kind.isChanged = true
      this.#changed.push(kind)
    }
    this.#world.touched(this)
  }

  *#kindChanged(kind: Kind): Generator<undefined> {
    if (kind.occurrences !== undefined) {
      if (kind.count === 0) this.#dormant++
      for (const occurrence of kind.occurrences) occurrence.recount()
      return
    }
    if (kind.count === 0) {
      this.#dormant++
      return
    }
    kind.occurrences = new Set()
    const takes = new Map<Channel, number[]>()
    for (const { channel, take } of this.#dispatch.takersOf(kind.molecule)) {
      const known = takes.get(channel)
      if (known === undefined) takes.set(channel, [take])
      else known.push(take)
    }
    for (const [channel, some] of takes) yield* channel.meet(kind, some)
  }

  *#ruleChanged(kind: Kind, rule: Rule): Generator<undefined> {
    const channel = this.#channels.get(kind)
    if (kind.count > 0 === (channel !== undefined)) return
    if (channel !== undefined) {
      this.#drop(channel)
      return
    }
    const leaf = this.#free.pop() ?? this.#parts.length
    const made = new Channel(kind, rule, leaf, this.#channelWorld)
    this.#parts[leaf] = made
    this.#channels.set(kind, made)
    this.#touched.add(made)
    if (made.ways.isStill) return
    for (const [take, { pattern }] of made.ways.takes.entries())
      this.#dispatch.add(pattern, { channel: made, take })
    yield* this.#introduce(made)
  }

  /** Shows a new channel the kinds that the others know already. */
  *#introduce(channel: Channel): Generator<undefined> {
    const molecules = channel.ways.takes.map(({ pattern }) => moleculeOf(pattern))
    const kinds = molecules.every((molecule) => molecule !== undefined)
      ? new Set(molecules.flatMap((molecule) => this.#stock.find(molecule) ?? []))
      : this.#stock.kinds()
    const all = channel.ways.takes.map((_, take) => take)
    for (const kind of kinds) {
      if (kind.occurrences === undefined) continue
      if (this.#world.pace.isOver()) yield undefined
      yield* channel.meet(kind, all)
    }
  }

  #drop(channel: Channel): void {
    this.#channels.delete(channel.kind)
    this.#touched.delete(channel)
    channel.close()
    for (const [take, { pattern }] of channel.ways.takes.entries())
      this.#dispatch.remove(pattern, (taker) => taker.channel === channel && taker.take === take)
    this.weigh(channel.leaf, 0, 0)
    this.#parts[channel.leaf] = undefined
    this.#free.push(channel.leaf)
  }

  /** Forgets kinds that have had no copies for a while, so that a run that makes ever new ones does not grow. */
  #sweep(): void {
    this.#dormant = 0
    for (const kind of [...this.#stock.kinds()]) {
      if (kind.count !== 0 || kind.isChanged) continue
      for (const occurrence of kind.occurrences ?? []) occurrence.drop()
      this.#stock.remove(kind)
    }
  }
}

/** How many copies react apart: endless and negative ones react as one. */
export function copiesReacting(multiplicity: Int): number {
  return multiplicity > 0 && !isInfinite(multiplicity) ? Number(multiplicity) : 1
}
