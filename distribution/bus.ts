/** One record of a log, with its place in the order of all records of its solution. */
export interface StoredRecord {
  readonly log: string
  readonly sequence: number
  readonly text: string
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
  append(log: string, text: string, expected: number): Promise<number>
  /** The last record of a log, as far as this node can see. */
  last(log: string): Promise<StoredRecord | undefined>
  /** The records of a log from a sequence on, as many as there are now. */
  read(log: string, from: number): Promise<readonly StoredRecord[]>
  /** Shows all records of a solution in their order from a sequence on, and those that come; gives what ends that. */
  follow(solution: string, from: number, take: (record: StoredRecord) => void): () => void
  /** The solutions that have a program, by name. */
  solutions(): Promise<readonly string[]>
  /** Forgets all logs of a solution. */
  forget(solution: string): Promise<void>
  /** Sends a message to whoever listens now: it may be lost, and come twice. */
  send(subject: string, text: string): void
  /** Gives what ends it. */
  listen(subject: string, take: (text: string) => void): () => void
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
} as const

/** The shard of a log; undefined for the one that holds the program. */
export function shardOf(log: string): number | undefined {
  const name = log.slice(log.lastIndexOf('.') + 1)
  return name === 'program' ? undefined : Number(name)
}
