/** Makes the pauses of a reactor in this thread short: a browser's timers would make it wait 4 ms each time. */
export function quickenPauses(): void {
  const waiting: (() => void)[] = []
  const channel = new MessageChannel()
  channel.port1.onmessage = () => waiting.shift()?.()
  Reflect.set(globalThis, 'setImmediate', (then: () => void) => {
    waiting.push(then)
    channel.port2.postMessage(undefined)
  })
}
