import { exitCodes } from '../exit-codes.ts'

/**
 * Ctrl-C and SIGTERM while a program runs. The first asks the run to stop between two reactions, so that
 * what there is can be printed; the second ends the process at once.
 */
export class Interruption {
  readonly #controller = new AbortController()
  #exitCode: number = exitCodes.interrupted
  #isSignalled = false

  constructor() {
    this.hold()
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Whether it was a signal that stopped the run. */
  get isSignalled(): boolean {
    return this.#isSignalled
  }

  /** What the process ends with after an interruption. */
  get exitCode(): number {
    return this.#exitCode
  }

  /** Stops the run for another reason than a signal. */
  stop(): void {
    this.#controller.abort()
  }

  /** The signals come here; also again, where something has taken them off. */
  hold(): void {
    this.release()
    process.on('SIGINT', this.#interrupt)
    process.on('SIGTERM', this.#terminate)
  }

  /** The signals do again what they do without us. */
  release(): void {
    process.off('SIGINT', this.#interrupt)
    process.off('SIGTERM', this.#terminate)
  }

  readonly #interrupt = (): void => {
    this.#signalled(exitCodes.interrupted)
  }

  readonly #terminate = (): void => {
    this.#signalled(exitCodes.terminated)
  }

  #signalled(code: number): void {
    if (this.#isSignalled) process.exit(code)
    this.#isSignalled = true
    this.#exitCode = code
    this.#controller.abort()
  }
}
