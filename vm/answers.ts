import { PendingElement } from '../interpreter/index.ts'
import type { Entry, Pending, RunOptions } from '../interpreter/index.ts'
import type { Membrane } from './membrane.ts'

/** An answer that has come and is not yet in its membrane. */
interface Answered {
  readonly element: PendingElement
  readonly membrane: Membrane
  readonly entries: readonly Entry[]
}

/** The calls that answer later: which wait, and what has come. */
export class Answers {
  /** Elements that wait, and those whose answers are not added yet. */
  pending = 0
  readonly #answered: Answered[] = []
  #wake: (() => void) | undefined

  get haveCome(): boolean {
    return this.#answered.length > 0
  }

  await(element: Pending, membrane: Membrane): void {
    if (!(element instanceof PendingElement)) return
    this.pending++
    void element.answer().then((entries) => {
      this.#answered.push({ element, membrane, entries })
      this.#wake?.()
    })
  }

  /** Puts what has come where it belongs. */
  add(): void {
    for (const { element, membrane, entries } of this.#answered.splice(0)) {
      this.pending--
      membrane.answer(element, entries)
    }
  }

  /** Until an answer, an abort or the deadline. */
  async next({ signal, clock }: RunOptions, deadline: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const left = deadline - clock()
      const timer = left === Infinity ? undefined : setTimeout(resolve, Math.max(0, left))
      const done = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      this.#wake = done
      signal?.addEventListener('abort', done)
    })
    this.#wake = undefined
  }
}
