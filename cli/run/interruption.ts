import { exitCodes } from '../exit-codes.ts'

/**
 * Ctrl-C and SIGTERM while a program runs. The first asks the run to stop between two reactions, so that
 * what there is can be printed; the second ends the process at once.
 */
export class Interruption {
  readonly #controller = new AbortController()
  #exitCode: number = exitCodes.interrupted

  constructor() {
    process.on('SIGINT', this.#interrupt)
    process.on('SIGTERM', this.#terminate)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** What the process ends with after an interruption. */
  get exitCode(): number {
    return this.#exitCode
  }

  /** The signals do again what they do without us. */
  release(): void {
    process.off('SIGINT', this.#interrupt)
    process.off('SIGTERM', this.#terminate)
  }

  readonly #interrupt = (): void => {
    this.#stop(exitCodes.interrupted)
  }

  readonly #terminate = (): void => {
    this.#stop(exitCodes.terminated)
  }

  #stop(code: number): void {
    if (this.signal.aborted) process.exit(code)
    this.#exitCode = code
    this.#controller.abort()
  }
}
