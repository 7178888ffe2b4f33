/** How many primes there are up to a number: the sieve of Eratosthenes over the odd numbers. */
export function primesUpTo(most: number): number {
  // The odd number 2i + 1 at i; 1, which is no prime, stands for 2, which is.
  const size = (most + 1) >> 1
  const isCrossedOut = new Uint8Array(size)
  for (let i = 1, odd = 3; odd * odd <= most; i++, odd += 2) {
    if (isCrossedOut[i] === 1) continue
    for (let j = (odd * odd) >> 1; j < size; j += odd) isCrossedOut[j] = 1
  }
  let primes = most < 2 ? 0 : size
  for (let i = 0; i < size; i++) primes -= isCrossedOut[i]!
  return primes
}
