import type { Port } from '../vm/index.ts'
import type { AnswerOptions, Bus, Reply, StoredRecord } from './bus.ts'
import {
  LogError,
  NobodyError,
  RefusedError,
  RejectedError,
  TooLargeError,
  messageOf,
} from './errors.ts'

/*
 * A bus that is in another thread: `PortBus` is used like any bus, `serveBus` stands at the other end of the port
 * and does on a real one what it is told.
 */

/** What can be called, with the arguments and the answers that `Bus` says. */
type Calls = Pick<Bus, 'append' | 'last' | 'read' | 'solutions' | 'forget' | 'ask'>

/** What goes on until it is closed. */
type Stream =
  | { readonly kind: 'follow'; readonly solution: string; readonly from: number }
  | { readonly kind: 'listen' | 'listen-bytes'; readonly subject: string }
  | { readonly kind: 'answer'; readonly subject: string; readonly isShared: boolean }
  | { readonly kind: 'returns' }

type ToBus =
  | {
      readonly kind: 'call'
      readonly id: number
      readonly method: keyof Calls
      readonly args: readonly unknown[]
    }
  | { readonly kind: 'send'; readonly subject: string; readonly message: string | Uint8Array }
  | { readonly kind: 'open'; readonly id: number; readonly stream: Stream }
  | { readonly kind: 'close'; readonly id: number }
  | { readonly kind: 'reply'; readonly id: number; readonly text: string | undefined }

type FromBus =
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: Fault }
  | { readonly kind: 'item'; readonly id: number; readonly item: Item }
  | {
      readonly kind: 'question'
      readonly id: number
      readonly stream: number
      readonly text: string
    }

type Item = StoredRecord | string | Uint8Array

/** An error, as it crosses: what nodes tell apart by its class is told apart by its name. */
interface Fault {
  readonly name: string
  readonly message: string
  readonly last?: number | undefined
}

interface Call {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** The bus at the other end of a port. */
export class PortBus implements Bus {
  readonly #port: Port
  readonly #calls = new Map<number, Call>()
  readonly #streams = new Map<number, (item: Item) => void>()
  readonly #replies = new Map<number, (text: string) => Promise<string | undefined>>()
  #last = 0

  constructor(port: Port) {
    this.#port = port
    port.listen((message) => {
      // Only `serveBus` is at the other end.
      this.#hear(message as FromBus)
    })
  }

  append(log: string, bytes: Uint8Array, expected: number): Promise<number> {
    return this.#call('append', [log, bytes, expected])
  }

  last(log: string): Promise<StoredRecord | undefined> {
    return this.#call('last', [log])
  }

  read(log: string, from: number): Promise<readonly StoredRecord[]> {
    return this.#call('read', [log, from])
  }

  solutions(): Promise<readonly string[]> {
    return this.#call('solutions', [])
  }

  forget(solution: string): Promise<void> {
    return this.#call('forget', [solution])
  }

  ask(subject: string, text: string, milliseconds: number): Promise<string> {
    return this.#call('ask', [subject, text, milliseconds])
  }

  send(subject: string, text: string): void {
    this.#tell({ kind: 'send', subject, message: text })
  }

  sendBytes(subject: string, bytes: Uint8Array): void {
    this.#tell({ kind: 'send', subject, message: bytes })
  }

  follow(solution: string, from: number, take: (record: StoredRecord) => void): () => void {
    return this.#open({ kind: 'follow', solution, from }, (item) => {
      if (typeof item !== 'string' && !(item instanceof Uint8Array)) take(item)
    })
  }

  listen(subject: string, take: (text: string) => void): () => void {
    return this.#open({ kind: 'listen', subject }, (item) => {
      if (typeof item === 'string') take(item)
    })
  }

  listenBytes(subject: string, take: (bytes: Uint8Array) => void): () => void {
    return this.#open({ kind: 'listen-bytes', subject }, (item) => {
      if (item instanceof Uint8Array) take(item)
    })
  }

  onReturn(act: () => void): () => void {
    return this.#open({ kind: 'returns' }, act)
  }

  answer(subject: string, reply: Reply, { isShared = false }: AnswerOptions = {}): () => void {
    const id = ++this.#last
    this.#replies.set(id, reply)
    this.#tell({ kind: 'open', id, stream: { kind: 'answer', subject, isShared } })
    return () => {
      this.#replies.delete(id)
      this.#tell({ kind: 'close', id })
    }
  }

  #call<M extends keyof Calls>(
    method: M,
    args: Parameters<Calls[M]>,
  ): Promise<Awaited<ReturnType<Calls[M]>>> {
    const id = ++this.#last
    return new Promise((resolve, reject) => {
      // What the other end answers is what its bus has given.
      this.#calls.set(id, { resolve: resolve as (value: unknown) => void, reject })
      this.#tell({ kind: 'call', id, method, args })
    })
  }

  #open(stream: Stream, take: (item: Item) => void): () => void {
    const id = ++this.#last
    this.#streams.set(id, take)
    this.#tell({ kind: 'open', id, stream })
    return () => {
      this.#streams.delete(id)
      this.#tell({ kind: 'close', id })
    }
  }

  #hear(message: FromBus): void {
    switch (message.kind) {
      case 'done':
      case 'failed': {
        const call = this.#calls.get(message.id)
        this.#calls.delete(message.id)
        if (message.kind === 'done') call?.resolve(message.value)
        else call?.reject(errorOf(message.error))
        return
      }
      case 'item':
        this.#streams.get(message.id)?.(message.item)
        return
      case 'question':
        void this.#reply(message)
    }
  }

  /** Who cannot answer leaves it to somebody else. */
  async #reply(question: Extract<FromBus, { kind: 'question' }>): Promise<void> {
    let text: string | undefined
    try {
      text = await this.#replies.get(question.stream)?.(question.text)
    } catch {
      text = undefined
    }
    this.#tell({ kind: 'reply', id: question.id, text })
  }

  #tell(message: ToBus): void {
    this.#port.send(message)
  }
}

