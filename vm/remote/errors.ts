import type { FromReactor } from './messages.ts'

/** What went wrong in the thread, as the same kind of error here. */
export function errorOf({ name, message }: Extract<FromReactor, { kind: 'failed' }>): Error {
  switch (name) {
    case 'RangeError':
      return new RangeError(message)
    case 'TypeError':
      return new TypeError(message)
    default:
      return new Error(message)
  }
}

/** Something that only the thread of the reactor can do, or answers. */
export function notHere(): Error {
  return new Error('this happens in the thread of the reactor')
}
