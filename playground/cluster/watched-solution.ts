import { Audit, LogError, eventsOf, shardOf } from '../../distribution/index.ts'
import type { Blueprint, Copies, LogEntry, StoredRecord } from '../../distribution/index.ts'
import { printed } from '../../interpreter/index.ts'
import type { Int } from '../../interpreter/index.ts'
import { briefly, groupOf, kindOf } from '../session/molecule-words.ts'
import type { ClusterView, Crossing, KindView, MoleculeView, ShardView, Way } from './messages.ts'

/** So much of a shard is shown one by one, and in how many kinds. */
const MOST_ENTRIES = 14
const MOST_KINDS = 8
/** So many lots are shown on their way at once, and so many ways. */
const MOST_CROSSINGS = 60
const MOST_WAYS = 24
/** So many molecules are remembered by their words. */
const MOST_WORDS = 20_000
/** A result of more characters is cut. */
const LONGEST = 200_000

type Words = Pick<MoleculeView, 'text' | 'kind' | 'group'>

interface Counts {
  commits: number
  molecules: number
  readonly kinds: Map<string, { kind: KindView['kind']; molecules: number }>
}

/**
 * A solution as somebody sees it who reads all of its logs and takes no part. Each record is checked: what does not
 * follow from those before it is said.
 */
export class WatchedSolution {
  readonly #blueprint: Blueprint
  readonly #audit: Audit
  readonly #counts: readonly Counts[]
  readonly #words = new Map<string, Words>()
  readonly #ways = new Map<string, { readonly from: number; readonly to: number; n: number }>()
  #crossings: Crossing[] = []
  #lastCrossing = 0
  #commits = 0
  #onTheirWay = 0
  #failure: string | undefined
  #fault: string | undefined

