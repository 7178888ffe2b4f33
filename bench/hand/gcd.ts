/** The greatest common divisor of all: Euclid by remainders. */
export function commonDivisor(numbers: Int32Array): number {
  let divisor = 0
  for (let i = 0; i < numbers.length; i++) {
    let n = numbers[i]!
    while (n !== 0) {
      const rest = divisor % n
      divisor = n
      n = rest
    }
  }
  return divisor
}
