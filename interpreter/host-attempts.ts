import { EvaluationFailure } from './failures.ts'
import { HostCallError, messageOf } from './host-call-error.ts'
import type { HostCalls } from './host-calls.ts'
import { hashText } from './hash.ts'

/** Milliseconds between two attempts: `first`, then `factor` times more each time, but `most` at most. */
export interface Backoff {
  /** 100 unless given. */
  readonly first?: number
  /** 2 unless given. */
  readonly factor?: number
  /** 30,000 unless given. */
  readonly most?: number
  /** Up to such a part of each pause is left out, by the call's key: many calls that fail at once come back apart. 0 unless given. */
  readonly jitter?: number
}

/** How often a call is made until it answers. */
export interface Retry {
  /** Of them all: 1 means once and never again. */
  readonly attempts: number
  readonly backoff?: Backoff
  /** Whether another attempt makes sense after this; always unless given. */
  readonly when?: (error: HostCallError) => boolean
}

/** What bounds the calls of a function. */
export interface CallPolicy {
  /** So many calls are made at a time, over all reactors; the others wait for their turn, in order. */
  readonly concurrency?: number
  /** Milliseconds that one attempt may take. */
  readonly timeout?: number
  readonly retry?: Retry
}

/** What a function gets beside its arguments. */
export interface CallContext {
  /** Aborted when nobody waits for the answer any more: the run has ended, or the time is over. */
  readonly signal: AbortSignal
  /** The idempotency key: the same at each attempt, and when a saved run is taken up again. */
  readonly key: string
  /** From 1. */
  readonly attempt: number
}

/** Makes a call: once, or so often as its policy says. */
export interface Attempting {
  readonly name: string
  readonly policy: CallPolicy
  readonly turns: Turns | undefined
  readonly host: HostCalls
  readonly key: () => string
  readonly call: (context: CallContext) => unknown
}

/** What a function answers in the end; a `HostCallError` says why it does not. */
export async function attempts(attempting: Attempting): Promise<unknown> {
  const { policy, host, turns, name } = attempting
  const { retry } = policy
  for (let attempt = 1; ; attempt++) {
    try {
      await turns?.take(host, name)
      try {
        return await once(attempting, attempt)
      } finally {
        turns?.giveBack()
      }
    } catch (error) {
      if (!(error instanceof HostCallError)) throw error
      const isLast = attempt >= (retry?.attempts ?? 1) || host.isAborted
      if (isLast || retry?.when?.(error) === false) throw error
      await pause(pauseAfter(attempt, retry?.backoff ?? {}, attempting.key), attempting)
    }
  }
}

/** One attempt. What comes after its end is dropped. */
async function once(attempting: Attempting, attempt: number): Promise<unknown> {
  const { name, policy, host, call } = attempting
  const context = new OpenContext(attempting.key, attempt)
  const { promise: end, reject } = Promise.withResolvers<never>()
  const stop = (error: HostCallError): void => {
    reject(error)
    context.abort(error)
  }
  const listening = host.whenAborted(() => {
    stop(aborted(name))
  })
  const { timeout } = policy
  const cancel =
    timeout === undefined
      ? undefined
      : host.timer(timeout, () => {
          const message = `\`${name}\` did not answer within ${String(timeout)} ms`
          stop(new HostCallError(name, 'timed-out', message))
        })
  try {
    if (host.isAborted) throw aborted(name)
    const answer = call(context)
    return await Promise.race([answer, end])
  } catch (error) {
    if (error instanceof EvaluationFailure) throw error
    throw new HostCallError(name, 'rejected', messageOf(error), { cause: error })
  } finally {
    cancel?.()
    listening()
  }
}

/** The signal is made when it is asked for: most functions never do. */
class OpenContext implements CallContext {
  readonly attempt: number
  readonly #key: () => string
  #controller: AbortController | undefined
  #reason: HostCallError | undefined

  constructor(key: () => string, attempt: number) {
    this.#key = key
    this.attempt = attempt
  }

  get key(): string {
    return this.#key()
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#reason !== undefined) this.#controller.abort(this.#reason)
    return this.#controller.signal
  }

  abort(reason: HostCallError): void {
    this.#reason = reason
    this.#controller?.abort(reason)
  }
}

function aborted(name: string): HostCallError {
  return new HostCallError(name, 'aborted', `\`${name}\`: nobody waits for the answer any more`)
}

function pauseAfter(attempt: number, backoff: Backoff, key: () => string): number {
  const { first = 100, factor = 2, most = 30_000, jitter = 0 } = backoff
  const whole = Math.min(first * factor ** (attempt - 1), most)
  if (jitter === 0) return whole
  const part = (hashText(`${key()} ${String(attempt)}`) >>> 0) / 2 ** 32
  return whole * (1 - jitter * part)
}

function pause(milliseconds: number, { host, name }: Attempting): Promise<void> {
  return new Promise((resolve, reject) => {
    const listening = host.whenAborted(() => {
      cancel()
      reject(aborted(name))
    })
    const cancel = host.timer(milliseconds, () => {
      listening()
      resolve()
    })
  })
}

/** So many calls may be made at a time; the others wait in order. */
export class Turns {
  #left: number
  readonly #waiting = new Set<() => void>()

  constructor(most: number) {
    this.#left = most
  }

  /** Rejects where the run ends before its turn has come. */
  take(host: HostCalls, name: string): Promise<void> {
    if (host.isAborted) return Promise.reject(aborted(name))
    if (this.#left > 0) {
      this.#left--
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const go = (): void => {
        listening()
        resolve()
      }
      const listening = host.whenAborted(() => {
        this.#waiting.delete(go)
        listening()
        reject(aborted(name))
      })
      this.#waiting.add(go)
    })
  }

  giveBack(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#left++
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
