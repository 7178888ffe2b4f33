import { addInt } from '../../interpreter/index.ts'
import type { Int } from '../../interpreter/index.ts'
import { Group } from './group.ts'
import type { Membrane } from './membrane.ts'
import { noteInert } from './passive.ts'

/**
 * Brings all membranes up to date after a reaction, the innermost first: channels, then whether it is
 * inert. A molecule with nothing active in it any more becomes a plain one in the solution around, where
 * patterns can take it; groups that have become equal become one.
 */
export class Settling {
  /** By level. */
  readonly #touched: Set<Membrane>[] = []
  #size = 0
  /** The settled groups of a membrane, by signature. */
  readonly #filed = new WeakMap<Membrane, Map<number, Group[]>>()

  touch(membrane: Membrane): void {
    while (this.#touched.length <= membrane.level) this.#touched.push(new Set())
    const level = this.#touched[membrane.level]
    if (level === undefined || level.has(membrane)) return
    level.add(membrane)
    this.#size++
  }

  get isDone(): boolean {
    return this.#size === 0
  }

  /** `undefined` asks for a pause. */
  *run(): Generator<undefined> {
    while (this.#size > 0) {
      const membrane = this.#innermost()
      if (membrane === undefined) return
      if (membrane.isStale) {
        yield* membrane.refresh()
        // What has come inside is looked at before it is known how this one stands.
        continue
      }
      this.#touched[membrane.level]?.delete(membrane)
      this.#size--
      if (membrane.holder instanceof Group) this.#conclude(membrane.holder)
    }
  }

  /** Copies of a group come or go. */
  resize(group: Group, change: Int): void {
    const { around, signature, multiplicity } = group
    const sum = addInt(multiplicity, change)
    if (group.isFiled) {
      around.sign(signature, multiplicity, -1)
      around.sign(signature, sum, 1)
    }
    group.multiplicity = sum
    if (sum === 0) {
      this.#unfile(group)
      around.remove(group)
    } else around.weigh(group.leaf, ...group.rates())
    this.touch(around)
  }

  #innermost(): Membrane | undefined {
    for (let level = this.#touched.length - 1; level >= 0; level--) {
      const [membrane] = this.#touched[level] ?? []
      if (membrane !== undefined) return membrane
    }
    return undefined
  }

  /** A membrane of the group has been refreshed: it stands among its equals, or in the stock. */
  #conclude(group: Group): void {
    const { around, multiplicity } = group
    if (around.at(group.leaf) !== group) return
    this.#unfile(group)
    this.touch(around)
    if (group.isInert) {
      const molecule = group.value()
      noteInert(molecule)
      around.remove(group)
      around.addInert(molecule, multiplicity)
      return
    }
    const signature = group.sign()
    const alike = this.#groupsOf(around).get(signature) ?? []
    const equal = alike.find((other) => other.equals(group))
    if (equal !== undefined) {
      around.remove(group)
      this.resize(equal, multiplicity)
      return
    }
    group.isFiled = true
    this.#groupsOf(around).set(signature, [...alike, group])
    around.sign(signature, multiplicity, 1)
    around.weigh(group.leaf, ...group.rates())
  }

  #unfile(group: Group): void {
    if (!group.isFiled) return
    const { around, signature, multiplicity } = group
    group.isFiled = false
    around.sign(signature, multiplicity, -1)
    const groups = this.#groupsOf(around)
    const others = groups.get(signature)?.filter((other) => other !== group) ?? []
    if (others.length === 0) groups.delete(signature)
    else groups.set(signature, others)
  }

  #groupsOf(membrane: Membrane): Map<number, Group[]> {
    let groups = this.#filed.get(membrane)
    if (groups === undefined) {
      groups = new Map()
      this.#filed.set(membrane, groups)
    }
    return groups
  }
}
