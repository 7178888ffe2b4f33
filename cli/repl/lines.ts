import { fstatSync } from 'node:fs'
import type { Interface } from 'node:readline'

/**
 * The lines of the input in their order, with a look at what follows where that is there already: a text
 * that is pasted or read from a file is to be taken as it was written, whatever its lines are.
 */
export class Lines {
  readonly #waiting: string[] = []
  readonly #isFile: boolean
  #isPasting = false
  #isClosed = false
  #wake: (() => void) | undefined

  constructor(lines: Interface, input: NodeJS.ReadStream) {
    this.#isFile = isFile()
    lines.on('line', (line) => {
      this.#waiting.push(line)
      this.#changed()
    })
    lines.on('close', () => {
      this.#isClosed = true
      this.#changed()
    })
    // Node gives names to the marks that a terminal puts around what is pasted.
    input.on('keypress', (_: unknown, key: { readonly name?: string } | undefined) => {
      if (key?.name !== 'paste-start' && key?.name !== 'paste-end') return
      this.#isPasting = key.name === 'paste-start'
      this.#changed()
    })
  }

  /** Whether a terminal is in the middle of giving what was pasted. */
  get isPasting(): boolean {
    return this.#isPasting && !this.#isClosed
  }

  /** The next line, however long it takes; undefined at the end. */
  async next(): Promise<string | undefined> {
    while (this.#waiting.length === 0 && !this.#isClosed) await this.#change()
    return this.#waiting.shift()
  }

  /** The next line if it is there or certain to come. A person, or a program that waits for an answer, may send none. */
  async following(): Promise<string | undefined> {
    while (this.#waiting.length === 0 && !this.#isClosed && (this.#isFile || this.isPasting))
      await this.#change()
    return this.#waiting[0]
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  #changed(): void {
    this.#wake?.()
    this.#wake = undefined
  }
}

/** Whether the standard input is a file: then all of it is there. */
function isFile(): boolean {
  try {
    return fstatSync(0).isFile()
  } catch {
    return false
  }
}
