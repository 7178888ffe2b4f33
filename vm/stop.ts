import { HostCallError, PlacedFailure, SizeFailure } from '../interpreter/index.ts'
import type {
  Entry,
  EvaluationFailure,
  Failure,
  Limits,
  OutcomeKind,
  Rule,
  RuleShape,
} from '../interpreter/index.ts'

/** Why a run ends before nothing can react. */
export interface Stop {
  readonly kind: OutcomeKind
  readonly failure?: Failure
  readonly limit?: keyof Limits
}

/** What has no product. */
export interface Failing {
  readonly rule: Rule
  readonly shape: RuleShape
  readonly reactants: readonly Entry[]
}

/** A product that cannot be worked out ends the run. */
export function stopFor(error: EvaluationFailure, { rule, shape, reactants }: Failing): Stop {
  if (error instanceof SizeFailure) return { kind: 'size-limit' }
  const place = error instanceof PlacedFailure ? error.place : shape.place
  const failure = { message: error.message, place, rule, reactants }
  const call = error.cause
  return { kind: 'failed', failure: call instanceof HostCallError ? { ...failure, call } : failure }
}
