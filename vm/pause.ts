/** Lets the host do what waits: timers, signals, messages. Node comes back at once; a browser after its next timer. */
export function pause(): Promise<void> {
  // Only Node has it: the types of a browser's global scope do not know its name.
  const immediate: unknown = Reflect.get(globalThis, 'setImmediate')
  return new Promise((resolve) => {
    if (isScheduler(immediate)) immediate(resolve)
    else setTimeout(resolve, 0)
  })
}

function isScheduler(value: unknown): value is (callback: () => void) => unknown {
  return typeof value === 'function'
}
