/** The exponent e of time = c·Nᵉ that fits best. Undefined for fewer than two points. */
export function exponent(
  points: readonly (readonly [size: number, time: number])[],
): number | undefined {
  const logs = points
    .filter(([, time]) => time > 0)
    .map(([x, y]) => [Math.log(x), Math.log(y)] as const)
  if (logs.length < 2) return undefined
  const mean = (axis: 0 | 1): number => logs.reduce((sum, log) => sum + log[axis], 0) / logs.length
  const [x, y] = [mean(0), mean(1)]
  const slope = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0)
  return slope / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0)
}
