/** Milliseconds since some moment. The clock of `performance` is the same, and Node takes 2 ms to load it. */
export function milliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}
