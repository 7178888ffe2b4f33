import {
  DeliverPolicy,
  JetStreamApiError,
  StorageType,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream'
import type {
  ConsumerMessages,
  JetStreamClient,
  JetStreamManager,
  StreamConfig,
} from '@nats-io/jetstream'
import { errors } from '@nats-io/nats-core'
import type { NatsConnection } from '@nats-io/nats-core'
import type { AnswerOptions, Bus, Reply, StoredRecord } from './bus.ts'
import type { ServerFacts } from './guarantee.ts'
import { NobodyError, RefusedError, RejectedError, TooLargeError } from './errors.ts'

/** Of JetStream: the log has another last sequence than was expected. */
const WRONG_LAST_SEQUENCE = 10_071
/** What is done again is done so often at most, with so many milliseconds in between. */
const MOST_TIMES = 240
const PAUSE = 250
/** So often it is asked for replicas where there are too few servers for them. */
const PEERS_COME_WITHIN = 120
const NO_PEERS = 10_005
const NO_STREAM = 10_059
/** So often a reader is asked for. */
const ATTEMPTS = 4
/** In milliseconds: a server that has begun anew is missed after two signs of life that do not come. */
const WATCHFUL = { expires: 5_000, idle_heartbeat: 1_000 }
/** So many bytes of a message are left for what JetStream is told beside a record. */
const HEADERS = 256
const AWAY = 'the server is away'
/** Records that are asked for at once. */
const AT_ONCE = 500

export interface NatsBusOptions {
  /** The stream that holds the logs; made where it is not there. */
  readonly stream?: string
  /** By how many servers each record is kept at least; 1 unless said otherwise, or as many as the stream has. */
  readonly replicas?: number
  /** Told what goes wrong with what is followed or read. */
  readonly onTrouble?: (error: unknown) => void
}

/** What the server tells over the connection. `leader` decides on appends, among several servers. */
export interface StreamFacts extends Omit<ServerFacts, 'syncInterval'> {
  readonly server: string
  readonly leader?: string
}

/**
 * Logs in a stream of NATS JetStream, which refuses by `Nats-Expected-Last-Subject-Sequence` what comes too late,
 * and messages over NATS. The log `solution.shard` has the subject `h.solution.shard.log`.
 */
export class NatsBus implements Bus {
  readonly stream: string
  readonly #connection: NatsConnection
  readonly #client: JetStreamClient
  readonly #manager: JetStreamManager
  readonly #onTrouble: (error: unknown) => void
  /** What has asked the server and has no answer: when the connection breaks, none will come. */
  readonly #open = new Set<(error: Error) => void>()
  #isAway = false
  readonly #returns = new Set<() => void>()

  private constructor(
    connection: NatsConnection,
    manager: JetStreamManager,
    { stream = 'HOCL', onTrouble = () => undefined }: NatsBusOptions,
  ) {
    this.stream = stream
    this.#connection = connection
    this.#client = jetstream(connection)
    this.#manager = manager
    this.#onTrouble = onTrouble
  }

  /** Uses a connection; makes the stream where it is not there. Throws a `RejectedError` where the server cannot keep it so. */
  static async open(connection: NatsConnection, options: NatsBusOptions = {}): Promise<NatsBus> {
    const manager = await jetstreamManager(connection)
    const bus = new NatsBus(connection, manager, options)
    void bus.#watch()
    await again(
      () => bus.#makeStream(options.replicas),
      // Servers of a group that have just been started do not know each other yet.
      (error, count) => isPeerMissing(error) && count < PEERS_COME_WITHIN,
    )
    return bus
  }

  async #watch(): Promise<void> {
    for await (const { type } of this.#connection.status()) {
      if (type === 'disconnect') {
        this.#isAway = true
        for (const fail of this.#open) fail(new Error(AWAY))
      }
      if (type === 'reconnect') {
        this.#isAway = false
        for (const act of this.#returns) act()
      }
    }
  }

  /** The answer of the server, or an error as soon as none can come any more. */
  async #answered<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#isAway) throw new Error(AWAY)
    let fail = (_: Error): void => undefined
    const broken = new Promise<never>((_, reject) => (fail = reject))
    this.#open.add(fail)
    try {
      return await Promise.race([ask(), broken])
    } finally {
      this.#open.delete(fail)
    }
  }

  async #makeStream(replicas: number | undefined): Promise<void> {
    const kept = await this.#kept()
    if (kept !== undefined && kept.num_replicas >= (replicas ?? 1)) return
    try {
      if (kept === undefined)
        await this.#manager.streams.add({
          name: this.stream,
          subjects: ['h.>'],
          storage: StorageType.File,
          num_replicas: replicas ?? 1,
          allow_direct: true,
        })
      else await this.#manager.streams.update(this.stream, { ...kept, num_replicas: replicas ?? 1 })
    } catch (error) {
      if (replicas === undefined || !(error instanceof JetStreamApiError)) throw error
      throw new RejectedError(error.message, { cause: error })
    }
  }

  /** How the stream is kept; undefined where it is not there. */
  async #kept(): Promise<StreamConfig | undefined> {
    try {
      return (await this.#manager.streams.info(this.stream)).config
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || error.code !== NO_STREAM) throw error
      return undefined
    }
  }

  /** How the stream is kept, as the server tells; when it is written only its monitoring port tells. */
  async facts(): Promise<StreamFacts> {
    const { config, cluster } = await this.#manager.streams.info(this.stream)
    const { version = '?', server_id: server = '' } = this.#connection.info ?? {}
    const isOnDisk = config.storage === StorageType.File
    const leader = cluster?.leader
    return {
      ...{ version, server, replicas: config.num_replicas, isOnDisk },
      ...(leader === undefined ? {} : { leader }),
    }
  }

  async append(log: string, bytes: Uint8Array, expected: number): Promise<number> {
    const most = this.#connection.info?.max_payload ?? Infinity
    // What is said beside it, by which the server refuses what comes too late, counts too.
    if (bytes.length + HEADERS > most) throw TooLargeError.of(bytes.length, most - HEADERS)
    try {
      const { seq } = await this.#answered(() =>
        this.#client.publish(subjectOf(log), bytes, { expect: { lastSubjectSequence: expected } }),
      )
      return seq
    } catch (error) {
      if (error instanceof JetStreamApiError && error.code === WRONG_LAST_SEQUENCE)
        throw new RefusedError(undefined)
      // Any other answer of JetStream is a no, too: the stream is full, or not there.
      if (error instanceof JetStreamApiError)
        throw new RejectedError(error.message, { cause: error })
      throw error
    }
  }

  async last(log: string): Promise<StoredRecord | undefined> {
    const found = await this.#answered(() =>
      this.#manager.streams.getMessage(this.stream, { last_by_subj: subjectOf(log) }),
    )
    return found === null ? undefined : { log, sequence: found.seq, bytes: found.data }
  }

  async read(log: string, from: number): Promise<readonly StoredRecord[]> {
    const last = await this.last(log)
    if (last === undefined || last.sequence < from) return []
    const records: StoredRecord[] = []
    const messages = await this.#consumed(subjectOf(log), from)
    try {
      for await (const message of messages) {
        records.push({ log, sequence: message.seq, bytes: message.data })
        if (message.seq >= last.sequence) break
      }
    } finally {
      await messages.close()
    }
    return records
  }

  follow(solution: string, from: number, take: (record: StoredRecord) => void): () => void {
    let hasEnded = false
    let next = from
    let returns = 0
    // The server may be away just now; whoever follows waits for it.
    const isWanted = (): boolean => !hasEnded && !this.#connection.isClosed()
    const all = async (): Promise<void> => {
      const since = returns
      if (since > 0) {
        const { state } = await again(() => this.#manager.streams.info(this.stream), isWanted)
        // A stream that has lost its end gives those places again.
        next = Math.min(next, state.last_seq + 1)
      }
      const messages = await again(() => this.#consumed(`h.${solution}.>`, next), isWanted)
      for await (const message of messages) {
        if (hasEnded || since !== returns) break
        next = message.seq + 1
        take({ log: logOf(message.subject), sequence: message.seq, bytes: message.data })
      }
      await messages.close()
    }
    const goOn = (): void => {
      all().catch((error: unknown) => {
        if (!hasEnded) this.#onTrouble(error)
      })
    }
    // A reader that was there before would find out only after a while.
    const stop = this.onReturn(() => {
      returns++
      goOn()
    })
    goOn()
    return () => {
      hasEnded = true
      stop()
    }
  }

  onReturn(act: () => void): () => void {
    this.#returns.add(act)
    return () => this.#returns.delete(act)
  }

  async #consumed(subject: string, from: number, attempts = ATTEMPTS): Promise<ConsumerMessages> {
    try {
      return await this.#consumedNow(subject, from)
    } catch (error) {
      // A group of servers that has just lost one may have put the reader there.
      if (attempts <= 1 || this.#connection.isClosed()) throw error
      return await this.#consumed(subject, from, attempts - 1)
    }
  }

  async #consumedNow(subject: string, from: number): Promise<ConsumerMessages> {
    // An ordered consumer, which begins anew by itself where the server has forgotten it.
    const consumer = await this.#client.consumers.get(this.stream, {
      filter_subjects: subject,
      ...(from > 0
        ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: from }
        : { deliver_policy: DeliverPolicy.All }),
    })
    return await consumer.consume({ max_messages: AT_ONCE, ...WATCHFUL })
  }

  send(subject: string, text: string): void {
    if (!this.#connection.isClosed()) this.#connection.publish(subject, text)
  }

  listen(subject: string, take: (text: string) => void): () => void {
    const subscription = this.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) take(message.string())
      },
    })
    return () => {
      subscription.unsubscribe()
    }
  }

  sendBytes(subject: string, bytes: Uint8Array): void {
    if (!this.#connection.isClosed()) this.#connection.publish(subject, bytes)
  }

  listenBytes(subject: string, take: (bytes: Uint8Array) => void): () => void {
    const subscription = this.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) take(message.data)
      },
    })
    return () => {
      subscription.unsubscribe()
    }
  }

  async ask(subject: string, text: string, milliseconds: number): Promise<string> {
    try {
      const answer = await this.#connection.request(subject, text, { timeout: milliseconds })
      return answer.string()
    } catch (error) {
      const isNobody =
        error instanceof errors.NoRespondersError ||
        error instanceof errors.RequestError ||
        error instanceof errors.TimeoutError
      if (isNobody) throw NobodyError.at(subject)
      throw error
    }
  }

  answer(subject: string, reply: Reply, { isShared = false }: AnswerOptions = {}): () => void {
    const subscription = this.#connection.subscribe(subject, {
      ...(isShared ? { queue: 'hocl' } : {}),
      callback: (error, message) => {
        if (error !== null) return
        reply(message.string())
          .then((answer) => {
            if (answer !== undefined && !this.#connection.isClosed()) message.respond(answer)
          })
          .catch(this.#onTrouble)
      },
    })
    return () => {
      subscription.unsubscribe()
    }
  }

  async forget(solution: string): Promise<void> {
    await this.#manager.streams.purge(this.stream, { filter: `h.${solution}.>` })
  }

  async solutions(): Promise<readonly string[]> {
    const { state } = await this.#manager.streams.info(this.stream, {
      subjects_filter: 'h.*.program.log',
    })
    return Object.keys(state.subjects ?? {}).map((subject) => subject.split('.')[1] ?? '')
  }
}

/** Does it again after a while, as long as that may help. */
async function again<T>(
  act: () => Promise<T>,
  mayHelp: (error: unknown, count: number) => boolean,
): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await act()
    } catch (error) {
      if (count >= MOST_TIMES || !mayHelp(error, count)) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }
}

function isPeerMissing(error: unknown): boolean {
  const cause = error instanceof RejectedError ? error.cause : error
  return cause instanceof JetStreamApiError && cause.code === NO_PEERS
}

function subjectOf(log: string): string {
  return `h.${log}.log`
}

function logOf(subject: string): string {
  return subject.slice('h.'.length, -'.log'.length)
}
