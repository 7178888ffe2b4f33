/** The command was called in a way that cannot work: a flag, an argument, a file that is not there. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** What to write instead, if we know. */
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.hint = hint
  }
}
