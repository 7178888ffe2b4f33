import { createInterface } from 'node:readline'
import type { Interface } from 'node:readline'
import { isIncomplete, renderAll, Source } from '../../grammar/index.ts'
import { print } from '../../interpreter/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { moleculeColour } from '../palette.ts'
import { report } from '../report.ts'
import type { Terminal } from '../terminal.ts'
import { runCommand } from './commands.ts'
import type { Shown } from './commands.ts'
import { completions } from './completer.ts'
import { readHistory, writeHistory } from './history.ts'
import type { Session } from './session.ts'

const PROMPT = 'hocl> '
const MORE = '  ... '

/** Reads lines until `:quit` or the end of the input. Without a terminal there is no prompt, and a line that is refused makes the exit code 1. */
export async function loop(session: Session, terminal: Terminal): Promise<number> {
  const isInteractive = process.stdin.isTTY && process.stdout.isTTY
  const lines = createInterface({
    input: process.stdin,
    ...(isInteractive && { output: process.stdout }),
    terminal: isInteractive,
    history: isInteractive ? readHistory() : [],
    historySize: 1000,
    removeHistoryDuplicates: true,
    prompt: PROMPT,
    completer: (line: string) => completions(line, session),
  })
  const prompt = new Prompt(session, terminal, lines, isInteractive)
  if (isInteractive)
    terminal.tell('Molecules react with `:run`; `:help` lists the commands, Ctrl-D leaves.')
  try {
    return await prompt.read()
  } finally {
    lines.close()
  }
}

class Prompt implements Shown {
  readonly #session: Session
  readonly #terminal: Terminal
  readonly #lines: Interface
  readonly #isInteractive: boolean
  #unfinished = ''
  #isRunning = false
  #code: number = exitCodes.success

  constructor(session: Session, terminal: Terminal, lines: Interface, isInteractive: boolean) {
    this.#session = session
    this.#terminal = terminal
    this.#lines = lines
    this.#isInteractive = isInteractive
    lines.on('SIGINT', this.#interrupt)
    if (isInteractive) lines.on('history', writeHistory)
    else process.on('SIGINT', this.#interrupt)
  }

  async read(): Promise<number> {
    this.#ask()
    for await (const line of this.#lines) {
      if (this.#unfinished === '' && /^\s*:q(uit?)?\s*$/.test(line)) return this.#code
      await this.#take(line)
      this.#ask()
    }
    if (this.#unfinished !== '') await this.#enter(this.#unfinished)
    if (this.#isInteractive) this.#terminal.print('')
    return this.#code
  }

  print(text: string): void {
    this.#terminal.print(text)
  }

  tell(text: string): void {
    this.#terminal.tell(this.#terminal.palette.faint(text))
  }

  showSolution(): void {
    const colour = this.#terminal.hasColour ? { colour: moleculeColour } : {}
    const text = print(this.#session.solution, colour)
    const lines = text.split('\n')
    const shown =
      this.#isInteractive && lines.length > 40
        ? [
            ...lines.slice(0, 30),
            `  … ${String(lines.length - 31)} more lines; \`:save\` writes them all`,
            '>',
          ]
        : lines
    this.#terminal.print(shown.join('\n'))
  }

  #ask(): void {
    if (!this.#isInteractive) return
    this.#lines.setPrompt(this.#unfinished === '' ? PROMPT : MORE)
    this.#lines.prompt()
  }

  /** One line more. An empty one ends what is unfinished, and stands for the `in` of a definition. */
  async #take(line: string): Promise<void> {
    if (this.#unfinished === '' && line.trim() === '') return
    if (this.#unfinished === '' && line.trim().startsWith(':')) {
      await this.#guard(() => runCommand(line, this.#session, this))
      return
    }
    const text = this.#unfinished === '' ? line : `${this.#unfinished}\n${line}`
    if (line.trim() !== '' && isIncomplete(new Source('input', text))) {
      this.#unfinished = text
      return
    }
    await this.#enter(text)
  }

  async #enter(text: string): Promise<void> {
    this.#unfinished = ''
    const closed = `${text.trimEnd()} in`
    const isOpen =
      isIncomplete(new Source('input', text)) && !isIncomplete(new Source('input', closed))
    await this.#guard(() => {
      const { definitions, entries, diagnostics } = this.#session.enter(isOpen ? closed : text)
      if (diagnostics.length > 0)
        this.#terminal.tell(renderAll(diagnostics, { colour: this.#terminal.hasMessageColour }))
      if (entries.length > 0) this.showSolution()
      else if (definitions.length > 0) this.tell(`defined ${definitions.join(', ')}`)
    })
  }

  /** What goes wrong is told, and the session goes on. */
  async #guard(work: () => void | Promise<void>): Promise<void> {
    this.#isRunning = true
    try {
      await work()
    } catch (error) {
      const code = report(error, this.#terminal)
      if (code === exitCodes.bug) this.#code = code
      else if (!this.#isInteractive && this.#code === exitCodes.success)
        this.#code = exitCodes.wrong
    } finally {
      this.#isRunning = false
    }
  }

  readonly #interrupt = (): void => {
    if (this.#isRunning) {
      this.#session.interrupt()
      return
    }
    if (!this.#isInteractive) process.exit(exitCodes.interrupted)
    const isEmpty = this.#unfinished === '' && this.#lines.line === ''
    this.#unfinished = ''
    this.#lines.setPrompt(PROMPT)
    process.stdout.write('\n')
    if (isEmpty) this.tell('`:quit` or Ctrl-D leaves')
    // Takes what was typed away, and shows the prompt again.
    this.#lines.write('', { ctrl: true, name: 'e' })
    this.#lines.write('', { ctrl: true, name: 'u' })
    this.#ask()
  }
}
