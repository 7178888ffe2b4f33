/** Lets the host do what waits: timers, signals, messages. Node comes back at once; a browser after its next timer. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    if ('setImmediate' in globalThis && typeof globalThis.setImmediate === 'function') {
      // Only Node has it; its type is not that of a browser's global scope.
      const immediate = globalThis.setImmediate as (callback: () => void) => unknown
      immediate(resolve)
    } else setTimeout(resolve, 0)
  })
}
