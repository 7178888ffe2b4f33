import { closeSync, openSync, writeFileSync } from 'node:fs'
import { printInline } from '../../interpreter/index.ts'
import type { Reaction } from '../../interpreter/index.ts'
import { unreadable, unwritable } from '../files.ts'
import type { Terminal } from '../terminal.ts'
import { pairsText } from './result.ts'

/** Where the reactions of a run are written, one a line. */
export interface Trace {
  write(reaction: Reaction): void
  close(): void
}

/** A trace into a file, or with `-` to the standard error output. */
export function openTrace(file: string, terminal: Terminal): Trace {
  if (file === '-') {
    return {
      write: (reaction) => {
        terminal.complain(traceLine(reaction))
      },
      close: () => undefined,
    }
  }
  return new TraceFile(file)
}

/** A reaction as one line of JSON; molecules in the exchange form. */
export function traceLine({ number, rule, reactants, products, level, time }: Reaction): string {
  const { name } = rule.shape
  const source = name === undefined ? { source: rule.shape.text(rule.captured, printInline) } : {}
  const when = time === undefined ? {} : { time }
  const head = JSON.stringify({ reaction: number, ...when, rule: name ?? null, ...source, level })
  return `${head.slice(0, -1)},"reactants":${pairsText(reactants)},"products":${pairsText(products)}}`
}

const BUFFERED = 2 ** 16

class TraceFile implements Trace {
  readonly #file: string
  readonly #descriptor: number
  #waiting = ''

  constructor(file: string) {
    this.#file = file
    try {
      this.#descriptor = openSync(file, 'w')
    } catch (error) {
      throw unreadable(file, error)
    }
  }

  write(reaction: Reaction): void {
    this.#waiting += `${traceLine(reaction)}\n`
    if (this.#waiting.length > BUFFERED) this.#flush()
  }

  close(): void {
    this.#flush()
    closeSync(this.#descriptor)
  }

  #flush(): void {
    try {
      // Not `writeSync`, which may write a part.
      writeFileSync(this.#descriptor, this.#waiting)
    } catch (error) {
      throw unwritable(`\`${this.#file}\``, error)
    }
    this.#waiting = ''
  }
}