  constructor(blueprint: Blueprint) {
    this.#blueprint = blueprint
    this.#audit = new Audit(blueprint.shards + 1)
    this.#counts = Array.from({ length: blueprint.shards + 1 }, () => ({
      commits: 0,
      molecules: 0,
      kinds: new Map<string, { kind: KindView['kind']; molecules: number }>(),
    }))
  }

  /** The next record. After one that cannot be right nothing more is believed. */
  take({ log, bytes, sequence }: StoredRecord): void {
    const shard = shardOf(log)
    if (shard === undefined || this.#fault !== undefined) return
    try {
      this.#note(shard, this.#audit.take(shard, bytes, sequence))
    } catch (error) {
      if (!(error instanceof LogError)) throw error
      this.#fault = `the log of shard ${String(shard)} is not right: ${error.message}`
    }
  }

  get reactions(): number {
    return this.#audit.reactions
  }

  get state(): 'running' | 'inert' | 'failed' | 'broken' {
    if (this.#fault !== undefined) return 'broken'
    if (this.#failure !== undefined) return 'failed'
    return this.#audit.isInert ? 'inert' : 'running'
  }

  /** How it stands. What has crossed is told once. */
  view(): ClusterView {
    const crossings = this.#crossings
    this.#crossings = []
    const why = this.#fault ?? this.#failure
    return {
      state: this.state,
      reactions: this.reactions,
      commits: this.#commits,
      onTheirWay: this.#onTheirWay,
      shards: this.#counts.map((_, shard) => this.#shard(shard)),
      crossings,
      ways: this.#busiest(),
      ...(why !== undefined && { why }),
    }
  }

  /** All molecules as a program. */
  result(): { readonly text: string; readonly isCut: boolean } {
    let text = ''
    for (const piece of printed(this.#blueprint.whole(this.#audit.molecules()))) {
      text += piece
      if (text.length > LONGEST) return { text: text.slice(0, LONGEST), isCut: true }
    }
    return { text, isCut: false }
  }

  #note(shard: number, entry: LogEntry): void {
    this.#failure ??= entry.failure
    const counts = this.#counts[shard]
    if (entry.kind !== 'commit' || counts === undefined) return
    this.#commits++
    counts.commits++
    for (const { from, molecules } of entry.arrivals) {
      this.#onTheirWay--
      const lot = molecules.copies()
      this.#count(counts, lot, 1)
      this.#cross(from, shard, lot)
    }
    const { injected, removed, added } = eventsOf(entry)
    this.#count(counts, injected, 1)
    this.#count(counts, removed, -1)
    this.#count(counts, added, 1)
    for (const { molecules } of entry.departures) {
      this.#onTheirWay++
      this.#count(counts, molecules.copies(), -1)
    }
  }

  #count(counts: Counts, molecules: readonly Copies[], sign: 1 | -1): void {
    for (const [molecule, copies] of molecules) {
      const { group, kind } = this.#wordsOf(molecule)
      const known = counts.kinds.get(group) ?? { kind, molecules: 0 }
      counts.kinds.set(group, known)
      known.molecules += sign * numberOf(copies)
      counts.molecules += sign * numberOf(copies)
      if (known.molecules === 0) counts.kinds.delete(group)
    }
  }

  #cross(from: number, to: number, molecules: readonly Copies[]): void {
    const [first] = molecules
    if (first === undefined) return
    const sum = molecules.reduce((total, [, copies]) => total + Math.abs(numberOf(copies)), 0)
    const name = `${String(from)} ${String(to)}`
    const way = this.#ways.get(name) ?? { from, to, n: 0 }
    way.n += sum
    this.#ways.set(name, way)
    const number = ++this.#lastCrossing
    if (this.#crossings.length < MOST_CROSSINGS)
      this.#crossings.push({ number, from, to, molecules: sum, ...this.#wordsOf(first[0]) })
  }

  #busiest(): readonly Way[] {
    return [...this.#ways.values()]
      .sort((one, other) => other.n - one.n)
      .slice(0, MOST_WAYS)
      .map(({ from, to, n }) => ({ from, to, molecules: n }))
  }

  #shard(shard: number): ShardView {
    const state = this.#audit.stateOf(shard)
    const { commits, molecules, kinds } = this.#counts[shard] ?? nothing
    const entries: MoleculeView[] = []
    for (const [text, copies] of state?.molecules ?? []) {
      if (entries.length >= MOST_ENTRIES) break
      entries.push({ ...this.#wordsOf(text), copies: numberOf(copies) })
    }
    return {
      shard,
      isOutside: shard === this.#blueprint.outside,
      owner: state?.owner,
      claims: state?.epoch ?? 0,
      isInert: state?.isInert ?? false,
      reactions: state?.reactions ?? 0,
      commits,
      molecules: Number.isNaN(molecules) ? Infinity : molecules,
      distinct: state?.molecules.size ?? 0,
      entries,
      kinds: kindsOf(kinds),
    }
  }

  /** Equal molecules are read once, as long as there are not too many. */
  #wordsOf(text: string): Words {
    const known = this.#words.get(text)
    if (known !== undefined) return known
    const molecule = this.#blueprint.molecule(text)
    const words = { text: briefly(molecule, 40), kind: kindOf(molecule), group: groupOf(molecule) }
    if (this.#words.size >= MOST_WORDS) this.#words.clear()
    this.#words.set(text, words)
    return words
  }
}

const nothing: Counts = { commits: 0, molecules: 0, kinds: new Map() }

function kindsOf(kinds: Counts['kinds']): readonly KindView[] {
  const all = [...kinds].map(([group, each]) => ({ group, ...each }))
  all.sort((one, other) => other.molecules - one.molecules)
  if (all.length <= MOST_KINDS) return all
  const rest = all.slice(MOST_KINDS - 1).reduce((sum, { molecules }) => sum + molecules, 0)
  return [...all.slice(0, MOST_KINDS - 1), { group: '…', kind: 'tuple', molecules: rest }]
}

function numberOf(copies: Int): number {
  return Number(copies)
}
