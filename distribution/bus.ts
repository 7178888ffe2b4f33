/** One record of a log, with its place in the order of all records of its solution. */
export interface StoredRecord {
  readonly log: string
  readonly sequence: number
  readonly bytes: Uint8Array
}

/** Gives the answer to what is asked; undefined leaves it to somebody else. */
export type Reply = (text: string) => Promise<string | undefined>

export interface AnswerOptions {
  /** Of all who answer, one is asked. */
  readonly isShared?: boolean
}

/**
 * What nodes need of the world between them: logs that keep everything in one order and refuse whoever comes too
 * late, and messages that come at most once. A log has a name of two parts, `solution.shard`.
 */
export interface Bus {
  /**
   * Adds a record to a log of which the last one has this sequence, 0 for the first, and gives its own. Throws a
   * `RefusedError` where there is a later one; after any other error nobody knows what became of it.
   */
  append(log: string, bytes: Uint8Array, expected: number): Promise<number>
  /** The last record of a log, as far as this node can see. */
  last(log: string): Promise<StoredRecord | undefined>
  /** The records of a log from a sequence on, as many as there are now. */
  read(log: string, from: number): Promise<readonly StoredRecord[]>
  /** Shows all records of a solution in their order from a sequence on, and those that come; gives what ends that. */
  follow(solution: string, from: number, take: (record: StoredRecord) => void): () => void
  /** The solutions that have a program, by name. */
  solutions(): Promise<readonly string[]>
  /**
   * Tells whenever the logs were out of reach and are there again, and gives what ends it: what was on its way may be
   * lost, and what a server did not keep, too.
   */
  onReturn(act: () => void): () => void
  /** Forgets all logs of a solution. */
  forget(solution: string): Promise<void>
  /** Sends a message to whoever listens now: it may be lost, and come twice. */
  send(subject: string, text: string): void
  /** Gives what ends it. */
  listen(subject: string, take: (text: string) => void): () => void
  /** The same with bytes, which nobody changes. */
  sendBytes(subject: string, bytes: Uint8Array): void
  listenBytes(subject: string, take: (bytes: Uint8Array) => void): () => void
  /** Sends a message and waits so many milliseconds for its answer. Throws a `NobodyError` where none comes. */
  ask(subject: string, text: string, milliseconds: number): Promise<string>
  /** Gives what ends it. */
  answer(subject: string, reply: Reply, options?: AnswerOptions): () => void
}

/** How the logs and messages of a solution are called. */
export const subjects = {
  log: (solution: string, shard: number | 'program') => `${solution}.${String(shard)}`,
  parcels: (solution: string, shard: number) => `x.${solution}.${String(shard)}`,
  confirmations: (solution: string, shard: number) => `y.${solution}.${String(shard)}`,
  heartbeats: (solution: string) => `hb.${solution}`,
  control: (solution: string) => `ctl.${solution}`,
  /** Where the name of a new solution is told. */
  announcements: 'hocl.solutions',
  /** Where nodes tell of themselves each second, and whenever somebody asks at `roll`. */
  nodes: 'hocl.nodes',
  roll: 'hocl.roll',
  /** Asks a node to give its shards away and end. */
  drain: (node: string) => `hocl.drain.${node}`,
  /** Asks whoever offers a function of a host to call it. */
  call: (name: string) => `hocl.call.${partOf(name)}`,
  /** Where whoever makes the call of this key says so, again and again. */
  calling: (key: string) => `hocl.calling.${partOf(key)}`,
  // What a client in any language can use: JSON in, JSON out.
  list: 'hocl.list',
  inject: (solution: string) => `hocl.inject.${solution}`,
  status: (solution: string) => `hocl.status.${solution}`,
  result: (solution: string) => `hocl.result.${solution}`,
  events: (solution: string) => `hocl.events.${solution}`,
} as const

/** Any text as one part of a subject. */
function partOf(text: string): string {
  return encodeURIComponent(text).replaceAll('.', '%2E').replaceAll('*', '%2A')
}

/** Whether a solution or a node can be called so: names are parts of subjects. */
export function isName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(name)
}

/** The shard of a log; undefined for the one that holds the program. */
export function shardOf(log: string): number | undefined {
  const name = log.slice(log.lastIndexOf('.') + 1)
  return name === 'program' ? undefined : Number(name)
}
