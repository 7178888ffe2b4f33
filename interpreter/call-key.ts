/*
 * Idempotency keys: a run that is taken up again makes its calls again, and with the same keys, so that a
 * service can tell that it has done the work already.
 */

/** The keys of the calls of one product element. */
export class CallKeys {
  #base: string | undefined
  readonly #derived: (() => string | undefined) | undefined
  #last = 0

  /** `derived` gives what they begin with where that is not left to chance; it is asked at the first call. */
  constructor(base?: string, derived?: () => string | undefined) {
    this.#base = base
    this.#derived = derived
  }

  /** What the keys of this element begin with. Made when it is first asked for: most calls never ask. */
  get base(): string {
    this.#base ??= unique()
    return this.#base
  }

  /** The key of the next call. An element that is worked out anew makes its calls in the same order. */
  next(): () => string {
    const number = ++this.#last
    if (number === 1) this.#base ??= this.#derived?.()
    return () => `${this.base}/${String(number)}`
  }
}

/** Not of the run's own generator: two runs with one seed make different calls. */
function unique(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

let current: (() => string) | undefined

/** The idempotency key of the call that is being made. Only a host function can ask for it, and only before it first waits. */
export function callKey(): string {
  if (current === undefined) throw new Error('callKey() was called outside a call of a program')
  return current()
}

/** Makes a call that can ask for its key. */
export function withCallKey<T>(key: (() => string) | undefined, call: () => T): T {
  const before = current
  current = key
  try {
    return call()
  } finally {
    current = before
  }
}
