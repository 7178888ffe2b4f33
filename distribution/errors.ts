/** What a shard's log must not say: it was altered, cut off, or written by a program with a fault. */
export class LogError extends Error {
  override readonly name = 'LogError'
}

/** An append that came too late: somebody else has written to the log since. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  /** The last record of the log, as far as is known. */
  readonly last: number | undefined

  constructor(last: number | undefined) {
    super('another owner has written to this log')
    this.last = last
  }
}
