import type { Service, Variable } from './flow.ts'

/** What a function can call and read beside its own variables: what its host offers, and nothing else. */
export class HostNames {
  readonly #host: Readonly<Record<string, unknown>>
  /** Variables around a function that is called for each item. */
  readonly outer: ReadonlyMap<string, Variable> | undefined

  constructor(host: Readonly<Record<string, unknown>>, outer?: ReadonlyMap<string, Variable>) {
    this.#host = host
    this.outer = outer
  }

  /** The same, inside of a function of an expression. */
  within(outer: ReadonlyMap<string, Variable>): HostNames {
    return new HostNames(this.#host, outer)
  }

  /** `resize`, or `images.resize`: called as the host would call it. */
  service(path: string): Service | undefined {
    const { self, value } = this.#find(path)
    if (typeof value !== 'function') return undefined
    return (...args) => (value as (this: unknown, ...given: unknown[]) => unknown).apply(self, args)
  }

  /** A value of the host that is no function. */
  constant(path: string): { readonly value: unknown } | undefined {
    const { value, isThere } = this.#find(path)
    return isThere && typeof value !== 'function' ? { value } : undefined
  }

  #find(path: string): { self: unknown; value: unknown; isThere: boolean } {
    let self: unknown
    let value: unknown = this.#host
    for (const name of path.split('.')) {
      if (typeof value !== 'object' || value === null || !isOffered(value, name))
        return { self: undefined, value: undefined, isThere: false }
      self = value
      value = Reflect.get(value, name)
    }
    return { self, value, isThere: true }
  }
}

/** Own names, and methods of classes; never what every object has. */
function isOffered(object: object, name: string): boolean {
  if (name === 'constructor' || name === '__proto__') return false
  for (
    let at: unknown = object;
    typeof at === 'object' && at !== null;
    at = Object.getPrototypeOf(at)
  )
    if (at !== Object.prototype && Object.hasOwn(at, name)) return true
  return false
}
