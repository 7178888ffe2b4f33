import type { Membrane } from './membrane.ts'

/** What a dormitory remembers. */
export interface DormitoryState {
  readonly resting: readonly (Membrane | undefined)[]
  readonly next: number
  readonly time: number
}

/** Lets membranes that have been inert for long fall asleep: a machine can have millions. */
export class Dormitory {
  readonly #capacity: number
  readonly #waiting: (Membrane | undefined)[] = []
  /** When each entered; one that has come again since stands there a second time. */
  readonly #times: number[] = []
  #time = 0
  #next = 0

  /** So many keep their stores, so that looking into them costs nothing. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Who is here, by place, where that still counts; the place that is next; and the latest time. */
  get state(): DormitoryState {
    const resting = this.#waiting.map((membrane, place) =>
      membrane?.restingSince === this.#times[place] ? membrane : undefined,
    )
    return { resting, next: this.#next, time: this.#time }
  }

  restore({ resting, next, time }: DormitoryState): void {
    this.#next = next
    this.#time = time
    for (const membrane of resting) {
      this.#waiting.push(membrane)
      this.#times.push(membrane?.restingSince ?? 0)
    }
  }

  /** A membrane has become inert. Between reactions only. */
  enter(membrane: Membrane): void {
    const oldest = this.#waiting[this.#next]
    const isLatest = oldest !== undefined && oldest.restingSince === this.#times[this.#next]
    membrane.restingSince = ++this.#time
    this.#waiting[this.#next] = membrane
    this.#times[this.#next] = this.#time
    if (++this.#next === this.#capacity) this.#next = 0
    // What nobody has is on its way to somebody.
    if (isLatest && oldest !== membrane && oldest.parent !== undefined && !oldest.isScheduled)
      oldest.fallAsleep()
  }
}
