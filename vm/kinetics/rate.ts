import {
  EvaluationFailure,
  PlacedFailure,
  SizeFailure,
  evaluate,
  isInt,
  printBriefly,
} from '../../interpreter/index.ts'
import type { Environment, Expression, Molecule, Place } from '../../interpreter/index.ts'

/** Why a rate is none, and where it is written. */
export interface RateFailure {
  readonly message: string
  readonly place: Place
  /** Where a value grew too large to keep. */
  readonly isSize: boolean
}

/** A rate, or why there is none: a finite number from 0 on. */
export type Rate = number | RateFailure

/** Why nothing can be drawn where propensities are no longer finite. */
export const TOO_LARGE = 'the rate times the number of ways is too large'

/** The value of a rate expression. */
export function rateOf(expression: Expression, env: Environment, place: Place): Rate {
  try {
    const value = evaluate(expression, env)
    const rate = numberOf(value)
    if (rate !== undefined && rate >= 0 && rate < Infinity) return rate
    const message = `a rate is a finite number from 0 on, not ${printBriefly(value)}`
    return { message, place, isSize: false }
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    const isPlaced = error instanceof PlacedFailure
    return {
      message: error.message,
      place: isPlaced ? error.place : place,
      isSize: error instanceof SizeFailure,
    }
  }
}

/** As a double; undefined for what is no number. */
function numberOf(value: Molecule): number | undefined {
  if (isInt(value)) return Number(value)
  return typeof value === 'object' && value.kind === 'float' ? value.value : undefined
}
