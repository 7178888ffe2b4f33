/** As it is defined: the work that the rules do, and out of reach from about 45 on. */
export function fibonacci(n: number): number {
  return n <= 1 ? n : fibonacci(n - 1) + fibonacci(n - 2)
}

/** By a loop: for comparing results where the definition would take years. */
export function fibonacciByLoop(n: number): number {
  let [a, b] = [0, 1]
  for (let i = 0; i < n; i++) [a, b] = [b, a + b]
  return a
}
