import {
  isInfinite,
  SolutionValue,
  Table,
  fromJson,
  isRule,
  jsonText,
  negateInt,
  shapeOf,
} from '../interpreter/index.ts'
import type { Entry, JsonContext, Molecule, Reaction } from '../interpreter/index.ts'
import { Machine, activeMolecules } from '../vm/index.ts'
import { addCopies, changeBetween, removeCopies } from './copies.ts'
import type { Amounts, Change, Copies } from './copies.ts'
import { failureText, limitText } from './failure.ts'
import type { Lot } from './lot.ts'
import type { LocalSolution, Reacted } from './local-solution.ts'

/** More new molecules than that react in one go, and then all that is there is compared with what was. */
const MANY = 256

export interface MachineSolutionOptions {
  /** Rules that act here and are no molecules of the shard. */
  readonly everywhere: readonly Entry[]
  /** What reads rules and values of the host. */
  readonly context: JsonContext
  readonly seed: number
  readonly depth: number
  /** Whether somebody is to know which molecules still react. */
  readonly tellsActive?: boolean
  readonly calls: CallsOfShard
}

/** What the keys of calls begin with that answer later, and who is told of answers. */
export interface CallsOfShard {
  readonly run: string
  readonly onAnswer: () => void
}

/** Whoever asks for so few reactions wants a short record, and nothing is done in one go. */
const FEW = 100

/** So many reactions are watched one by one before others have their turn. */
const WATCHED = 1_000

/** The molecules of a shard in a compiled machine. */
export class MachineSolution implements LocalSolution {
  readonly #options: MachineSolutionOptions
  #machine: Machine
  readonly #everywhere: ReadonlySet<string>
  /** All that is here, as of the last time that somebody asked. */
  readonly #amounts: Amounts = new Map()
  /** What has arrived since then. */
  #arrived: Lot[] = []
  #reactions: Reaction[] = []
  #new = 0
  #hasAnswers = false
  /** A call was made once, or is to be: until then no molecule is looked through for one. */
  #hasCalled = false
  /** The last reactions were not the last ones: more come, and to watch each would take long. */
  #isBusy = false
  /** What the machine is bound by: its reactions since it began, as far as more are not allowed. */
  readonly #limits: { readonly depth: number; reactions?: number }
  /** Molecules in which something still reacts; undefined where that is not known. */
  #active: ReadonlyMap<string, Copies[1]> | undefined
  readonly #ending = new AbortController()

  constructor(options: MachineSolutionOptions) {
    this.#options = options
    this.#limits = { depth: options.depth }
    this.#everywhere = new Set(options.everywhere.map(([rule]) => jsonText(rule)))
    this.#machine = this.#empty()
  }

