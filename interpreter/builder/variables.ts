import type { Host, HostFunction } from '../host.ts'
import type { Place, Slot } from '../rule.ts'
import type { BuiltKind } from './kinds.ts'

interface Bound {
  readonly slot: Slot
  readonly isRest: boolean
  readonly kind: BuiltKind
}

/** The variables of one rule while it is built. */
export class Variables {
  readonly names: string[] = []
  readonly place: Place
  readonly host: Pick<Host, 'functions' | 'namespaces'>
  readonly #bound = new Map<string, Bound>()
  /** Whether only pure functions may be called: in conditions, rates and multiplicities. */
  #pure: string | undefined

  constructor(place: Place, host: Pick<Host, 'functions' | 'namespaces'>) {
    this.place = place
    this.host = host
  }

  /** The slot of a variable in a pattern: the same for the same name. */
  bind(name: string, how: { readonly isRest: boolean; readonly kind: BuiltKind }): Slot {
    const known = this.#bound.get(name)
    if (known !== undefined) {
      if (known.isRest !== how.isRest)
        throw new TypeError(`\`${name}\` is a rest and a molecule at once`)
      return known.slot
    }
    const slot = this.names.push(name) - 1
    this.#bound.set(name, { slot, ...how })
    return slot
  }

  /** The slot of a variable that a pattern has bound. */
  use(name: string, how: { readonly isRest: boolean; readonly kind: BuiltKind }): Slot {
    const known = this.#bound.get(name)
    if (known === undefined) throw new TypeError(`\`${name}\` is not bound by what the rule takes`)
    if (known.isRest !== how.isRest)
      throw new TypeError(
        known.isRest
          ? `\`${name}\` is a rest: it stands in lists and solutions, and for \`size\``
          : `\`${name}\` is a molecule, and is used as a rest`,
      )
    if (how.kind !== 'any' && how.kind !== known.kind)
      throw new TypeError(`\`${name}\` is taken as ${known.kind}, and used as ${how.kind}`)
    return known.slot
  }

  /** Works out a part of the rule in which only pure functions may be called. */
  purely<T>(what: string, work: () => T): T {
    const before = this.#pure
    this.#pure = what
    try {
      return work()
    } finally {
      this.#pure = before
    }
  }

  /** The function that a name means: `abs`, `Math.abs`. */
  functionNamed(name: string): HostFunction | undefined {
    const dot = name.indexOf('.')
    return dot < 0
      ? this.host.functions.get(name)
      : this.host.namespaces.get(name.slice(0, dot))?.functions.get(name.slice(dot + 1))
  }

  checkCall({ name, isPure, isAsync, arity: [least, most] }: HostFunction, given: number): void {
    if (given < least || given > most)
      throw new TypeError(`\`${name}\` is called with ${String(given)} arguments`)
    if (this.#pure !== undefined && (!isPure || isAsync))
      throw new TypeError(`\`${name}\` is not pure, and may not be called in ${this.#pure}`)
  }
}
