/** An expression without a value: a product that fails stops the run, a condition that fails is false. */
export class EvaluationFailure extends Error {
  override readonly name = 'EvaluationFailure'
}

/** A value that would be too large: the run ends at its size limit. */
export class SizeFailure extends EvaluationFailure {}
