import {
  isInfinite,
  SolutionValue,
  fromJson,
  isRule,
  jsonText,
  negateInt,
  shapeOf,
} from '../interpreter/index.ts'
import type { Entry, JsonContext, Molecule, Reaction } from '../interpreter/index.ts'
import { Machine } from '../vm/index.ts'
import { addCopies, changeBetween, removeCopies } from './copies.ts'
import type { Amounts, Change, Copies } from './copies.ts'
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
  /** Whether functions of the host answer later, what the keys of their calls begin with, and who is told of answers. */
  readonly calls?: CallsOfShard
}

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
  #reactions: Reaction[] = []
  #new = 0
  #hasAnswers = false
  readonly #ending = new AbortController()

  constructor(options: MachineSolutionOptions) {
    this.#options = options
    this.#everywhere = new Set(options.everywhere.map(([rule]) => jsonText(rule)))
    this.#machine = this.#empty()
  }

  #empty(): Machine {
    const { everywhere, seed, depth, calls } = this.#options
    const machine = new Machine(SolutionValue.of(everywhere), {
      seed,
      strategy: 'fast',
      limits: { depth },
      // What happens here does not depend on time: a turn ends after so many reactions.
      clock: () => 0,
      observe: (reaction) => {
        this.#reactions.push(reaction)
      },
      signal: this.#ending.signal,
      ...(calls === undefined
        ? {}
        : {
            calls: { run: calls.run },
            onAnswer: () => {
              this.#hasAnswers = true
              calls.onAnswer()
            },
          }),
    })
    machine.isObserved = false
    return machine
  }

  add(molecules: readonly Copies[]): void {
    this.#machine.inject(this.#entries(molecules))
    for (const [molecule, copies] of molecules) addCopies(this.#amounts, molecule, copies)
    this.#new += molecules.length
  }

  remove(molecules: readonly Copies[]): void {
    for (const [molecule, copies] of molecules) removeCopies(this.#amounts, molecule, copies)
    if (molecules.some(([, copies]) => isInfinite(copies))) {
      // Nothing makes endless copies go: it begins anew with what is left.
      this.#machine = this.#empty()
      this.#machine.inject(this.#entries([...this.#amounts]))
    } else
      this.#machine.inject(
        this.#entries(molecules).map(([molecule, copies]) => [molecule, negateInt(copies)]),
      )
  }

  react(most: number): Reacted {
    const before = this.#machine.reactions
    const { calls } = this.#options
    const isWatched = (this.#new <= MANY || most <= FEW) && calls === undefined
    const hasAnswers = this.#hasAnswers
    this.#hasAnswers = false
    this.#new = 0
    this.#reactions = []
    this.#machine.isObserved = isWatched
    const ended = this.#machine.advance(isWatched ? Math.min(most, WATCHED) : most)
    this.#machine.isObserved = false
    const reactions = this.#machine.reactions - before
    const isPlain = isWatched && this.#reactions.every(isPlainReaction)
    const isSame = reactions === 0 && !hasAnswers
    const change = isSame ? NOTHING : isPlain ? this.#told() : this.#compared()
    return {
      ...change,
      reactions,
      isInert: ended !== 'more',
      ...(ended === 'waiting' && calls !== undefined ? { isWaiting: true } : {}),
      ...failureOf(ended, calls),
    }
  }

  startCalls(): void {
    this.#machine.parts.answers.start()
  }

  /** What stands in quotes has backslashes before its own: only a call that waits is written so. */
  holds(molecule: string): boolean {
    return this.#options.calls !== undefined && molecule.includes('{"pending":')
  }

  end(): void {
    this.#ending.abort()
  }

  #entries(molecules: readonly Copies[]): Entry[] {
    return molecules.map(([molecule, copies]) => [this.#read(molecule), copies])
  }

  #read(molecule: string): Molecule {
    return fromJson(JSON.parse(molecule), this.#options.context)
  }

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

  /** What changed, from all that is there now. */
  #compared(): Change {
    const after: Amounts = new Map()
    for (const [molecule, copies] of this.#machine.solution.contents().entries())
      if (!this.#isEverywhere(molecule)) addCopies(after, jsonText(molecule), copies)
    const change = changeBetween(this.#amounts, after)
    this.#amounts.clear()
    for (const [molecule, copies] of after) this.#amounts.set(molecule, copies)
    return change
  }

  #isEverywhere(molecule: Molecule): boolean {
    return isRule(molecule) && this.#everywhere.has(jsonText(molecule))
  }
}

/** Why nothing can go on. */
function failureOf(
  ended: ReturnType<Machine['advance']>,
  calls: CallsOfShard | undefined,
): { readonly failure?: string } {
  if (ended === 'waiting' && calls === undefined)
    return { failure: 'a function answers later, and nodes do not wait for it' }
  return typeof ended === 'object' ? { failure: ended.failure?.message ?? ended.kind } : {}
}

/** Whether a reaction tells all that changed: one inside changes what is around it, and ∞ copies stay as many. */
function isPlainReaction({ level, reactants, products }: Reaction): boolean {
  return level === 0 && [...reactants, ...products].every(([, copies]) => !isInfinite(copies))
}

const NOTHING: Change = { removed: [], added: [] }
