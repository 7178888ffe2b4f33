import type { Molecule } from '../interpreter/index.ts'

/** Molecules that react apart, each on its own, of kinds whose first copy is at work. */
export class Reserves {
  readonly #kinds: { readonly molecule: Molecule; copies: number }[] = []

  put(molecule: Molecule, copies: number): void {
    this.#kinds.push({ molecule, copies })
  }

  /** Takes one copy; `isLast` tells whether it was the last of its kind. */
  take(): { readonly molecule: Molecule; readonly isLast: boolean } | undefined {
    const kind = this.#kinds.at(-1)
    if (kind === undefined) return undefined
    const isLast = --kind.copies === 0
    if (isLast) this.#kinds.pop()
    return { molecule: kind.molecule, isLast }
  }

  visit(take: (molecule: Molecule, copies: number) => void): void {
    for (const { molecule, copies } of this.#kinds) take(molecule, copies)
  }
}
