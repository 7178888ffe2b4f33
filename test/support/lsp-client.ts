import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { commandFile } from './command.ts'

/*
 * A client of the Language Server Protocol that knows nothing but its frames: what a server says is read as
 * any editor reads it.
 */

interface Message {
  readonly id?: number | string
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string }
}

/** A question that was refused. */
export class Refused extends Error {
  readonly code: number

  constructor({ code, message }: { readonly code: number; readonly message: string }) {
    super(message)
    this.code = code
  }
}

/** A `hocl lsp` in a process of its own, and what it has said. */
export class LspClient {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #waiting = new Map<number, (message: Message) => void>()
  readonly #told: Message[] = []
  #listeners: ((message: Message) => void)[] = []
  #rest = Buffer.alloc(0)
  #last = 0
  stderr = ''

  constructor(args: readonly string[] = [], command = commandFile()) {
    this.#child = spawn(process.execPath, [command, 'lsp', '--stdio', ...args])
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#read(chunk)
    })
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
  }

  /** Says hello; gives what the server can do. */
  async start(capabilities: object = {}, rest: object = {}): Promise<Record<string, unknown>> {
    const params = { processId: process.pid, rootUri: null, capabilities, ...rest }
    const result = await this.ask('initialize', params)
    this.tell('initialized', {})
    return result as Record<string, unknown>
  }

  ask(method: string, params: unknown): Promise<unknown> {
    return this.#asked(method, params).answer
  }

  /** Asks, and takes the question back at once. */
  askAndCancel(method: string, params: unknown): Promise<unknown> {
    const { id, answer } = this.#asked(method, params)
    this.tell('$/cancelRequest', { id })
    return answer
  }

  tell(method: string, params: unknown): void {
    this.#send({ method, params })
  }

  open(uri: string, text: string, version = 1): void {
    this.tell('textDocument/didOpen', {
      textDocument: { uri, languageId: 'hocl', version, text },
    })
  }

  /** What the server says next of this kind, or has said of it and nobody has heard yet. */
  heard(method: string, isWanted: (params: never) => boolean = () => true): Promise<unknown> {
    const isIt = (message: Message): boolean =>
      message.method === method && isWanted(message.params as never)
    const index = this.#told.findIndex(isIt)
    const [known] = index < 0 ? [] : this.#told.splice(index, 1)
    if (known !== undefined) return Promise.resolve(known.params)
    return new Promise((resolve) => {
      const listener = (message: Message): void => {
        if (!isIt(message)) return
        this.#listeners = this.#listeners.filter((each) => each !== listener)
        this.#told.splice(this.#told.indexOf(message), 1)
        resolve(message.params)
      }
      this.#listeners.push(listener)
    })
  }

  /** Says goodbye; gives the exit code. */
  async stop(): Promise<number | null> {
    const ended = this.ended()
    await this.ask('shutdown', null)
    this.tell('exit', null)
    return ended
  }

  /** Is gone without a word. */
  vanish(): Promise<number | null> {
    const ended = this.ended()
    this.#child.stdin.end()
    return ended
  }

  ended(): Promise<number | null> {
    return new Promise((resolve) => this.#child.on('close', resolve))
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  #asked(
    method: string,
    params: unknown,
  ): { readonly id: number; readonly answer: Promise<unknown> } {
    const id = ++this.#last
    const answer = new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result)
        else reject(new Refused(error))
      })
    })
    this.#send({ id, method, params })
    return { id, answer }
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#child.stdin.write(`Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`)
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk])
    for (;;) {
      const end = this.#rest.indexOf('\r\n\r\n')
      const [, length] = /Content-Length: (\d+)/.exec(this.#rest.toString('ascii', 0, end)) ?? []
      if (end < 0 || length === undefined) return
      const start = end + 4
      if (this.#rest.length < start + Number(length)) return
      const body = this.#rest.toString('utf8', start, start + Number(length))
      this.#rest = this.#rest.subarray(start + Number(length))
      this.#take(JSON.parse(body) as Message)
    }
  }

  #take(message: Message): void {
    const { id, method } = message
    if (method === undefined && typeof id === 'number') {
      this.#waiting.get(id)?.(message)
      this.#waiting.delete(id)
      return
    }
    // What the server asks is granted.
    if (id !== undefined) {
      const body = JSON.stringify({ jsonrpc: '2.0', id, result: null })
      this.#child.stdin.write(`Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`)
    }
    this.#told.push(message)
    for (const listener of [...this.#listeners]) listener(message)
  }
}
