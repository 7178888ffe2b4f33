import { withCallKey } from './call-key.ts'
import type { HostFunction } from './host.ts'
import { attempts, Turns } from './host-attempts.ts'
import type { Attempting, CallContext, CallPolicy } from './host-attempts.ts'
import { answerLater, checkCount, isAsyncFunction, isPromise } from './host-callable.ts'
import type { Callable } from './host-callable.ts'
import { HostCallError, messageOf } from './host-call-error.ts'
import { HostCalls } from './host-calls.ts'
import { fittedTo, typeTestOf, withArticle } from './host-types.ts'
import type { AnswerOf, ArgumentOf, HostType } from './host-types.ts'
import { EvaluationFailure, SizeFailure } from './failures.ts'
import { fromJs, toJs } from './marshal.ts'
import type { ClassOf } from './marshal.ts'
import type { Molecule } from './molecule.ts'
import { printBriefly } from './print.ts'
import { hasType } from './types.ts'
import type { TypeTest } from './types.ts'

/** What a function of the host takes and gives, and what bounds its calls. */
export interface FunctionDeclaration<
  Takes extends readonly HostType[] = readonly HostType[],
  Gives extends HostType = HostType,
> extends CallPolicy {
  readonly takes: Takes
  /** `Any` unless given. A number is a Float where that is what it gives. */
  readonly gives?: Gives
  /** Whether it depends on its arguments only and answers at once: then it may stand in conditions. */
  readonly pure?: boolean
  /** As programs name it; the name under which it is registered unless given. */
  readonly name?: string
}

/** A function of the host with its types. `hostFunction` makes them; a host registers them by name. */
export interface DeclaredFunction<
  Takes extends readonly HostType[] = readonly HostType[],
  Gives extends HostType = HostType,
> {
  readonly kind: 'host-function'
  readonly declaration: FunctionDeclaration<Takes, Gives>
  readonly call: Callable
}

/** The arguments of a function with such types, then the context of the call. */
export type CallArguments<Takes extends readonly HostType[]> = [
  ...{ [Index in keyof Takes]: ArgumentOf<Takes[Index]> },
  CallContext,
]

/**
 * A function for a host to register: what it is given and what it answers are checked at each call, and by
 * `hocl check` where they are known. A call gets the context as its last argument. One with a time-out,
 * attempts or a bound on calls at a time answers later, even where it is not `async`.
 */
export function hostFunction<
  const Takes extends readonly HostType[],
  const Gives extends HostType = 'Any',
>(
  declaration: FunctionDeclaration<Takes, Gives>,
  call: (...args: CallArguments<Takes>) => AnswerOf<Gives> | Promise<AnswerOf<Gives>>,
): DeclaredFunction<Takes, Gives> {
  checkDeclaration(declaration)
  for (const type of declaration.takes) typeTestOf(type)
  if (declaration.pure === true && (isBounded(declaration) || isAsyncFunction(call as Callable)))
    throw new TypeError('a pure function answers at once: it is not async, and nothing bounds it')
  // It is called with what `takes` was checked against.
  return { kind: 'host-function', declaration, call: call as Callable }
}

function checkDeclaration({ concurrency, timeout, retry }: CallPolicy): void {
  const { backoff = {} } = retry ?? {}
  const whole = { concurrency, 'retry.attempts': retry?.attempts }
  for (const [name, value] of Object.entries(whole))
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1))
      throw new RangeError(`\`${name}\` is 1 or more, not ${String(value)}`)
  const times = { timeout, 'backoff.first': backoff.first, 'backoff.most': backoff.most }
  for (const [name, value] of Object.entries(times))
    if (value !== undefined && !(value >= 0 && value < 2 ** 31))
      throw new RangeError(`\`${name}\` is a number of milliseconds, not ${String(value)}`)
  if (backoff.factor !== undefined && !(backoff.factor >= 1))
    throw new RangeError(`\`backoff.factor\` is 1 or more, not ${String(backoff.factor)}`)
  if (backoff.jitter !== undefined && !(backoff.jitter >= 0 && backoff.jitter <= 1))
    throw new RangeError(`\`backoff.jitter\` is between 0 and 1, not ${String(backoff.jitter)}`)
}

function isBounded({ concurrency, timeout, retry }: CallPolicy): boolean {
  return concurrency !== undefined || timeout !== undefined || retry !== undefined
}

