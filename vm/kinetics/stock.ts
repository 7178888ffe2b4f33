import { equal, hashOf } from '../../interpreter/index.ts'
import type { Int, Molecule } from '../../interpreter/index.ts'

/**
 * A molecule that is or was in a solution, and how many copies: all that a counted simulation keeps of
 * them. It stays for a while when its copies are gone, since they often come back.
 */
export interface Kind {
  readonly molecule: Molecule
  /** Signed, possibly ∞; 0 while there is none. */
  count: Int
  /** Whether it waits to be looked at, because its count has changed. */
  isChanged: boolean
  /** What channels know of it; undefined until they have looked at it. */
  occurrences: Set<Occurrence> | undefined
}

/** A kind as one channel sees it. */
export interface Occurrence {
  /** The number of copies has changed. */
  recount(): void
  /** The kind is forgotten. */
  drop(): void
}

/** The kinds of one solution, by molecule. */
export class Stock {
  /** Numbers, strings, booleans and symbols: each is its own key. */
  readonly #atoms = new Map<Molecule, Kind>()
  /** All else by hash. */
  readonly #others = new Map<number, Kind[]>()
  #size = 0

  /** How many kinds are kept, those without copies too. */
  get size(): number {
    return this.#size
  }

  find(molecule: Molecule): Kind | undefined {
    if (isOwnKey(molecule)) return this.#atoms.get(molecule)
    return this.#others.get(hashOf(molecule))?.find((kind) => equal(kind.molecule, molecule))
  }

  /** The kind of a molecule, made without copies if it is new. */
  kindOf(molecule: Molecule): Kind {
    const known = this.find(molecule)
    if (known !== undefined) return known
    const kind: Kind = { molecule, count: 0, isChanged: false, occurrences: undefined }
    this.#size++
    if (isOwnKey(molecule)) {
      this.#atoms.set(molecule, kind)
      return kind
    }
    const hash = hashOf(molecule)
    const others = this.#others.get(hash)
    if (others === undefined) this.#others.set(hash, [kind])
    else others.push(kind)
    return kind
  }

  *kinds(): Generator<Kind> {
    yield* this.#atoms.values()
    for (const kinds of this.#others.values()) yield* kinds
  }

  /** Forgets a kind. */
  remove(kind: Kind): void {
    this.#size--
    if (this.#atoms.delete(kind.molecule)) return
    const hash = hashOf(kind.molecule)
    const others = this.#others.get(hash)?.filter((other) => other !== kind) ?? []
    if (others.length === 0) this.#others.delete(hash)
    else this.#others.set(hash, others)
  }
}

function isOwnKey(molecule: Molecule): boolean {
  return typeof molecule !== 'object' || molecule.kind === 'symbol'
}
