import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandFile } from '../support/command.ts'
import { Folder, written } from '../support/command-line.ts'
import { isAbsent } from '../support/parts.ts'
import { troublesome } from '../support/troublesome-host.ts'

/** A session on a terminal of its own, at which a person types. */
class Typist implements AsyncDisposable {
  seen = ''
  readonly #child: ChildProcessWithoutNullStreams
  readonly #closed: Promise<unknown>

  constructor(env: Readonly<Record<string, string>>, flags = '') {
    const command = `"${process.execPath}" "${commandFile()}" repl --color never ${flags}`
    this.#child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm', ...env },
    })
    this.#child.stdout.on('data', (piece: Buffer) => (this.seen += piece.toString()))
    this.#closed = new Promise((resolve) => this.#child.on('close', resolve))
  }

  /** Waits until the terminal shows a text. */
  async sees(text: string): Promise<void> {
    await written(this.#child, text)
  }

  /** Presses keys and waits until the terminal shows what they bring. */
  async types(keys: string, answer: string): Promise<void> {
    const answered = written(this.#child, answer)
    this.#child.stdin.write(keys)
    await answered
  }

  /** Presses keys, after which the session is to be over. */
  async ends(keys: string): Promise<void> {
    this.#child.stdin.write(keys)
    await this.#closed
  }

  async leaves(): Promise<void> {
    this.#child.stdin.write('\u0004')
    await this.#closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#closed
  }
}

test.skipIf(isAbsent('script'))(
  'on a terminal it prompts, completes, and leaves with Ctrl-D',
  async () => {
    using folder = new Folder()
    const history = join(folder.path, 'history')
    await using typist = new Typist({ HOCL_HISTORY: history })
    await typist.sees('hocl> ')
    await typist.types('LONGNAME, 1\r', '<1, LONGNAME>')
    await typist.types('LON', 'LON')
    await typist.types('\t', 'GNAME')
    await typist.types('\r', '<1, LONGNAME, LONGNAME>')
    await typist.types('let f =\r', '... ')
    await typist.types('\u0003', 'hocl> ')
    await typist.types(':ty', ':ty')
    await typist.types('\t', 'pe')
    await typist.types(' 1\r', 'Int')
    await typist.types(':strategy ra', ':strategy ra')
    await typist.types('\t', 'ndom')
    await typist.types('\r', 'strategy random')
    await typist.leaves()
    expect(typist.seen).toContain('Molecules react with')
    expect(readFileSync(history, 'utf8')).toContain('LONGNAME, 1')
  },
)

const pay = [
  'let pay = replace ACCOUNT:who:balance, PAY:who:amount // who pays',
  '  by ACCOUNT:who:(balance - amount)',
  '',
  '  if balance >= amount in',
]

test.skipIf(isAbsent('script'))(
  'what is pasted is taken as a whole, and comes back as one line',
  async () => {
    using folder = new Folder()
    const history = join(folder.path, 'history')
    await using typist = new Typist({ HOCL_HISTORY: history })
    await typist.sees('hocl> ')
    await typist.types(`\u001B[200~${pay.join('\r')}\r\u001B[201~`, 'defined pay')
    await typist.types('ACCOUNT:"a":5, PAY:"a":9, pay\r', '<ACCOUNT:"a":5, PAY:"a":9, pay>')
    await typist.types(':run\r', 'inert after 0 reactions')
    await typist.types('replace x by 1\r if x > 1\r', 'replace x by 1 if x > 1')
    await typist.leaves()
    expect(readFileSync(history, 'utf8').split('\n')).toEqual([
      'let pay = replace ACCOUNT:who:balance, PAY:who:amount by ACCOUNT:who:(balance - amount) if balance >= amount in',
      'ACCOUNT:"a":5, PAY:"a":9, pay',
      ':run',
      'replace x by 1 if x > 1',
      '',
    ])
  },
)

test.skipIf(isAbsent('script'))(
  'a line that is typed later goes on with what was added',
  async () => {
    await using typist = new Typist({ HOCL_HISTORY: '' })
    await typist.sees('hocl> ')
    await typist.types('5, replace x::Int by B\r', '<5, (replace x::Int by B)>')
    await typist.types('if x > 5\r', '<5, (replace x::Int by B if x > 5)>')
  },
)

test.skipIf(isAbsent('script'))('a history that cannot be kept harms nothing', async () => {
  await using typist = new Typist({ HOME: '/proc/nope', XDG_CONFIG_HOME: '/proc/nope/config' })
  await typist.sees('hocl> ')
  await typist.types('1\r', '<1>')
  await typist.types('2\r', '<1, 2>')
  await typist.leaves()
})

test.skipIf(isAbsent('script'))(
  'a host function that does not answer is stopped with Ctrl-C, one that does not come back ends with it',
  async () => {
    using folder = new Folder(troublesome)
    const host = join(folder.path, 'h.ts')
    await using typist = new Typist({ HOCL_HISTORY: '' }, `--host '${host}'`)
    await typist.sees('hocl> ')
    await typist.types('1, replace-one x::Int by later(x)\r', 'later(x))>')
    await typist.types(':run\r', 'inert after 1 reaction')
    await typist.types('replace-one 2 by never()\r', 'never())>')
    await typist.types(':run\r', 'asked')
    await typist.types('\u0003', 'interrupted after 1 reaction')
    await typist.types(':reset\r', '<>')
    await typist.types('1\r', '<1>')
    await typist.types('replace-one x::Int by loop()\r', 'loop())>')
    await typist.types(':run\r', 'looping')
    await typist.sees('waiting for a host function')
    await typist.ends('\u0003')
  },
)

test.skipIf(isAbsent('script'))(
  'an error that a host module throws later leaves the prompt',
  async () => {
    using folder = new Folder(troublesome)
    const host = join(folder.path, 'h.ts')
    await using typist = new Typist({ HOCL_HISTORY: '' }, `--host '${host}'`)
    await typist.sees('hocl> ')
    await typist.types('stray()\r', 'HOCL616')
    await typist.types('2\r', '<1, 2>')
    await typist.types('loop()\r', 'looping')
    await typist.ends('\u0003')
  },
)
