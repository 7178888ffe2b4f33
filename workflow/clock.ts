import { Tuple, isInt, isSymbol, symbol } from '../interpreter/index.ts'
import type { Molecule, SolutionValue } from '../interpreter/index.ts'

/** Tells the time in milliseconds, and wakes at a time or when the signal says that nobody waits any more. */
export interface Clock {
  now(): number
  sleepUntil(time: number, signal: AbortSignal): Promise<void>
}

/** A clock that jumps: whoever sleeps wakes at once, and it is that time. For tests, and for what need not wait. */
export class VirtualClock implements Clock {
  #now: number

  constructor(now = 0) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  sleepUntil(time: number): Promise<void> {
    this.#now = Math.max(this.#now, time)
    return Promise.resolve()
  }
}

/** The clock of the host, from 0 on. */
export function hostClock(): Clock {
  // eslint-disable-next-line no-restricted-properties -- whoever gives no clock means the host's
  const since = performance.now()
  // eslint-disable-next-line no-restricted-properties -- the same
  const now = (): number => performance.now() - since
  return {
    now,
    sleepUntil: (time, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, Math.max(0, time - now()))
        signal.addEventListener('abort', wake)
        if (signal.aborted) wake()
      }),
  }
}

/** When the next appointment is, `AT:time:…` of `hocl.time`; undefined where there is none. */
export function nextAppointment(solution: SolutionValue): number | undefined {
  let next: number | undefined
  for (const molecule of solution.molecules()) {
    if (!(molecule instanceof Tuple) || molecule.fields.length !== 3) continue
    const [tag, time] = molecule.fields
    if (!isNamed(tag, 'AT') || time === undefined || !isInt(time)) continue
    if (next === undefined || Number(time) < next) next = Number(time)
  }
  return next
}

/** What moves the clock of a solution. */
export function tick(time: number): Molecule {
  return new Tuple([symbol('TICK'), Math.ceil(time)])
}

function isNamed(molecule: Molecule | undefined, name: string): boolean {
  return typeof molecule === 'object' && isSymbol(molecule) && molecule.name === name
}
