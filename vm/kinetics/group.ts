import { SolutionValue, equal, solutionsIn, substitute } from '../../interpreter/index.ts'
import type { Int, Molecule } from '../../interpreter/index.ts'
import { copiesReacting, Membrane } from './membrane.ts'
import type { MembraneWorld, Part } from './membrane.ts'
import { mixed } from './mixed.ts'
import { isPassive } from './passive.ts'

/** A solution inside a molecule that may react, and where in the molecule it stands. */
interface Inner {
  readonly path: readonly number[]
  readonly membrane: Membrane
}

/**
 * Copies of a molecule with active solutions in it. As long as they are all alike they are one group, and
 * react so many times as fast as one; a copy that has reacted leaves the group.
 */
export class Group implements Part {
  readonly leaf: number
  readonly around: Membrane
  multiplicity: Int
  /** Whether it stands among its equals in the membrane around it. */
  isFiled = false
  signature = 0
  #molecule: Molecule
  readonly inner: readonly Inner[]
  #isCurrent = true

  constructor(
    molecule: Molecule,
    multiplicity: Int,
    leaf: number,
    { around, world }: { readonly around: Membrane; readonly world: MembraneWorld },
  ) {
    this.leaf = leaf
    this.around = around
    this.multiplicity = multiplicity
    this.#molecule = molecule
    const inner: Inner[] = []
    for (const { solution, path } of solutionsIn(molecule))
      if (!isPassive(solution))
        inner.push({
          path,
          membrane: new Membrane(solution.contents().entries(), world, around.level + 1, this),
        })
    this.inner = inner
  }

  /** Its value may be another now. */
  changed(): void {
    this.#isCurrent = false
  }

  get isCurrent(): boolean {
    return this.#isCurrent
  }

  get isInert(): boolean {
    return this.inner.every(({ membrane }) => membrane.isInert)
  }

  /** As a molecule, at this moment. Membranes deep inside are made values first: no recursion. */
  value(): Molecule {
    if (this.#isCurrent) return this.#molecule
    const found: Group[] = []
    const waiting: Group[] = [this]
    for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
      found.push(group)
      for (const { membrane } of group.inner)
        for (const part of membrane.parts())
          if (part instanceof Group && !part.isCurrent) waiting.push(part)
    }
    for (let group = found.pop(); group !== undefined; group = found.pop()) group.#renew()
    return this.#molecule
  }

  /** How fast something happens in all its copies: at once, and in time. */
  rates(): readonly [immediate: number, timed: number] {
    const copies = copiesReacting(this.multiplicity)
    let immediate = 0
    let timed = 0
    for (const { membrane } of this.inner) {
      immediate += membrane.immediate.total
      timed += membrane.timed.total
    }
    return [copies * immediate, copies * timed]
  }

  /** The molecule with another solution in the place of one of its membranes. */
  valueWith(membrane: Membrane, contents: SolutionValue): Molecule {
    const at = this.inner.find((inner) => inner.membrane === membrane)
    return at === undefined ? this.value() : substitute(this.value(), at.path, contents)
  }

  /** Works out what equal groups have in common. */
  sign(): number {
    this.signature = this.inner.reduce(
      (hash, { membrane }) => mixed(hash, membrane.signature),
      this.inner.length,
    )
    return this.signature
  }

  equals(other: Group): boolean {
    return this.signature === other.signature && equal(this.value(), other.value())
  }

  #renew(): void {
    for (const { path, membrane } of this.inner)
      this.#molecule = substitute(this.#molecule, path, SolutionValue.of(membrane.entries()))
    this.#isCurrent = true
  }
}
