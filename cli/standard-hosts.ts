import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout } from 'node:timers/promises'
import { hostFunction } from '../interpreter/index.ts'
import type { HostModule } from '../interpreter/index.ts'

/*
 * Host modules that come with the command. Like any other they are there only where `--host` names them: a
 * program by itself reaches neither the terminal nor a file, and knows no time.
 */

/** The host module of that name, `hocl.clock`, `hocl.console` or `hocl.files`. */
export function standardHost(name: string): HostModule | undefined {
  const make = hosts.get(name)
  return make && { name: name.replace('hocl.', ''), origin: `\`${name}\``, exports: make() }
}

/** The names of them all. */
export function standardHostNames(): readonly string[] {
  return [...hosts.keys()]
}

const hosts: ReadonlyMap<string, () => Readonly<Record<string, unknown>>> = new Map([
  ['hocl.clock', clockFunctions],
  ['hocl.console', consoleFunctions],
  ['hocl.files', fileFunctions],
])

// One call at a time: what is written and read has an order.
const inTurn = { concurrency: 1 } as const

function clockFunctions(): Readonly<Record<string, unknown>> {
  return {
    sleep: hostFunction(
      { takes: ['Number'], gives: 'Number' },
      async (milliseconds, { signal }) => {
        await slept(Number(milliseconds), signal)
        return milliseconds
      },
    ),
    now: hostFunction({ takes: [], gives: 'Int' }, () => Date.now()),
  }
}

/** Node's timers count to this. */
const LONGEST_SLEEP = 2 ** 31 - 1

async function slept(milliseconds: number, signal: AbortSignal): Promise<void> {
  for (let left = milliseconds; left > 0; left -= LONGEST_SLEEP)
    await setTimeout(Math.min(left, LONGEST_SLEEP), undefined, { signal })
}

function consoleFunctions(): Readonly<Record<string, unknown>> {
  const input = new Lines(process.stdin)
  return {
    write: hostFunction({ ...inTurn, takes: ['String'] }, (text) => written(text)),
    writeLine: hostFunction({ ...inTurn, takes: ['String'] }, (line) => written(`${line}\n`)),
    readLine: hostFunction({ ...inTurn, takes: [] }, () => input.next()),
    ask: hostFunction({ ...inTurn, takes: ['String'] }, async (question) => {
      await written(`${question} `)
      return input.next()
    }),
  }
}

function fileFunctions(): Readonly<Record<string, unknown>> {
  return {
    readText: hostFunction({ takes: ['String'], gives: 'String' }, (path) =>
      readFile(path, 'utf8'),
    ),
    writeText: hostFunction({ takes: ['String', 'String'] }, (path, text) => writeFile(path, text)),
    appendText: hostFunction({ ...inTurn, takes: ['String', 'String'] }, (path, text) =>
      appendFile(path, text),
    ),
  }
}

/** A reader that went away is no failure: `Terminal` knows of it. */
function written(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => {
      resolve()
    })
  })
}

/** The lines of a stream, which is read only while somebody waits for one: it holds no process up. */
class Lines {
  readonly #stream: NodeJS.ReadStream
  readonly #decoder = new StringDecoder('utf8')
  #text = ''
  #isOver = false

  constructor(stream: NodeJS.ReadStream) {
    this.#stream = stream
  }

  /** The next line without its end, or null. */
  async next(): Promise<string | null> {
    for (;;) {
      const end = this.#text.indexOf('\n')
      if (end >= 0) {
        const line = this.#text.slice(0, end)
        this.#text = this.#text.slice(end + 1)
        return line.replace(/\r$/, '')
      }
      if (!this.#isOver) await this.#more()
      else if (this.#text === '') return null
      else {
        const line = this.#text
        this.#text = ''
        return line
      }
    }
  }

  #more(): Promise<void> {
    const stream = this.#stream
    return new Promise((resolve) => {
      const done = (piece: Buffer | undefined): void => {
        stream.off('data', done).off('end', over).off('error', over).off('close', over).pause()
        this.#text += piece === undefined ? this.#decoder.end() : this.#decoder.write(piece)
        this.#isOver = piece === undefined
        resolve()
      }
      const over = (): void => {
        done(undefined)
      }
      if (stream.readableEnded || stream.destroyed) over()
      else stream.on('data', done).on('end', over).on('error', over).on('close', over).resume()
    })
  }
}
