/** Of the newest figure, in what is remembered. */
const NEWEST = 0.3
/** Milliseconds to hand a task over and take its answer, however small. */
const EACH = 0.2
/** Milliseconds for each molecule, there and back, before any was measured. */
const MOVE = 0.0004
/** The work that is saved must be so many times the transport. */
const WORTH = 3

/** What reducing and moving solutions took so far, to tell what will be worth moving. Never what is reduced apart: only where. */
export class Costs {
  /** Milliseconds for each molecule that a solution began with, by its rules. */
  readonly #reducing = new Map<string, number>()
  #moving = MOVE

  reduced(rules: string, molecules: number, milliseconds: number): void {
    const before = this.#reducing.get(rules)
    this.#reducing.set(rules, mean(before, milliseconds / molecules))
  }

  moved(molecules: number, milliseconds: number): void {
    this.#moving = mean(this.#moving, milliseconds / molecules)
  }

  /** Milliseconds; undefined where nothing is known yet. */
  expected(rules: string, molecules: number): number | undefined {
    const each = this.#reducing.get(rules)
    return each === undefined ? undefined : each * molecules
  }

  /** Whether work that takes so long is worth the transport of so many molecules. */
  isWorthMoving(milliseconds: number, molecules: number): boolean {
    return milliseconds > WORTH * (EACH + this.#moving * molecules)
  }
}

function mean(before: number | undefined, newest: number): number {
  return before === undefined ? newest : before + NEWEST * (newest - before)
}
