import { sizeOf } from './copies.ts'
import type { Copies } from './copies.ts'

/** Molecules that come in together: all of them are in one record. */
export interface Injection {
  readonly molecules: readonly Copies[]
  /** By which whoever sent them can ask again. */
  readonly name?: string
  /** Told once what became of them. `lost`: nobody here knows. */
  readonly settle?: (ending: 'logged' | 'known' | 'lost') => void
}

/** What has come in from outside and is not in the log yet. */
export class Injections {
  readonly #waiting: Injection[] = []
  /** Those of the record that is on its way. */
  #written: Injection[] = []
  #size = 0

  add(injection: Injection): void {
    this.#waiting.push(injection)
    this.#size += injection.molecules.length
  }

  /** Molecules that wait for a record. */
  get size(): number {
    return this.#size
  }

  /** As many of the next as so many bytes hold, about, but one at least; without those whose names are known. */
  next(
    bytes: number,
    known: ReadonlySet<string>,
  ): {
    readonly molecules: readonly Copies[]
    readonly names: readonly string[]
  } {
    let left = bytes
    const taken: Injection[] = []
    const names = new Set<string>()
    for (const injection of this.#waiting) {
      left -= sizeOf(injection.molecules)
      if (taken.length > 0 && left < 0) break
      taken.push(injection)
    }
    this.#waiting.splice(0, taken.length)
    const molecules: Copies[] = []
    for (const injection of taken) {
      const { name, settle } = injection
      this.#size -= injection.molecules.length
      if (name !== undefined && known.has(name)) {
        settle?.('known')
        continue
      }
      this.#written.push(injection)
      // Who asks again before there was an answer is answered twice, and has it once.
      if (name !== undefined && names.has(name)) continue
      if (name !== undefined) names.add(name)
      molecules.push(...injection.molecules)
    }
    return { molecules, names: [...names] }
  }

  /** The record is in the log. */
  settle(): void {
    for (const { settle } of this.#written.splice(0)) settle?.('logged')
  }

  /** Nobody knows what became of them. */
  drop(): void {
    for (const { settle } of [...this.#written.splice(0), ...this.#waiting.splice(0)])
      settle?.('lost')
    this.#size = 0
  }
}
