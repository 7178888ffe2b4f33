import { createInterface } from 'node:readline'
import type { Interface } from 'node:readline'
import { renderAll } from '../../grammar/index.ts'
import type { Diagnostic } from '../../grammar/index.ts'
import { print } from '../../interpreter/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { moleculeColour } from '../palette.ts'
import { report } from '../report.ts'
import { onStrayError } from '../stray-errors.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { isCommand, runCommand } from './commands.ts'
import { completions } from './completer.ts'
import { History } from './history.ts'
import { Lines } from './lines.ts'
import { beginsAnew, continues, readingOf } from './reading.ts'
import type { Reading } from './reading.ts'
import type { Session } from './session.ts'
import type { Shown } from './shown.ts'

const PROMPT = 'hocl> '
const MORE = '  ... '
/** A terminal then puts marks around what is pasted, so that we know where it ends. */
const MARK_PASTES = '\u001B[?2004h'
const LEAVE_PASTES = '\u001B[?2004l'

/** Reads lines until `:quit` or the end of the input. Without a terminal there is no prompt, and a line that is refused makes the exit code 1. */
export async function loop(session: Session, terminal: Terminal): Promise<number> {
  const isInteractive = process.stdin.isTTY && process.stdout.isTTY
  const history = isInteractive ? new History() : undefined
  const lines = createInterface({
    input: process.stdin,
    ...(isInteractive && { output: process.stdout }),
    terminal: isInteractive,
    history: history?.lines ?? [],
    historySize: 1000,
    removeHistoryDuplicates: true,
    prompt: PROMPT,
    completer: (line: string) => completions(line, session),
  })
  const leave = (): void => {
    process.stdout.write(LEAVE_PASTES)
  }
  if (isInteractive) {
    terminal.tell('Molecules react with `:run`; `:help` lists the commands, Ctrl-D leaves.')
    process.stdout.write(MARK_PASTES)
    process.on('exit', leave)
  }
  try {
    return await new Prompt(session, terminal, lines, history).read()
  } finally {
    lines.close()
  }
}

/** What has been typed and needs more lines. */
interface Unfinished {
  readonly text: string
  readonly reading: Reading
  /** It goes on with what has been added already, which then is as if it had been typed so at once. */
  readonly isAmended: boolean
}

class Prompt implements Shown {
  readonly #session: Session
  readonly #terminal: Terminal
  readonly #interface: Interface
  readonly #lines: Lines
  /** Of a terminal. */
  readonly #history: History | undefined
  #unfinished: Unfinished | undefined
  /** What was added last, if nothing came after it. */
  #last: string | undefined
  #isRunning = false
  #code: number = exitCodes.success

