import type { Found } from '../../interpreter/index.ts'

interface Waiter {
  readonly look: (isInert: boolean) => Found | undefined
  readonly resolve: (found: Found) => void
  readonly reject: (reason: unknown) => void
}

/** Those who wait for molecules to be there. */
export class Waiters {
  readonly #waiting = new Set<Waiter>()

  wait(look: Waiter['look'], { signal }: { readonly signal?: AbortSignal }): Promise<Found> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const waiter: Waiter = { look, resolve, reject }
      this.#waiting.add(waiter)
      signal?.addEventListener('abort', () => {
        if (this.#waiting.delete(waiter)) reject(reasonOf(signal))
      })
    })
  }

  /** Something may have come. */
  look(isInert: boolean): void {
    for (const waiter of this.#waiting) {
      const found = waiter.look(isInert)
      if (found === undefined) continue
      this.#waiting.delete(waiter)
      waiter.resolve(found)
    }
  }

  end(): void {
    for (const { reject } of this.#waiting) reject(new Error('the reactor has ended'))
    this.#waiting.clear()
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(`waiting was ended: ${String(reason)}`)
}
