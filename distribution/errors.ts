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

/** A message or a record that is longer than the bus takes. Nobody has got any of it. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError'

  static of(bytes: number, most: number): TooLargeError {
    return new TooLargeError(
      `it has ${String(bytes)} bytes, and the server takes ${String(most)} at once`,
    )
  }
}

/** An append that the log has no room for, or that its writer may not make: the server says so, and nothing was added. */
export class RejectedError extends Error {
  override readonly name = 'RejectedError'
}

/** Nobody has answered. */
export class NobodyError extends Error {
  override readonly name = 'NobodyError'

  static at(subject: string): NobodyError {
    return new NobodyError(`nobody answers at ${subject}`)
  }
}

/** Molecules from outside that do not come in, and why. */
export class InjectionError extends Error {
  override readonly name = 'InjectionError'
  /** Of a diagnostic where they cannot be read, and a word otherwise. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
