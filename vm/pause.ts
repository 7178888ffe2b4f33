/** Lets the host do what waits: timers, signals, messages. Node comes back at once; a browser after its next timer. */
export function pause(): Promise<void> {
  const immediate: unknown = Reflect.get(globalThis, 'setImmediate')
  return new Promise((resolve) => {
    if (typeof immediate === 'function') immediate(resolve)
    else setTimeout(resolve, 0)
  })
}
