import { addCopies } from '../../distribution/copies.ts'
import type { Amounts, Copies } from '../../distribution/copies.ts'
import type { Lot } from '../../distribution/lot.ts'
import type { LocalSolution, Reacted } from '../../distribution/local-solution.ts'

/*
 * The plainest chemistry that needs shards: `3:10` has key 3 and value 10, and two of a key add up; `hop:2:10`
 * goes elsewhere twice before it becomes one of these.
 */

export class Toy implements LocalSolution {
  readonly #amounts: Amounts = new Map()
  /** What has arrived since it last reacted. */
  readonly #arrived: Amounts = new Map()
  readonly #isHome: (molecule: string) => boolean

  /** What hops waits until it is at home. */
  constructor(isHome: (molecule: string) => boolean) {
    this.#isHome = isHome
  }

  add(molecules: Lot): void {
    for (const [molecule, copies] of molecules.copies()) addCopies(this.#amounts, molecule, copies)
  }

  arrive(molecules: Lot): void {
    for (const [molecule, copies] of molecules.copies()) addCopies(this.#arrived, molecule, copies)
    this.add(molecules)
  }

  remove(molecules: readonly Copies[]): void {
    for (const [molecule, copies] of molecules) addCopies(this.#amounts, molecule, -Number(copies))
  }

  react(most: number): Reacted {
    const change: Amounts = new Map()
    let reactions = 0
    const swap = (taken: readonly string[], given: string): void => {
      for (const molecule of taken) {
        addCopies(this.#amounts, molecule, -1)
        addCopies(change, molecule, -1)
      }
      addCopies(this.#amounts, given, 1)
      addCopies(change, given, 1)
      reactions++
    }
    for (;;) {
      if (reactions >= most) break
      const next = this.#next()
      if (next === undefined) break
      swap(...next)
    }
    // Every other time it says what changed beside what arrived, which all was taken then.
    const areArrivalsTaken = this.#arrived.size % 2 === 1
    if (areArrivalsTaken)
      for (const [molecule, copies] of this.#arrived) addCopies(change, molecule, copies)
    this.#arrived.clear()
    const removed: Copies[] = []
    const added: Copies[] = []
    for (const [molecule, copies] of change)
      if (copies > 0) added.push([molecule, copies])
      else removed.push([molecule, -Number(copies)])
    return { removed, added, reactions, areArrivalsTaken, isInert: this.#next() === undefined }
  }

  #next(): [string[], string] | undefined {
    const byKey = new Map<string, string>()
    for (const [molecule, copies] of this.#amounts) {
      const [key = '', value = ''] = molecule.split(':')
      if (key === 'hop') {
        if (!this.#isHome(molecule)) continue
        const [, hops, content] = molecule.split(':').map(Number)
        const isLast = hops === 0
        const given = isLast
          ? `${Number(content) % KEYS}:${content}`
          : `hop:${Number(hops) - 1}:${content}`
        return [[molecule], given]
      }
      const other = Number(copies) > 1 ? molecule : byKey.get(key)
      if (other !== undefined)
        return [[molecule, other], `${key}:${Number(value) + Number(other.split(':')[1])}`]
      byKey.set(key, molecule)
    }
    return undefined
  }
}

const KEYS = 5

/** A hop's place changes with how often it has still to go. */
export function toyHome(molecule: string, shards: number): number {
  const [key = '', a = '', b = ''] = molecule.split(':')
  return key === 'hop' ? (Number(a) * 7 + Number(b)) % shards : Number(key) % shards
}

export function valueOf(molecule: string): number {
  return Number(molecule.split(':').at(-1))
}
