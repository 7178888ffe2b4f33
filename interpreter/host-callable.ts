import { withCallKey } from './call-key.ts'
import { EvaluationFailure } from './failures.ts'
import type { HostFunction } from './host.ts'
import { HostCallError, messageOf } from './host-call-error.ts'
import { fromJs, toJs } from './marshal.ts'
import type { ClassOf } from './marshal.ts'
import type { Molecule } from './molecule.ts'

/** A function of JavaScript, of whatever type. */
export type Callable = (this: unknown, ...args: unknown[]) => unknown

/** How a function of JavaScript is offered to programs. */
export interface CallableParts {
  /** As programs name it, for messages. */
  readonly name: string
  readonly arity: readonly [number, number]
  readonly isPure: boolean
  readonly isAsync: boolean
  readonly classOf: ClassOf
  readonly call: (args: readonly unknown[]) => unknown
}

/** A host function around a function of JavaScript. What that throws is a failure that says who threw it. */
export function callableFunction(parts: CallableParts): HostFunction {
  const { name, arity, isPure, isAsync, classOf, call } = parts
  const answer = (value: unknown): Molecule => fromJs(value, classOf, `what \`${name}\` returns`)
  return {
    name,
    arity,
    isPure,
    isAsync,
    apply: (args, { callKey }) => {
      checkCount(args.length, parts)
      let value: unknown
      try {
        value = withCallKey(callKey, () => call(args.map(toJs)))
      } catch (error) {
        throw new HostCallError(name, 'threw', `\`${name}\`: ${messageOf(error)}`, {
          cause: error,
        })
      }
      return isPromise(value) ? answerLater(name, value, answer) : answer(value)
    },
  }
}

/** The molecule that a promise becomes, or a failure that says that it was rejected. */
export function answerLater(
  name: string,
  value: PromiseLike<unknown>,
  answer: (value: unknown) => Molecule,
): Promise<Molecule> {
  return Promise.resolve(value).then(answer, (error: unknown) => {
    throw new HostCallError(name, 'rejected', messageOf(error), { cause: error })
  })
}

/** Methods are found when they are called, so their arguments are counted then. */
export function checkCount(
  given: number,
  { name, arity: [least, most] }: Pick<HostFunction, 'name' | 'arity'>,
): void {
  if (given >= least && given <= most) return
  const wanted =
    least === most
      ? String(least)
      : `${least > given ? 'at least' : 'at most'} ${String(least > given ? least : most)}`
  throw new EvaluationFailure(
    `\`${name}\` takes ${wanted} argument${wanted.endsWith(' 1') || wanted === '1' ? '' : 's'}, not ${String(given)}`,
  )
}

/** Whether a value answers later. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  )
}

/** How many arguments a function takes: those before the first with a default, and all of its parameters. */
export function arityOf(callable: Callable): readonly [number, number] {
  return arityOfText(Function.prototype.toString.call(callable), callable.length)
}

/** The same from the text of a function, or of what begins with its parameters. */
export function arityOfText(text: string, least: number): readonly [number, number] {
  return [least, hasOpenEnd(text) ? Infinity : least]
}

/** Whether there are parameters with defaults, a rest, or parameters that cannot be seen. */
function hasOpenEnd(text: string): boolean {
  if (text.includes('[native code]')) return true
  const start = text.indexOf('(')
  const arrow = text.indexOf('=>')
  // `x => x + 1`
  if (start < 0 || (arrow >= 0 && arrow < start)) return false
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const character = text.charAt(i)
    if ('([{'.includes(character)) depth++
    if (')]}'.includes(character) && --depth === 0) return false
    if (character === '=' || text.startsWith('...', i)) return true
  }
  return false
}

/** Whether a function is written as `async`. One that is not may still return a promise. */
export function isAsyncFunction(callable: Callable): boolean {
  return Object.prototype.toString.call(callable) === '[object AsyncFunction]'
}
