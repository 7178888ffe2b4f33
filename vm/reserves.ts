import { equal } from '../interpreter/index.ts'
import type { Molecule } from '../interpreter/index.ts'

/** Copies that begin to react, or need not. */
export interface Taken {
  readonly molecule: Molecule
  readonly copies: number
  /** The last of their kind. */
  readonly isLast: boolean
  /** They are known to be inert. */
  readonly isInert: boolean
}

/** Molecules that react apart, each on its own, of kinds whose first copy is at work. */
export class Reserves {
  readonly #kinds: { readonly molecule: Molecule; copies: number }[] = []

  put(molecule: Molecule, copies: number): void {
    this.#kinds.push({ molecule, copies })
  }

  /** Takes one copy after another one has come out as `settled`; all, where that is how it went in. */
  take(settled: Molecule): Taken | undefined {
    const kind = this.#kinds.at(-1)
    if (kind === undefined) return undefined
    const { molecule } = kind
    const isInert = equal(settled, molecule)
    const copies = isInert ? kind.copies : 1
    kind.copies -= copies
    const isLast = kind.copies === 0
    if (isLast) this.#kinds.pop()
    return { molecule, copies, isLast, isInert }
  }

  visit(take: (molecule: Molecule, copies: number) => void): void {
    for (const { molecule, copies } of this.#kinds) take(molecule, copies)
  }
}
