/**
 * Adds items at the end of an array, however many they are. `push(...items)` puts each on the stack of
 * the host, which has room for some 125,000: it may not be used for what a program or its data made.
 */
export function append<T>(to: T[], items: Iterable<T>): void {
  for (const item of items) to.push(item)
}
