import { hostFunction } from '../../interpreter/index.ts'

/** Functions that programs find in the page, as `console.writeLine`. */
export type HostFunctions = Readonly<Record<string, unknown>>

interface ConsoleTold {
  readonly output: (text: string) => void
  readonly question: (text: string) => void
}

/** The console of a program that runs in the page: what `hocl.console` is on the command line. */
export class PageConsole {
  readonly #told: ConsoleTold
  readonly #readers: ((line: string) => void)[] = []

  constructor(told: ConsoleTold) {
    this.#told = told
  }

  get functions(): HostFunctions {
    const { output, question } = this.#told
    const next = (): Promise<string> => new Promise((resolve) => this.#readers.push(resolve))
    return {
      write: hostFunction({ takes: ['String'] }, (text) => {
        output(text)
      }),
      writeLine: hostFunction({ takes: ['String'] }, (line) => {
        output(`${line}\n`)
      }),
      readLine: hostFunction({ takes: [], concurrency: 1 }, () => {
        question('')
        return next()
      }),
      ask: hostFunction({ takes: ['String'], concurrency: 1 }, (text) => {
        question(text)
        return next()
      }),
    }
  }

  /** Whoever asked first is answered. */
  answer(line: string): void {
    this.#readers.shift()?.(line)
  }
}
