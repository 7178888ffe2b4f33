import type { Bus } from './bus.ts'
import { NobodyError } from './errors.ts'
import { after } from './timers.ts'

export interface Question {
  /** Where it is asked: one of those who answer there gets it. */
  readonly subject: string
  /** Where whoever works on the answer gives signs of life. */
  readonly signs: string
  readonly text: string
  /** After so many milliseconds without a sign whoever was asked is taken for dead. */
  readonly patience: number
  /** Nobody wants to know any more. */
  readonly isUnwanted: () => boolean
}

/** Until somebody is asked again where nobody was there, in milliseconds. */
const PAUSE = 250
/** An answer may take as long as it likes, as long as there are signs of it: 24 days, the longest that a timer waits. */
const LONGEST = 2 ** 31 - 1

/**
 * Asks until there is an answer: again where nobody was there, or where whoever was asked gives no sign of life. Who is
 * only slow may be asked twice, and the first answer counts. Undefined where nobody wants it any more.
 */
export function surelyAsked(
  bus: Bus,
  { subject, signs, text, patience, isUnwanted }: Question,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let asked = 0
    let isOver = false
    let stopWaiting = (): void => undefined
    const stopListening = bus.listen(signs, () => {
      wait(patience)
    })
    const end = (): void => {
      isOver = true
      stopWaiting()
      stopListening()
    }
    const wait = (milliseconds: number): void => {
      stopWaiting()
      if (isUnwanted()) {
        end()
        resolve(undefined)
      } else stopWaiting = after(milliseconds, ask)
    }
    const ask = (): void => {
      const number = ++asked
      wait(patience)
      bus.ask(subject, text, LONGEST).then(
        (answer) => {
          end()
          resolve(answer)
        },
        (error: unknown) => {
          if (isOver || number !== asked) return
          if (error instanceof NobodyError) wait(PAUSE)
          else {
            end()
            reject(error instanceof Error ? error : new Error(String(error)))
          }
        },
      )
    }
    ask()
  })
}