/** Does on a bus what comes through a port, and gives what ends that: whoever was at the other end is gone then. */
export function serveBus(bus: Bus, port: Port): () => void {
  const served = new ServedBus(bus, port)
  port.listen((message) => {
    // Only a `PortBus` is at the other end.
    served.hear(message as ToBus)
  })
  return () => {
    served.end()
  }
}

class ServedBus {
  readonly #bus: Bus
  readonly #port: Port
  readonly #streams = new Map<number, () => void>()
  readonly #questions = new Map<number, (text: string | undefined) => void>()
  #last = 0
  #hasEnded = false

  constructor(bus: Bus, port: Port) {
    this.#bus = bus
    this.#port = port
  }

  hear(message: ToBus): void {
    if (this.#hasEnded) return
    switch (message.kind) {
      case 'call':
        void this.#call(message)
        return
      case 'send':
        if (typeof message.message === 'string') this.#bus.send(message.subject, message.message)
        else this.#bus.sendBytes(message.subject, message.message)
        return
      case 'open':
        this.#streams.set(message.id, this.#opened(message.id, message.stream))
        return
      case 'close':
        this.#streams.get(message.id)?.()
        this.#streams.delete(message.id)
        return
      case 'reply':
        this.#settle(message.id, message.text)
    }
  }

  end(): void {
    this.#hasEnded = true
    for (const close of this.#streams.values()) close()
    this.#streams.clear()
    for (const id of [...this.#questions.keys()]) this.#settle(id, undefined)
  }

  async #call({ id, method, args }: Extract<ToBus, { kind: 'call' }>): Promise<void> {
    try {
      // The other end has given what this method takes.
      const act = this.#bus[method].bind(this.#bus) as (...given: unknown[]) => Promise<unknown>
      this.#tell({ kind: 'done', id, value: await act(...args) })
    } catch (error) {
      this.#tell({ kind: 'failed', id, error: faultOf(error) })
    }
  }

  #opened(id: number, stream: Stream): () => void {
    const item = (given: Item): void => {
      this.#tell({ kind: 'item', id, item: given })
    }
    switch (stream.kind) {
      case 'follow':
        return this.#bus.follow(stream.solution, stream.from, item)
      case 'listen':
        return this.#bus.listen(stream.subject, item)
      case 'listen-bytes':
        return this.#bus.listenBytes(stream.subject, item)
      case 'answer':
        return this.#bus.answer(stream.subject, (text) => this.#question(id, text), {
          isShared: stream.isShared,
        })
      case 'returns':
        return this.#bus.onReturn(() => {
          item('')
        })
    }
  }

  #question(stream: number, text: string): Promise<string | undefined> {
    const id = ++this.#last
    return new Promise((resolve) => {
      this.#questions.set(id, resolve)
      this.#tell({ kind: 'question', id, stream, text })
    })
  }

  #settle(id: number, text: string | undefined): void {
    this.#questions.get(id)?.(text)
    this.#questions.delete(id)
  }

  #tell(message: FromBus): void {
    if (!this.#hasEnded) this.#port.send(message)
  }
}

function faultOf(error: unknown): Fault {
  if (error instanceof RefusedError)
    return { name: error.name, message: error.message, last: error.last }
  return { name: error instanceof Error ? error.name : 'Error', message: messageOf(error) }
}

function errorOf({ name, message, last }: Fault): Error {
  switch (name) {
    case 'RefusedError':
      return new RefusedError(last)
    case 'TooLargeError':
      return new TooLargeError(message)
    case 'RejectedError':
      return new RejectedError(message)
    case 'NobodyError':
      return new NobodyError(message)
    case 'LogError':
      return new LogError(message)
    default:
      return new Error(message)
  }
}