  constructor(
    session: Session,
    terminal: Terminal,
    lines: Interface,
    history: History | undefined,
  ) {
    this.#session = session
    this.#terminal = terminal
    this.#interface = lines
    this.#lines = new Lines(lines, process.stdin)
    this.#history = history
    lines.on('SIGINT', this.#interrupt)
    if (history === undefined) process.on('SIGINT', this.#interrupt)
    onStrayError(this.#stray)
  }

  async read(): Promise<number> {
    this.#ask()
    for (let line = await this.#lines.next(); line !== undefined; line = await this.#lines.next()) {
      if ((await this.#take(line)) === 'quit') return this.#code
      this.#ask()
    }
    if (this.#unfinished !== undefined) await this.#enter(this.#unfinished)
    if (this.#history !== undefined) this.#terminal.print('')
    return this.#code
  }

  print(text: string): void {
    this.#terminal.print(text)
  }

  tell(text: string): void {
    this.#terminal.tell(this.#terminal.palette.faint(text))
  }

  warn(diagnostics: readonly Diagnostic[]): void {
    if (diagnostics.length === 0) return
    this.#terminal.tell(renderAll(diagnostics, { colour: this.#terminal.hasMessageColour }))
  }

  showSolution(): void {
    const colour = this.#terminal.hasColour ? { colour: moleculeColour } : {}
    const isKnown = this.#session.knownHere()
    const text = print(this.#session.solution, { ...colour, isKnown })
    const lines = text.split('\n')
    const shown =
      this.#history !== undefined && lines.length > 40
        ? [
            ...lines.slice(0, 30),
            `  … ${String(lines.length - 31)} more lines; \`:save\` writes them all`,
            '>',
          ]
        : lines
    this.#terminal.print(shown.join('\n'))
  }

  #ask(): void {
    if (this.#history === undefined) return
    this.#interface.setPrompt(this.#unfinished === undefined ? PROMPT : MORE)
    this.#interface.prompt()
  }

  /** One line more. An empty one ends what is unfinished. */
  async #take(line: string): Promise<'quit' | undefined> {
    const before = this.#unfinished
    if (before === undefined) return this.#begin(line)
    const { text, reading, isAmended } = before
    if (line.trim() === '' && (await this.#isEnd(reading))) {
      await this.#enter(before)
      return undefined
    }
    if (reading.kind === 'open' && beginsAnew(line, isCommand)) {
      await this.#enter(before)
      return this.#begin(line)
    }
    await this.#grow(`${text}\n${line}`, isAmended)
    return undefined
  }

  /** Whether an empty line ends what is unfinished. Where more lines are there, it may be just a gap. */
  async #isEnd(reading: Reading): Promise<boolean> {
    if (this.#lines.isPasting && reading.kind === 'unfinished') return false
    const next = await this.#lines.following()
    return next === undefined || !continues(next)
  }

  /** The first line of something. */
  async #begin(line: string): Promise<'quit' | undefined> {
    if (line.trim() === '') return undefined
    if (/^\s*:q(uit?)?\s*$/.test(line)) return 'quit'
    if (line.trim().startsWith(':')) {
      this.#last = undefined
      this.#history?.add(line)
      await this.#attempt(() => runCommand(line, this.#session, this))
      return undefined
    }
    const whole = this.#last === undefined ? line : `${this.#last}\n${line}`
    const isAmended =
      this.#last !== undefined && continues(line) && readingOf(whole).kind !== 'wrong'
    await this.#grow(isAmended ? whole : line, isAmended)
    return undefined
  }

  /** Takes a text if it needs no more lines. */
  async #grow(text: string, isAmended: boolean): Promise<void> {
    const unfinished = { text, reading: readingOf(text), isAmended }
    this.#unfinished = unfinished
    if (await this.#isComplete(unfinished.reading)) await this.#enter(unfinished)
  }

  async #isComplete(reading: Reading): Promise<boolean> {
    switch (reading.kind) {
      case 'unfinished':
      case 'open':
        return false
      case 'whole': {
        const next = await this.#lines.following()
        return next === undefined || !continues(next)
      }
      case 'wrong': {
        const next = reading.isOpen ? await this.#lines.following() : undefined
        return next === undefined || beginsAnew(next, isCommand)
      }
    }
  }

  async #enter({ text, isAmended }: Unfinished): Promise<void> {
    this.#unfinished = undefined
    this.#history?.add(text, isAmended ? this.#last : undefined)
    await this.#attempt(() => {
      refuseWords(text, this.#session)
      const { imports, definitions, entries, diagnostics } = isAmended
        ? this.#session.amend(text)
        : this.#session.enter(text)
      this.warn(diagnostics)
      if (entries.length > 0) this.showSolution()
      else if (definitions.length > 0) this.tell(`defined ${definitions.join(', ')}`)
      for (const each of imports) this.tell(each.replace(/^import\s+(.*?)\s*;$/s, 'imported $1'))
      const isNothing = entries.length + definitions.length + imports.length === 0
      if (!isNothing) this.#last = text
    })
  }

  /** What goes wrong is told, and the session goes on. */
  async #attempt(work: () => void | Promise<void>): Promise<void> {
    this.#isRunning = true
    if (this.#session.hasHosts) this.#leaveSignals()
    try {
      await work()
    } catch (error) {
      this.#last = undefined
      this.#refuse(error)
    } finally {
      this.#isRunning = false
      if (this.#session.hasHosts) this.#takeSignals()
    }
  }

  #refuse(error: unknown): void {
    const code = report(error, this.#terminal)
    if (code === exitCodes.bug) this.#code = code
    else if (this.#history === undefined && this.#code === exitCodes.success)
      this.#code = exitCodes.wrong
  }

  /** A host function that does not come back leaves us no turn to hear a key or a signal: Ctrl-C is to end it. */
  #leaveSignals(): void {
    if (this.#history === undefined) {
      process.off('SIGINT', this.#interrupt)
      return
    }
    process.stdin.setRawMode(false)
    process.stdout.write(LEAVE_PASTES)
  }

  #takeSignals(): void {
    if (this.#history === undefined) {
      process.off('SIGINT', this.#interrupt)
      process.on('SIGINT', this.#interrupt)
      return
    }
    process.stdin.setRawMode(true)
    process.stdout.write(MARK_PASTES)
  }

  /** What a host module throws by itself, whenever that is. */
  readonly #stray = (error: unknown): void => {
    void import('../run/reduction.ts').then(({ strayError }) => {
      if (this.#history !== undefined) process.stdout.write('\n')
      this.#refuse(strayError(error))
      if (!this.#isRunning) this.#ask()
    })
  }

  readonly #interrupt = (): void => {
    if (this.#isRunning) {
      this.#session.interrupt()
      return
    }
    if (this.#history === undefined) process.exit(exitCodes.interrupted)
    const isEmpty = this.#unfinished === undefined && this.#interface.line === ''
    this.#unfinished = undefined
    this.#interface.setPrompt(PROMPT)
    process.stdout.write('\n')
    if (isEmpty) this.tell('`:quit` or Ctrl-D leaves')
    // Takes what was typed away, and shows the prompt again.
    this.#interface.write('', { ctrl: true, name: 'e' })
    this.#interface.write('', { ctrl: true, name: 'u' })
    this.#ask()
  }
}

/** Words that other prompts take as commands, where they mean nothing here. */
const elsewhere: Readonly<Record<string, string>> = {
  exit: '`:quit` or Ctrl-D leaves',
  quit: '`:quit` or Ctrl-D leaves',
  bye: '`:quit` or Ctrl-D leaves',
  help: '`:help` lists the commands',
}

function refuseWords(text: string, { program, host }: Session): void {
  const [, word = ''] = /^\s*([a-z]+)\s*(?:\(\s*\))?\s*;?\s*$/.exec(text) ?? []
  const hint = elsewhere[word]
  if (hint === undefined || program.definitions.has(word) || host.functions.has(word)) return
  throw new UsageError(`nothing is called \`${word}\``, hint)
}