/** Whether a host registers a declared function; it may be of another copy of this package. */
export function isDeclaredFunction(value: unknown): value is DeclaredFunction {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'host-function' &&
    'declaration' in value &&
    'call' in value &&
    typeof value.call === 'function'
  )
}

/** One bound for a function however many programs it is registered with. */
const turnsOf = new WeakMap<DeclaredFunction, Turns>()

/** The function as programs call it. */
export function declaredFunction(
  declared: DeclaredFunction,
  { name, isPure, classOf }: DeclaredParts,
): HostFunction {
  const { declaration, call } = declared
  const types = {
    takes: declaration.takes.map(typeTestOf),
    gives: typeTestOf(declaration.gives ?? 'Any'),
  }
  const answer = (value: unknown): Molecule =>
    answerOf(value, { name, gives: types.gives, classOf })
  const { length } = types.takes
  const base = { name, arity: [length, length] as const, types }
  const isAsync = isBounded(declaration) || isAsyncFunction(call)
  return {
    ...base,
    isPure: isPure || declaration.pure === true,
    isAsync,
    apply: (args, { callKey, host }) => {
      checkCount(args.length, base)
      checkTypes(name, types.takes, args)
      const given: unknown[] = args.map(toJs)
      if (!isAsync) {
        const value = atOnce(name, call, given, callKey)
        return isPromise(value) ? answerLater(name, value, answer) : answer(value)
      }
      const attempting: Attempting = {
        name,
        policy: declaration,
        turns: turnsFor(declared),
        host: host ?? noRun,
        key: callKey ?? noKey,
        call: (context) => withCallKey(callKey, () => call(...given, context)),
      }
      return attempts(attempting).then(answer)
    },
  }
}

function checkTypes(name: string, takes: readonly TypeTest[], args: readonly Molecule[]): void {
  for (let i = 0; i < takes.length; i++) {
    const [type, arg] = [takes[i], args[i]]
    if (type === undefined || arg === undefined || hasType(arg, type)) continue
    const message = `\`${name}\` takes ${withArticle(type)}, not ${printBriefly(arg)}`
    throw new HostCallError(name, 'wrong-argument', message)
  }
}

/** What the place where it is registered says of a function. */
export interface DeclaredParts {
  readonly name: string
  readonly isPure: boolean
  readonly classOf: ClassOf
}

const noRun = new HostCalls({}, undefined, () => 0)

function noKey(): string {
  throw new Error('a call of a pure function has no key')
}

function turnsFor(declared: DeclaredFunction): Turns | undefined {
  const { concurrency } = declared.declaration
  if (concurrency === undefined) return undefined
  const turns = turnsOf.get(declared) ?? new Turns(concurrency)
  turnsOf.set(declared, turns)
  return turns
}

/** For one that is not known to answer later: it may still do so. */
function atOnce(
  name: string,
  call: Callable,
  given: unknown[],
  callKey: (() => string) | undefined,
): unknown {
  given.push(callKey === undefined ? pureContext : new UnboundedContext(callKey))
  try {
    return callKey === undefined ? call(...given) : withCallKey(callKey, () => call(...given))
  } catch (error) {
    throw new HostCallError(name, 'threw', `\`${name}\`: ${messageOf(error)}`, { cause: error })
  }
}

/** Nothing ends a call that is answered at once. */
class UnboundedContext implements CallContext {
  readonly attempt = 1
  readonly #key: () => string

  constructor(key: () => string) {
    this.#key = key
  }

  get key(): string {
    return this.#key()
  }

  get signal(): AbortSignal {
    return never
  }
}

const never = new AbortController().signal
const pureContext = new UnboundedContext(noKey)

interface Answering {
  readonly name: string
  readonly gives: NonNullable<HostFunction['types']>['gives']
  readonly classOf: ClassOf
}

function answerOf(value: unknown, { name, gives, classOf }: Answering): Molecule {
  let molecule: Molecule
  try {
    molecule = fromJs(value, classOf, `what \`${name}\` returns`)
  } catch (error) {
    if (!(error instanceof EvaluationFailure) || error instanceof SizeFailure) throw error
    throw new HostCallError(name, 'no-molecule', error.message, { cause: error })
  }
  const fitted = fittedTo(gives, molecule)
  if (fitted !== undefined) return fitted
  const message = `\`${name}\` gives ${withArticle(gives)}, and has answered ${printBriefly(molecule)}`
  throw new HostCallError(name, 'wrong-answer', message)
}
