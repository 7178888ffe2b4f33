import { fitted } from './fitted.ts'
import { addInt } from './integer.ts'
import type { Int } from './integer.ts'
import { equal, hashOf } from './molecule.ts'
import type { Contents, Entry, Molecule, Solution } from './molecule.ts'
import { SolutionValue, extentOfEntries } from './multiset.ts'
import { sortEntries } from './order.ts'

/** Up to so many molecules it is cheaper to look at each than to keep a map. */
const FEW = 8

/**
 * The solution of these entries, for data that comes by the million: a few molecules are kept in a plain
 * array, which takes a quarter of the memory of a map. ∞ and −∞ of one molecule throw an `ArithmeticFailure`.
 */
export function solutionOf(entries: readonly Entry[]): Solution {
  if (entries.length > FEW) return SolutionValue.of(entries)
  const molecules: Molecule[] = []
  const multiplicities: Int[] = []
  for (const [molecule, multiplicity] of entries) {
    const index = molecules.findIndex((each) => equal(each, molecule))
    const sum = index < 0 ? multiplicity : addInt(multiplicities[index] ?? 0, multiplicity)
    if (index < 0) {
      molecules.push(molecule)
      multiplicities.push(sum)
    } else multiplicities[index] = sum
  }
  if (multiplicities.includes(0)) return SolutionValue.of(entries)
  const isOneEach = multiplicities.every((each) => each === 1)
  return new SmallSolution(fitted(molecules), isOneEach ? undefined : fitted(multiplicities))
}

/** Its own contents: one object less for each. */
class SmallSolution implements Solution, Contents {
  readonly kind = 'solution'
  readonly extent: number
  hash = 0
  readonly #molecules: readonly Molecule[]
  /** Undefined where there is one copy of each. */
  readonly #multiplicities: readonly Int[] | undefined
  #sorted: readonly Entry[] | undefined

  constructor(molecules: readonly Molecule[], multiplicities: readonly Int[] | undefined) {
    this.#molecules = molecules
    this.#multiplicities = multiplicities
    this.extent = extentOfEntries(this.entries())
  }

  get distinct(): number {
    return this.#molecules.length
  }

  molecules(): Iterable<Molecule> {
    return this.#molecules
  }

  contents(): Contents {
    return this
  }

  multiplicityOf(molecule: Molecule): Int {
    const index = this.#molecules.findIndex((each) => equal(each, molecule))
    return index < 0 ? 0 : this.#multiplicity(index)
  }

  listed(): readonly Entry[] {
    return this.#molecules.map((molecule, i): Entry => [molecule, this.#multiplicity(i)])
  }

  entries(): readonly Entry[] {
    return this.#sorted ?? this.listed()
  }

  sorted(): readonly Entry[] {
    this.#sorted ??= sortEntries(this.entries())
    return this.#sorted
  }

  equals(other: unknown): boolean {
    // Whatever has the kind of a solution is one: nothing else in the system has that kind.
    return other instanceof Object && 'kind' in other && equal(this, other as Solution)
  }

  hashCode(): number {
    return hashOf(this)
  }

  #multiplicity(index: number): Int {
    return this.#multiplicities === undefined ? 1 : (this.#multiplicities[index] ?? 0)
  }
}
