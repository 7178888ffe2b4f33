import type { Membrane } from './membrane.ts'

/** Lets membranes that have been inert for long fall asleep: a machine can have millions. */
export class Dormitory {
  readonly #capacity: number
  readonly #waiting: (Membrane | undefined)[] = []
  #next = 0

  /** So many keep their stores, so that looking into them costs nothing. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** A membrane has become inert. Between reactions only. */
  enter(membrane: Membrane): void {
    const oldest = this.#waiting[this.#next]
    this.#waiting[this.#next] = membrane
    if (++this.#next === this.#capacity) this.#next = 0
    // What nobody has is on its way to somebody.
    if (oldest?.parent !== undefined && oldest.isInert && !oldest.isScheduled) oldest.fallAsleep()
  }
}
