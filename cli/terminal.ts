import type { Palette } from './palette.ts'
import { paletteFor } from './palette.ts'

export type ColourChoice = 'auto' | 'always' | 'never'

/**
 * Where the command line writes: results to the standard output, all else to the standard error output.
 * A reader that goes away early, `hocl run … | head -1`, ends the writing without a word.
 */
export class Terminal {
  #choice: ColourChoice = 'auto'
  #isQuiet = false
  #progress = ''
  readonly #closed = new Set<NodeJS.WriteStream>()
  #failure: Error | undefined

  constructor() {
    for (const stream of [process.stdout, process.stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        this.#closed.add(stream)
        const isGone = error.code === 'EPIPE' || error.code === 'EOF'
        if (!isGone && stream === process.stdout) this.#failure ??= error
      })
    }
  }

  /** Why the result could not be written: a full disk, not a reader that went away. Known after `flush`. */
  get failure(): Error | undefined {
    return this.#failure
  }

  /** What the flags say. */
  configure(options: { readonly colour?: ColourChoice; readonly isQuiet?: boolean }): void {
    this.#choice = options.colour ?? this.#choice
    this.#isQuiet = options.isQuiet ?? this.#isQuiet
  }

  /** Whether a person watches what is not the result. */
  get isWatched(): boolean {
    return process.stderr.isTTY && !this.#isQuiet
  }

  get isQuiet(): boolean {
    return this.#isQuiet
  }

  /** Whether the result is shown in colour. */
  get hasColour(): boolean {
    return this.#showsColour(process.stdout)
  }

  /** Whether messages are shown in colour. */
  get hasMessageColour(): boolean {
    return this.#showsColour(process.stderr)
  }

  get palette(): Palette {
    return paletteFor({ colour: this.hasMessageColour })
  }

  get resultPalette(): Palette {
    return paletteFor({ colour: this.hasColour })
  }

  /** A line of the result. */
  print(line: string): void {
    this.#write(process.stdout, `${line}\n`)
  }

  /** A large result in pieces, no faster than its reader takes them. */
  async printPieces(pieces: Iterable<string>): Promise<void> {
    this.clearProgress()
    for (const piece of pieces) {
      if (this.#closed.has(process.stdout)) return
      if (!process.stdout.write(piece)) await drained(process.stdout)
    }
  }

  /** A message that every run has to show: why it failed. */
  complain(text: string): void {
    this.#write(process.stderr, `${text}\n`)
  }

  /** A message that `--quiet` leaves out. */
  tell(text: string): void {
    if (!this.#isQuiet) this.#write(process.stderr, `${text}\n`)
  }

  /** A line that the next one takes the place of. Only where somebody watches. */
  showProgress(text: string): void {
    if (!this.isWatched) return
    const line = text.slice(0, process.stderr.columns - 1)
    process.stderr.write(`\r${line}${' '.repeat(Math.max(0, this.#progress.length - line.length))}`)
    this.#progress = line
  }

  clearProgress(): void {
    if (this.#progress === '') return
    process.stderr.write(`\r${' '.repeat(this.#progress.length)}\r`)
    this.#progress = ''
  }

  clearScreen(): void {
    if (process.stderr.isTTY) process.stderr.write('\u001B[2J\u001B[3J\u001B[H')
  }

  /** After all that was written has left. */
  async flush(): Promise<void> {
    this.clearProgress()
    for (const stream of [process.stdout, process.stderr]) {
      if (this.#closed.has(stream) || stream.destroyed || stream.writableLength === 0) continue
      await drained(stream)
    }
    // A write that failed at once tells it only afterwards.
    await new Promise((resolve) => setImmediate(resolve))
  }

  #write(stream: NodeJS.WriteStream, text: string): void {
    this.clearProgress()
    if (!this.#closed.has(stream)) stream.write(text)
  }

  /** https://no-color.org and its opposite; what the flag says goes before both. */
  #showsColour(stream: NodeJS.WriteStream): boolean {
    if (this.#choice !== 'auto') return this.#choice === 'always'
    const { NO_COLOR: no, FORCE_COLOR: force, TERM: term } = process.env
    if (no !== undefined && no !== '') return false
    if (force !== undefined && force !== '0' && force !== 'false') return true
    return stream.isTTY && term !== 'dumb' && force === undefined
  }
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['drain', 'close', 'error']) stream.off(event, done)
      resolve()
    }
    for (const event of ['drain', 'close', 'error']) stream.once(event, done)
    stream.write('', done)
  })
}
