/** A logarithmic axis between two places, from one power of ten to another. */
export interface LogAxis {
  /** The powers of ten on it. */
  readonly powers: readonly number[]
  at(value: number): number
}

/** An axis that shows all values, and 1. */
export function logAxis(values: readonly number[], left: number, right: number): LogAxis {
  const logs = values.filter((value) => value > 0 && value < Infinity).map(Math.log10)
  const first = Math.floor(Math.min(-0.01, ...logs))
  const last = Math.ceil(Math.max(0.01, ...logs))
  const scale = (right - left) / (last - first)
  return {
    powers: Array.from({ length: last - first + 1 }, (_, i) => first + i),
    at: (value) => Math.round((left + (Math.log10(value) - first) * scale) * 10) / 10,
  }
}
