import {
  SolutionValue,
  holdsSolution,
  inside,
  isInfinite,
  negateInt,
  shapeOf,
} from '../../interpreter/index.ts'
import type { Entry, Molecule, Reaction } from '../../interpreter/index.ts'

/** A reaction that happened, and what was there before it. */
export interface Past {
  readonly reaction: Reaction
  readonly before: SolutionValue
}

/** What a history is told with each reaction. */
interface Now {
  /** What is there, at some cost. */
  readonly solution: SolutionValue
  /** Calls that wait for an answer. */
  readonly pending: number
  /** Answers that came so far. */
  readonly arrived: number
}

/**
 * The last reactions, with the solution before each as a persistent value: a reaction of the outermost
 * solution costs as much as it changes, one inside another as much as the solutions around it list.
 * Undone reactions are kept, so that they can be made again.
 */
export class History {
  readonly #most: number
  /** The oldest first; from `#at` on they are undone. */
  readonly #past: Past[] = []
  #at = 0
  /** After the last reaction. */
  #present: SolutionValue
  #pending: number
  #arrived: number

  constructor(most: number, { solution, pending, arrived }: Now) {
    if (!Number.isSafeInteger(most) || most < 1)
      throw new RangeError('a history is of so many reactions, 1 at least')
    this.#most = most
    this.#present = solution
    this.#pending = pending
    this.#arrived = arrived
  }

  /** Those that can be undone, the oldest first. */
  get past(): readonly Past[] {
    return this.#past.slice(0, this.#at)
  }

  /** The first reaction that is undone, and what is there; undefined where none is. */
  get undone(): Past | undefined {
    return this.#past[this.#at]
  }

  /** A reaction has happened. */
  note(reaction: Reaction, now: Now): void {
    const came = now.arrived - this.#arrived
    const called = now.pending + came - this.#pending
    const isTold = came === 0 && now.pending === 0
    const after = (isTold ? changed(this.#present, reaction, 1) : undefined) ?? now.solution
    const before = came === 0 ? this.#present : changed(after, reaction, -1)
    this.#present = after
    this.#pending = now.pending
    this.#arrived = now.arrived
    // Where answers came and calls were made since, nobody can tell what was there in between.
    if (before === undefined || (came > 0 && called > 0)) {
      this.#forget()
      return
    }
    this.#past.push({ reaction, before })
    if (this.#past.length > this.#most) this.#past.shift()
    this.#at = this.#past.length
  }

  /** Undoes the last reaction that is not undone. */
  back(): Reaction | undefined {
    if (this.#at === 0) return undefined
    return this.#past[--this.#at]?.reaction
  }

  /** Makes the next undone reaction again. */
  forward(): Reaction | undefined {
    const next = this.#past[this.#at]?.reaction
    if (next !== undefined) this.#at++
    return next
  }

  /** Something was put in or taken out: nothing before that can be undone, and nothing undone be made again. */
  begin({ solution, pending, arrived }: Now): void {
    this.#forget()
    this.#present = solution
    this.#pending = pending
    this.#arrived = arrived
  }

  #forget(): void {
    this.#past.length = 0
    this.#at = 0
  }
}

/** A solution after a reaction of its own, or before it; undefined where that cannot be told from the reaction. */
function changed(
  solution: SolutionValue,
  { level, rule, reactants, products }: Reaction,
  direction: 1 | -1,
): SolutionValue | undefined {
  if (level > 0 || [...reactants, ...products].some(([, copies]) => isInfinite(copies)))
    return undefined
  const { shots, isCatalytic } = shapeOf(rule)
  const taken: Entry[] = isCatalytic ? [] : [...reactants]
  // A one-shot rule is used up, and no reactant.
  if (shots === 'one') taken.push([rule, 1])
  const [gone, come] = direction === 1 ? [taken, products] : [products, taken]
  const less = gone.map(([molecule, copies]): Entry => [molecule, negateInt(copies)])
  return new SolutionValue(solution.contents().plus([...less, ...come]), Infinity)
}

/** Whether a call waits in a solution, at any depth. */
export function holdsCalls(solution: SolutionValue): boolean {
  const waiting: Molecule[] = [solution]
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    if (typeof top === 'object' && top.kind === 'pending') return true
    if (!holdsSolution(top)) continue
    for (const inner of inside(top) ?? []) waiting.push(inner)
  }
  return false
}
