import { hashOf } from '../../interpreter/index.ts'
import type { Molecule, Pattern } from '../../interpreter/index.ts'
import { moleculeOf } from './rule-plan.ts'

/**
 * Finds what could take a molecule without asking every pattern: patterns without variables are found
 * by the molecule that they take, patterns of tuples by their first field where it is fixed.
 */
export class Dispatch<T> {
  readonly #byMolecule = new Map<number, Set<T>>()
  readonly #byFirstField = new Map<number, Set<T>>()
  readonly #others = new Set<T>()

  add(pattern: Pattern, taker: T): void {
    const { map, key } = this.#placeOf(pattern)
    if (map === undefined) this.#others.add(taker)
    else {
      const takers = map.get(key)
      if (takers === undefined) map.set(key, new Set([taker]))
      else takers.add(taker)
    }
  }

  remove(pattern: Pattern, isIt: (taker: T) => boolean): void {
    const { map, key } = this.#placeOf(pattern)
    const takers = map === undefined ? this.#others : map.get(key)
    for (const taker of takers ?? []) if (isIt(taker)) takers?.delete(taker)
    if (takers?.size === 0) map?.delete(key)
  }

  /** All that could take a molecule, and perhaps some that cannot. */
  *takersOf(molecule: Molecule): Generator<T> {
    yield* this.#byMolecule.get(hashOf(molecule)) ?? []
    if (typeof molecule === 'object' && molecule.kind === 'tuple') {
      const [first] = molecule.fields
      if (first !== undefined) yield* this.#byFirstField.get(hashOf(first)) ?? []
    }
    yield* this.#others
  }

  #placeOf(pattern: Pattern): { map?: Map<number, Set<T>>; key: number } {
    const molecule = moleculeOf(pattern)
    if (molecule !== undefined) return { map: this.#byMolecule, key: hashOf(molecule) }
    const first = pattern.kind === 'tuple' ? pattern.fields[0] : undefined
    const tag = first === undefined ? undefined : moleculeOf(first)
    return tag === undefined ? { key: 0 } : { map: this.#byFirstField, key: hashOf(tag) }
  }
}
