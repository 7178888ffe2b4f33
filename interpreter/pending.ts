import { append } from './append.ts'
import { CallKeys } from './call-key.ts'
import { elementText } from './closed-form/closed-form.ts'
import { bind, produceElement, SUSPENDED, withPlace } from './evaluate.ts'
import type { Calls, Environment } from './evaluate.ts'
import { HostCallError, messageOf } from './host-call-error.ts'
import type { HostCalls } from './host-calls.ts'
import { Tuple, symbol } from './molecule.ts'
import type { Entry, Molecule, Pending } from './molecule.ts'
import { SolutionValue } from './multiset.ts'
import type { PendingForm } from './pending-form.ts'
import type { Element, Molecules, Place } from './rule.ts'
import { hashNumber, mix } from './hash.ts'

/** A product element whose calls have not answered yet. */
export class PendingElement implements Pending {
  readonly kind = 'pending'
  readonly id: number
  readonly #element: Element
  #env: Environment & { readonly calls: Calls }
  readonly reactants: readonly Entry[]

  constructor(
    id: number,
    element: Element,
    env: Environment & { readonly calls: Calls },
    reactants: readonly Entry[],
  ) {
    this.id = id
    this.#element = element
    this.#env = env
    this.reactants = reactants
  }

  /** Where the element is written. */
  get place(): Place {
    return this.#element.place
  }

  get text(): string {
    return this.#element.place.source.slice(this.#element.place.span)
  }

  get key(): string {
    return this.#env.calls.keys.base
  }

  closedText(print: (molecule: Molecule) => string): string {
    return elementText(this.#element, this.#env, print)
  }

  equals(other: unknown): boolean {
    return this === other
  }

  hashCode(): number {
    return mix(0x7ed55d16, hashNumber(this.id))
  }

  /**
   * Makes the calls, all at once, and gives the molecules of the element; where its value needs calls
   * that depend on answers, those are made next. A rejection gives `ERROR:"message":<reactants>`.
   * An element of another run calls for this one.
   */
  async answer(host?: HostCalls): Promise<readonly Entry[]> {
    const { calls, surroundings } = this.#env
    if (host !== undefined) this.#env = { ...this.#env, surroundings: { ...surroundings, host } }
    try {
      for (;;) {
        const waiting = [...calls.waiting]
        calls.waiting.clear()
        const answers = await Promise.all(
          waiting.map(async ([call, start]) => [call, await start()] as const),
        )
        for (const [call, answer] of answers) calls.answers.set(call, answer)
        const entries = this.#again()
        if (entries !== undefined) return entries
      }
    } catch (error) {
      if (error instanceof HostCallError && host?.isAborted !== true) host?.onCallFailure?.(error)
      return [[this.#error(error), 1]]
    }
  }

  #again(): readonly Entry[] | undefined {
    try {
      return produceElement(this.#element, this.#env)
    } catch (error) {
      if (error === SUSPENDED) return undefined
      throw error
    }
  }

  #error(error: unknown): Molecule {
    const message = messageOf(error)
    return new Tuple([symbol('ERROR'), message, SolutionValue.of(this.reactants)])
  }
}

function newCalls(key?: string, derived?: () => string | undefined): Calls {
  return { answers: new Map(), waiting: new Map(), keys: new CallKeys(key, derived) }
}

/** An element of another run, which makes its calls when it is asked to answer; `id` tells it from others. */
export function pendingAgain(
  molecules: Molecules,
  { id, key, reactants, place }: PendingForm & { readonly id: number; readonly place: Place },
): PendingElement {
  const element: Element = { kind: 'group', molecules, multiplicity: undefined, place }
  const surroundings = { random: () => 0 }
  const env = { slots: [], captured: [], surroundings, calls: newCalls(key) }
  return new PendingElement(id, element, env, reactants)
}

/** What one product gives: molecules at once, and elements that wait. */
export interface Product {
  readonly entries: readonly Entry[]
  readonly pending: readonly PendingElement[]
}

/** The product of a reaction. Fails as a whole, before anything has been called that is known to answer later. */
export function productOf(
  molecules: Molecules,
  env: Environment,
  reactants: readonly Entry[],
  nextId: () => number,
): Product {
  const entries: Entry[] = []
  const pending: PendingElement[] = []
  const derived = keysFor(env, reactants)
  for (const element of independentElements(molecules, env, derived)) {
    const calls = newCalls(undefined, derived)
    const own = { ...env, calls }
    try {
      append(entries, produceElement(element, own))
    } catch (error) {
      if (error !== SUSPENDED) throw withPlace(error, element.place)
      pending.push(
        new PendingElement(nextId(), element, { ...own, slots: [...env.slots] }, reactants),
      )
    }
  }
  return { entries, pending }
}

/** What the keys of an element's calls begin with, where the run says so. */
function keysFor(
  { surroundings: { host } }: Environment,
  reactants: readonly Entry[],
): (() => string | undefined) | undefined {
  return host && (() => host.elementKey(reactants))
}

/** The elements with their `let`s worked out; where a `let` waits for an answer, all elements wait as one. */
function independentElements(
  molecules: Molecules,
  env: Environment,
  derived: (() => string | undefined) | undefined,
): readonly Element[] {
  const { bindings, elements } = molecules
  const [first] = elements
  if (bindings.length === 0 || first === undefined) return elements
  const calls = newCalls(undefined, derived)
  try {
    bind(bindings, { ...env, calls })
    return elements
  } catch (error) {
    if (error !== SUSPENDED) throw error
    return [{ kind: 'group', molecules, multiplicity: undefined, place: first.place }]
  }
}
