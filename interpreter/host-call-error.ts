import { EvaluationFailure } from './failures.ts'

/**
 * Why a call gave no molecule: the function threw, its promise was rejected, it did not answer in time,
 * nobody waits any more, it was given or gave something of another type, or what it gave is no molecule.
 */
export type CallFailureReason =
  'threw' | 'rejected' | 'timed-out' | 'aborted' | 'wrong-argument' | 'wrong-answer' | 'no-molecule'

/** A call of a host function that gave no molecule. `cause` is what the function threw, if it did. */
export class HostCallError extends EvaluationFailure {
  readonly reason: CallFailureReason
  /** As programs name it. */
  readonly functionName: string

  constructor(
    functionName: string,
    reason: CallFailureReason,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options)
    this.functionName = functionName
    this.reason = reason
  }

  override get name(): string {
    return 'HostCallError'
  }
}

/** What an error says. Anything can be thrown, also what cannot be made a text. */
export function messageOf(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message
  if (error instanceof Error) return error.name
  try {
    return String(error)
  } catch {
    return 'something without a text was thrown'
  }
}
