import {
  EvaluationFailure,
  HostCallError,
  fromJson,
  jsonText,
  prelude,
} from '../interpreter/index.ts'
import type { Host, HostFunction, JsonContext, Molecule, Namespace } from '../interpreter/index.ts'
import { subjects } from './bus.ts'
import type { Bus } from './bus.ts'
import { isObject, parsed } from './json.ts'
import { TIMING } from './node.ts'
import type { Timing } from './node.ts'
import { surelyAsked } from './surely-asked.ts'
import { every } from './timers.ts'

/** A function of a host that answers later, as the record of a program tells of it: any node may offer it. */
export interface Offer {
  /** The module that it is called through, or that it comes in plainly. */
  readonly namespace?: string
  readonly name: string
  readonly arity: readonly [number, number]
}

/** What a host offers beside the prelude that answers later. */
export function offersOf(host: Host): readonly Offer[] {
  const offers: Offer[] = []
  for (const [name, { arity, isAsync }] of host.functions)
    if (isAsync && !prelude.functions.has(name)) offers.push({ name, arity })
  for (const [namespace, { functions }] of host.namespaces)
    if (!prelude.namespaces.has(namespace))
      for (const [name, { arity, isAsync }] of functions)
        if (isAsync) offers.push({ namespace, name, arity })
  return offers
}

/** The host with what others offer: a function that it lacks is called on a node that has it. */
export function withOffers(
  host: Host,
  offers: readonly Offer[],
  bus: Bus,
  timing: CallTiming = TIMING,
): Host {
  const functions = new Map(host.functions)
  const namespaces = new Map(host.namespaces)
  for (const offer of offers) {
    if (functionOf(host, offer) !== undefined) continue
    const { namespace, name } = offer
    const stub = elsewhere(offer, host, { bus, timing })
    if (namespace === undefined) functions.set(name, stub)
    else {
      const known: Namespace = namespaces.get(namespace) ?? {
        functions: new Map(),
        constants: new Map(),
        classes: new Map(),
      }
      const more = new Map(known.functions).set(name, stub)
      namespaces.set(namespace, { ...known, functions: more })
    }
  }
  return { functions, namespaces, classes: host.classes }
}

/**
 * The host, where a function that answers later has to be declared so: it would be called before its call is in the
 * log. One that gives a promise nevertheless has no value, and the run fails.
 */
export function declaring(host: Host): Host {
  const functions = new Map(host.functions)
  for (const [name, each] of functions)
    if (!prelude.functions.has(name)) functions.set(name, atOnce(each))
  const namespaces = new Map(host.namespaces)
  for (const [name, each] of namespaces)
    if (!prelude.namespaces.has(name)) {
      const own = new Map([...each.functions].map(([key, found]) => [key, atOnce(found)]))
      namespaces.set(name, { ...each, functions: own })
    }
  return { functions, namespaces, classes: host.classes }
}

function atOnce(found: HostFunction): HostFunction {
  if (found.isAsync || found.isPure) return found
  return {
    ...found,
    apply: (args, surroundings) => {
      const value = found.apply(args, surroundings)
      if (!(value instanceof Promise)) return value
      // It was called already, and nobody waits for it.
      value.catch(() => undefined)
      throw new EvaluationFailure(
        `\`${found.name}\` answers later: on nodes it has to be declared \`async\``,
      )
    },
  }
}

/** How often a node tells that it makes a call, and after how long without that it is taken for dead. */
export type CallTiming = Pick<Timing, 'heartbeat' | 'patience'>

/** Calls what others ask for. Gives what ends it. */
export function offerCalls(host: Host, bus: Bus, timing: CallTiming = TIMING): () => void {
  const offering: Offering = { host, context: contextOf(host), bus, timing }
  const ends = offersOf(host).map((offer) =>
    bus.answer(subjects.call(titleOf(offer)), (text) => called(offer, text, offering), {
      isShared: true,
    }),
  )
  return () => {
    for (const end of ends) end()
  }
}

interface Offering {
  readonly host: Host
  readonly context: JsonContext
  readonly bus: Bus
  readonly timing: CallTiming
}

async function called(
  offer: Offer,
  text: string,
  { host, context, bus, timing }: Offering,
): Promise<string> {
  let stop = (): void => undefined
  try {
    const { key, args } = readCall(text, context)
    const found = functionOf(host, offer)
    if (found === undefined) throw new Error(`${titleOf(offer)} is no more`)
    const sign = (): void => {
      bus.send(subjects.calling(key), '{}')
    }
    sign()
    stop = every(timing.heartbeat, sign)
    const value = await found.apply(args, { random: () => 0, callKey: () => key })
    return `{"value":${jsonText(value)}}`
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) })
  } finally {
    stop()
  }
}

function readCall(
  text: string,
  context: JsonContext,
): { readonly key: string; readonly args: readonly Molecule[] } {
  const value = parsed(text)
  if (!isObject(value) || typeof value['key'] !== 'string' || !Array.isArray(value['args']))
    throw new Error('a call is {"key": …, "args": […]}')
  // The exchange form reads its own integers.
  const { args } = JSON.parse(text) as { readonly args: readonly unknown[] }
  return { key: value['key'], args: args.map((each) => fromJson(each, context)) }
}

/** A function that some other node has. It waits until one has it. */
function elsewhere(
  offer: Offer,
  host: Host,
  { bus, timing }: { readonly bus: Bus; readonly timing: CallTiming },
): HostFunction {
  const title = titleOf(offer)
  const context = contextOf(host)
  return {
    name: title,
    arity: offer.arity,
    isPure: false,
    isAsync: true,
    apply: async (args, { callKey, host: calls }) => {
      const key = callKey?.() ?? ''
      const text = `{"key":${JSON.stringify(key)},"args":[${args.map(jsonText).join(',')}]}`
      const answer = await surelyAsked(bus, {
        subject: subjects.call(title),
        signs: subjects.calling(key),
        text,
        patience: timing.patience,
        isUnwanted: () => calls?.isAborted === true,
      })
      if (answer === undefined) throw new HostCallError(title, 'aborted', 'nobody waits')
      return answerIn(answer, title, context)
    },
  }
}

function answerIn(text: string, title: string, context: JsonContext): Molecule {
  const answer = JSON.parse(text) as { readonly value?: unknown; readonly error?: unknown }
  if (answer.value !== undefined) return fromJson(answer.value, context)
  throw new HostCallError(title, 'rejected', String(answer.error))
}

function titleOf({ namespace, name }: Offer): string {
  return namespace === undefined ? name : `${namespace}.${name}`
}

function functionOf(host: Host, { namespace, name }: Offer): HostFunction | undefined {
  return namespace === undefined
    ? host.functions.get(name)
    : host.namespaces.get(namespace)?.functions.get(name)
}

/** Arguments and answers are data, and values of classes that the host knows. */
function contextOf(host: Host): JsonContext {
  return {
    host: (className, args) => {
      const made = host.classes.get(className)?.make.apply(args, { random: () => 0 })
      return made instanceof Promise ? undefined : made
    },
  }
}
