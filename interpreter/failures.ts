/** Some hosts have the limit and some do not. */
const traces = Error as unknown as { stackTraceLimit?: number | undefined }

/** An expression without a value: a product that fails stops the run, a condition that fails is false. */
export class EvaluationFailure extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    // Conditions fail often, and finding out where on the stack costs more than all the rest.
    const { stackTraceLimit } = traces
    traces.stackTraceLimit = 0
    super(message, options)
    traces.stackTraceLimit = stackTraceLimit
  }

  override get name(): string {
    return 'EvaluationFailure'
  }
}

/** A value that would be too large: the run ends at its size limit. */
export class SizeFailure extends EvaluationFailure {}
