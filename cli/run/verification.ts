import { Verifier } from '../../interpreter/index.ts'
import type { Outcome, Reaction } from '../../interpreter/index.ts'
import type { Terminal } from '../terminal.ts'

/** Holds a run to the reference, and keeps the first thing on which the two disagree. */
export class Verification {
  readonly #verifier = new Verifier()
  #trouble: string | undefined

  see(reaction: Reaction): void {
    this.#trouble ??= this.#verifier.reaction(reaction)
  }

  /** Tells what came of it; false where machine and reference disagree. */
  end({ kind, solution }: Outcome, terminal: Terminal): boolean {
    if (kind === 'inert') this.#trouble ??= this.#verifier.end(solution)
    if (this.#trouble === undefined) {
      terminal.tell(`verified: ${this.#verifier.text}`)
      return true
    }
    terminal.complain(
      `fault: the machine and the reference disagree: ${this.#trouble}\n  = this is a bug of hocl: report it with the program and the seed`,
    )
    return false
  }
}