  #empty(): Machine {
    const { everywhere, seed, calls } = this.#options
    const machine = new Machine(SolutionValue.of(everywhere), {
      seed,
      strategy: 'fast',
      limits: this.#limits,
      // What happens here does not depend on time: a turn ends after so many reactions.
      clock: () => 0,
      observe: (reaction) => {
        this.#reactions.push(reaction)
      },
      signal: this.#ending.signal,
      calls: { run: calls.run },
      onAnswer: () => {
        this.#hasAnswers = true
        calls.onAnswer()
      },
    })
    machine.isObserved = false
    return machine
  }

  add(molecules: Lot): void {
    this.#pour(molecules, { areInert: false })
    for (const [molecule, copies] of molecules.copies()) addCopies(this.#amounts, molecule, copies)
  }

  arrive(molecules: Lot, how: { readonly areInert: boolean }): void {
    this.#pour(molecules, how)
    this.#arrived.push(molecules)
  }

  #pour(molecules: Lot, { areInert }: { readonly areInert: boolean }): void {
    this.#active = undefined
    for (const entries of molecules.entries(this.#read))
      this.#machine.inject(areInert ? this.#notedInert(entries) : entries)
    this.#new += molecules.size
    this.#noteCalls()
  }

  /** Whether calls are out, or to be made. */
  #noteCalls(): boolean {
    const isCalling = this.#machine.parts.answers.pending > 0
    this.#hasCalled ||= isCalling
    return isCalling
  }

  /** The same molecules. In a table there are no solutions of which anything could be noted. */
  #notedInert(entries: Iterable<Entry>): Iterable<Entry> {
    if (entries instanceof Table) return entries
    const noted = [...entries]
    for (const [molecule] of noted) this.#machine.noteInert(molecule)
    return noted
  }

  remove(molecules: readonly Copies[]): void {
    this.#settle()
    for (const [molecule, copies] of molecules) removeCopies(this.#amounts, molecule, copies)
    // Nothing makes endless copies go, or what reacts: it begins anew with what is left.
    if (
      molecules.some(
        ([molecule, copies]) => isInfinite(copies) || this.#active?.has(molecule) === true,
      )
    )
      this.#beginAnew()
    else
      this.#machine.inject(
        this.#entries(molecules).map(([molecule, copies]) => [molecule, negateInt(copies)]),
      )
  }

  #beginAnew(): void {
    this.#machine = this.#empty()
    const entries: Entry[] = []
    for (const [text, copies] of this.#amounts) {
      const molecule = this.#read(text)
      // It could be taken, or nothing has come of it: nobody has to find out again.
      if (this.#active?.has(text) === false) this.#machine.noteInert(molecule)
      entries.push([molecule, copies])
    }
    this.#machine.inject(entries)
  }

  react(most: number, allowed = Infinity): Reacted {
    const before = this.#machine.reactions
    if (allowed < Infinity) this.#limits.reactions = before + allowed
    const isShort = this.#new <= MANY && !this.#isBusy
    // Who waits for an answer is among the molecules, and in no reaction.
    const wasCalling = this.#noteCalls()
    const isWatched = (isShort || most <= FEW) && !wasCalling
    const hasAnswers = this.#hasAnswers
    this.#hasAnswers = false
    this.#new = 0
    this.#reactions = []
    this.#machine.isObserved = isWatched
    const stopped = this.#machine.advance(isWatched ? Math.min(most, WATCHED) : most)
    const isStopped = typeof stopped === 'object' && stopped.kind === 'reaction-limit'
    const ended = isStopped ? 'more' : stopped
    this.#machine.isObserved = false
    const reactions = this.#machine.reactions - before
    const isCalling = this.#noteCalls()
    const isPlain = isWatched && !isCalling && this.#reactions.every(isPlainReaction)
    const isSame = reactions === 0 && !hasAnswers
    if (isSame || isPlain) this.#settle()
    const change = isSame ? NOTHING : isPlain ? this.#told() : this.#compared()
    const stillActive = ended === 'more' ? this.#stillActive() : {}
    this.#isBusy = ended === 'more'
    this.#active = ended === 'inert' ? new Map() : stillActive.active
    return {
      ...change,
      reactions,
      isInert: ended !== 'more',
      ...stillActive,
      ...(ended === 'waiting' ? { isWaiting: true } : {}),
      ...(isStopped ? { isStopped } : {}),
      ...failureOf(ended),
    }
  }

  /** Not while calls are out: their answers come to this machine. */
  #stillActive(): Pick<Reacted, 'active'> {
    if (this.#options.tellsActive !== true || this.#machine.parts.answers.pending > 0) return {}
    const active = new Map<string, Copies[1]>()
    for (const molecule of activeMolecules(this.#machine)) {
      const text = jsonText(molecule)
      const copies = this.#amounts.get(text)
      if (copies !== undefined) active.set(text, copies)
    }
    return { active }
  }

  startCalls(): void {
    this.#machine.parts.answers.start()
  }

  /** What stands in quotes has backslashes before its own: only a call that waits is written so. */
  holds(molecule: string): boolean {
    return this.#hasCalled && molecule.includes('{"pending":')
  }

  end(): void {
    this.#ending.abort()
  }

  #entries(molecules: readonly Copies[]): Entry[] {
    return molecules.map(([molecule, copies]) => [this.#read(molecule), copies])
  }

  readonly #read = (molecule: string): Molecule =>
    fromJson(JSON.parse(molecule), this.#options.context)

  /** What changed, from the reactions one by one. */
  #told(): Change {
    const change: Amounts = new Map()
    for (const { rule, reactants, products } of this.#reactions) {
      if (shapeOf(rule).shots === 'one') addCopies(change, jsonText(rule), -1)
      for (const [molecule, copies] of shapeOf(rule).isCatalytic ? [] : reactants)
        if (!this.#isEverywhere(molecule)) addCopies(change, jsonText(molecule), negateInt(copies))
      for (const [molecule, copies] of products)
        if (!this.#isEverywhere(molecule)) addCopies(change, jsonText(molecule), copies)
    }
    const before: Amounts = new Map()
    const after: Amounts = new Map()
    for (const [molecule, copies] of change) {
      const had = this.#amounts.get(molecule)
      if (had !== undefined) before.set(molecule, had)
      addCopies(this.#amounts, molecule, copies)
      const has = this.#amounts.get(molecule)
      if (has !== undefined) after.set(molecule, has)
    }
    return changeBetween(before, after)
  }

  /** What changed, from all that is there now; without what arrived, where little is left of that. */
  #compared(): Change & Pick<Reacted, 'areArrivalsTaken'> {
    const after: Amounts = new Map()
    for (const [molecule, copies] of this.#machine.solution.contents().entries())
      if (!this.#isEverywhere(molecule)) addCopies(after, jsonText(molecule), copies)
    const arrived = this.#arrived.reduce((sum, { size }) => sum + size, 0)
    let change: Change & Pick<Reacted, 'areArrivalsTaken'> = changeBetween(this.#amounts, after)
    if (change.added.length < arrived) {
      change = { ...change, areArrivalsTaken: true }
      this.#arrived = []
    } else if (arrived > 0) {
      this.#settle()
      change = changeBetween(this.#amounts, after)
    }
    this.#amounts.clear()
    for (const [molecule, copies] of after) this.#amounts.set(molecule, copies)
    return change
  }

  /** What arrived is here as all else. */
  #settle(): void {
    for (const lot of this.#arrived.splice(0))
      for (const [molecule, copies] of lot.copies()) addCopies(this.#amounts, molecule, copies)
  }

  #isEverywhere(molecule: Molecule): boolean {
    return isRule(molecule) && this.#everywhere.has(jsonText(molecule))
  }
}

/** Why nothing can go on. */
function failureOf(ended: ReturnType<Machine['advance']>): { readonly failure?: string } {
  if (typeof ended !== 'object') return {}
  const { failure, kind } = ended
  return { failure: failure === undefined ? limitText(kind) : failureText(failure) }
}

/** Whether a reaction tells all that changed: one inside changes what is around it, and ∞ copies stay as many. */
function isPlainReaction({ level, reactants, products }: Reaction): boolean {
  return level === 0 && [...reactants, ...products].every(([, copies]) => !isInfinite(copies))
}

const NOTHING: Change = { removed: [], added: [] }
