import type { Molecule } from '../molecule.ts'

/** Beyond so many arguments that are put in for parameters, what is written is long enough. */
const MOST_PUT_IN = 1000

/** What the writers of one rule, and of the rules in it, know together. */
export class Book {
  /** `compared`: each recursive rule is written once, in the order in which they are met. `shown`: so that it reads back. */
  readonly purpose: 'compared' | 'shown'
  /** The captured values of the instance that is written; undefined while one text is to do for all. */
  readonly values: readonly Molecule[] | undefined
  /** Whether something was met that is written in another way for other values. */
  dependsOnValues = false
  /** A rule was met that is not read yet: what has been written is not to be kept. */
  isUnfinished = false
  /** Recursive rules, each by where it is defined: all that were met, or, to be shown, those around. */
  readonly #known = new Map<string, number>()
  #isRecursive = false
  #putIn = 0

  constructor(purpose: Book['purpose'], values: readonly Molecule[] | undefined) {
    this.purpose = purpose
    this.values = values
  }

  /** Whether a recursive rule was met. */
  get isRecursive(): boolean {
    return this.#isRecursive
  }

  /** Whether a recursive rule can be written as a value, which knows itself. */
  isValue(identity: string): boolean {
    return this.purpose === 'shown' ? !this.#known.has(identity) : this.#known.size === 0
  }

  /** Which one it is among those that are known. */
  known(identity: string): number | undefined {
    return this.#known.get(identity)
  }

  /** Before a recursive rule is written. */
  enter(identity: string): void {
    this.#isRecursive = true
    this.#known.set(identity, this.#known.size)
  }

  /** After it. */
  leave(identity: string): void {
    if (this.purpose === 'shown') this.#known.delete(identity)
  }

  /** Whether one more argument may be put in. */
  mayPutIn(): boolean {
    return ++this.#putIn <= MOST_PUT_IN
  }
}
