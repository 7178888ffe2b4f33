import { HostCallError, HostCalls } from '../../interpreter/index.ts'
import type { CallOptions, HostFunction } from '../../interpreter/index.ts'
import type { Letters } from './letters.ts'
import type { FromReactor, ToReactor } from './messages.ts'

/** Calls of functions that stay in this thread, for a reactor in another one. */
export class CallsHere {
  readonly #functions: ReadonlyMap<string, HostFunction>
  readonly #options: CallOptions
  readonly #letters: Letters
  readonly #host: HostCalls

  constructor(
    functions: ReadonlyMap<string, HostFunction>,
    letters: Letters,
    { options, signal }: { readonly options: CallOptions; readonly signal: AbortSignal },
  ) {
    this.#functions = functions
    this.#letters = letters
    this.#options = options
    this.#host = new HostCalls(options, signal, () => 0)
  }

  /** Calls back after so many milliseconds, unless that is cancelled by what it gives. */
  timer(milliseconds: number, then: () => void): () => void {
    return this.#host.timer(milliseconds, then)
  }

  /** What is to be said of a call when it has been answered; nothing where the reactor has ended meanwhile. */
  async answer({
    id,
    name,
    args,
    key,
  }: Extract<FromReactor, { kind: 'call' }>): Promise<ToReactor | undefined> {
    const called = this.#functions.get(name)
    try {
      if (called === undefined) throw new Error('there is no such function here')
      const given = args.map((arg) => this.#letters.read(arg))
      const answer = await called.apply(given, {
        random: () => 0,
        callKey: () => key,
        host: this.#host,
      })
      return { kind: 'answer', id, molecule: this.#letters.write(answer) }
    } catch (error) {
      if (this.#host.isAborted) return undefined
      const failure =
        error instanceof HostCallError
          ? error
          : new HostCallError(name, 'threw', error instanceof Error ? error.message : String(error))
      this.#options.onCallFailure?.(failure)
      return { kind: 'no-answer', id, reason: failure.reason, message: failure.message }
    }
  }
}
