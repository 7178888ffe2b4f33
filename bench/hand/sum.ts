/** The sum: one pass. */
export function total(numbers: Int32Array): number {
  let sum = 0
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]!
  return sum
}
