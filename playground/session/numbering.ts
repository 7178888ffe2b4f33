import { equal, hashOf } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'

type Numbered = [molecule: Molecule, id: number]
type Generation = Map<number, Numbered[]>

/**
 * Numbers for molecules, the same one for equal molecules. When there are too many, those that nobody has
 * asked for in a long time are forgotten; were such a molecule to come again, it would have a new number.
 */
export class Numbering {
  readonly #most: number
  #young: Generation = new Map()
  #old: Generation = new Map()
  #size = 0
  #last = 0
  #byId = new Map<number, Molecule>()
  #oldById = new Map<number, Molecule>()

  constructor(most = 100_000) {
    this.#most = most
  }

  of(molecule: Molecule): number {
    const hash = hashOf(molecule)
    const known = foundIn(this.#young.get(hash), molecule)
    if (known !== undefined) return known
    const id = foundIn(this.#old.get(hash), molecule) ?? ++this.#last
    if (this.#size >= this.#most) {
      this.#old = this.#young
      this.#oldById = this.#byId
      this.#young = new Map()
      this.#byId = new Map()
      this.#size = 0
    }
    const others = this.#young.get(hash)
    if (others === undefined) this.#young.set(hash, [[molecule, id]])
    else others.push([molecule, id])
    this.#byId.set(id, molecule)
    this.#size++
    return id
  }

  /** Undefined for a number that was forgotten. */
  molecule(id: number): Molecule | undefined {
    return this.#byId.get(id) ?? this.#oldById.get(id)
  }
}

function foundIn(
  numbered: readonly Numbered[] | undefined,
  molecule: Molecule,
): number | undefined {
  return numbered?.find(([other]) => equal(other, molecule))?.[1]
}
