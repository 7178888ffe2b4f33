import { suggest } from '../grammar/index.ts'
import { HoclError } from './errors.ts'
import type { Host, HostClass, HostFunction, Namespace } from './host.ts'
import { arityOf, callableFunction, isAsyncFunction } from './host-callable.ts'
import type { Callable } from './host-callable.ts'
import { messageOf } from './host-call-error.ts'
import { addStatics, hostClass } from './host-class.ts'
import type { ClassParts, Constructor } from './host-class.ts'
import { EvaluationFailure } from './failures.ts'
import { declaredFunction, isDeclaredFunction } from './host-declared.ts'
import type { DeclaredFunction } from './host-declared.ts'
import { fromJs } from './marshal.ts'
import type { ClassOf } from './marshal.ts'
import type { Molecule } from './molecule.ts'

/** What a JavaScript module, or a program that embeds HOCL, offers to programs. */
export interface HostModule {
  /** What stands before the dot in `file.f`; absent where there is no file. */
  readonly name?: string
  /** Where it comes from, for messages. */
  readonly origin: string
  readonly exports: Readonly<Record<string, unknown>>
}

/**
 * A host with the functions, classes and constants of these modules. They go before those of `base`; what
 * two modules both export is an error, as neither can be meant.
 */
export function hostWith(base: Host, modules: readonly HostModule[]): Host {
  const classes = new Map<Constructor, HostClass>()
  const classOf: ClassOf = (value) => registeredClass(value, classes)
  const read = modules.map((module) => new Reading(module, classOf))
  for (const each of read) each.readClasses(classes)
  for (const each of read) each.readRest()
  return merged(base, read)
}

/** The class of an object: the nearest registered one along its prototypes. */
function registeredClass(
  value: object,
  classes: ReadonlyMap<Constructor, HostClass>,
): HostClass | undefined {
  for (
    let at: unknown = Object.getPrototypeOf(value);
    at !== null;
    at = Object.getPrototypeOf(at)
  ) {
    const { constructor } = at as { readonly constructor?: unknown }
    const found = classes.get(constructor as Constructor)
    if (found !== undefined) return found
  }
  return undefined
}

/** One module on its way to be a part of a host. */
class Reading {
  readonly module: HostModule
  readonly functions = new Map<string, HostFunction>()
  readonly classes = new Map<string, HostClass>()
  readonly constants = new Map<string, Molecule>()
  readonly #classOf: ClassOf
  readonly #exports: ReadonlyMap<string, unknown>
  readonly #pure: ReadonlySet<string>
  readonly #parts = new Map<HostClass, ClassParts>()

  constructor(module: HostModule, classOf: ClassOf) {
    this.module = module
    this.#classOf = classOf
    this.#exports = exportsOf(module)
    this.#pure = pureNames(module)
  }

  readClasses(registered: Map<Constructor, HostClass>): void {
    for (const [name, value] of this.#exports) {
      if (!isClass(value, name)) continue
      const parts: ClassParts = {
        name,
        class: value,
        isPure: (member) => this.#pure.has(member),
        classOf: this.#classOf,
      }
      const found = hostClass(parts)
      this.#parts.set(found, parts)
      this.classes.set(name, found)
      if (!registered.has(value)) registered.set(value, found)
    }
  }

  readRest(): void {
    for (const [found, parts] of this.#parts)
      this.#tolerant(parts.name, () => {
        addStatics(found, parts)
      })
    for (const [name, value] of this.#exports) {
      if (isClass(value, name) || name === 'pure') continue
      if (isDeclaredFunction(value)) this.functions.set(name, this.#declared(name, value))
      else if (typeof value === 'function')
        this.functions.set(name, this.#function(name, value as Callable))
      else
        this.#tolerant(name, () =>
          this.constants.set(name, fromJs(value, this.#classOf, `\`${name}\``)),
        )
    }
    if (this.functions.size + this.classes.size + this.constants.size === 0)
      throw new HoclError(
        'HOCL611',
        `${this.module.origin} exports nothing that a program could use`,
        { hint: unusableHint(this.module) },
      )
    this.#checkPure()
  }

  #declared(name: string, declared: DeclaredFunction): HostFunction {
    return declaredFunction(declared, {
      name: this.#shown(name),
      isPure: this.#pure.has(name),
      classOf: this.#classOf,
    })
  }

  /** As programs write it. */
  #shown(name: string): string {
    return isPlain(name) || this.module.name === undefined ? name : `${this.module.name}.${name}`
  }

  #function(name: string, callable: Callable): HostFunction {
    return callableFunction({
      name: this.#shown(name),
      arity: arityOf(callable),
      isPure: this.#pure.has(name),
      isAsync: isAsyncFunction(callable),
      classOf: this.#classOf,
      call: (args) => callable(...args),
    })
  }

  /** A constant that is no molecule cannot be used; it may be there for others. */
  #tolerant(name: string, read: () => void): void {
    try {
      read()
    } catch (error) {
      if (error instanceof EvaluationFailure) return
      throw new HoclError(
        'HOCL610',
        `${this.module.origin}: \`${name}\` cannot be read: ${messageOf(error)}`,
        { cause: error },
      )
    }
  }

  /** Each declared name is there, and answers at once. */
  #checkPure(): void {
    const known = new Map<string, HostFunction>(this.functions)
    for (const [name, found] of this.classes) {
      known.set(name, found.make)
      for (const [key, each] of found.functions) known.set(`${name}.${key}`, each)
      for (const [key, each] of found.members) known.set(`${name}.${key}`, each)
    }
    for (const name of this.#pure) {
      const found = known.get(name)
      if (found === undefined) {
        const similar = suggest(name, known.keys())
        const hint =
          similar === undefined
            ? 'it lists functions, `Class` and `Class.method`'
            : `did you mean \`${similar}\`?`
        throw new HoclError(
          'HOCL612',
          `${this.module.origin}: \`pure\` names \`${name}\`, which is not exported`,
          { hint },
        )
      }
      if (found.isAsync)
        throw new HoclError(
          'HOCL613',
          `${this.module.origin}: \`${name}\` answers later, so it cannot be pure`,
          {
            hint: 'take it out of `pure`, and call it in the product of a rule',
          },
        )
    }
  }
}

/** Whether a function of that name can be called without the file before it: a capital word is a symbol. */
function isPlain(name: string): boolean {
  return /^[\p{Ll}\p{Lm}\p{Lo}_$]/u.test(name) && !KEYWORDS.has(name)
}

const KEYWORDS: ReadonlySet<string> = new Set(
  'let rec in replace one by if with inject import package new true false null nothing instanceof'.split(
    ' ',
  ),
)

/** The exports by name; a default export comes under its own name, or is a bundle of others. */
function exportsOf({ exports }: HostModule): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>()
  const { default: standard, ...named } = exports
  if (typeof standard === 'function' && standard.name !== '' && standard.name !== 'default')
    found.set(standard.name, standard)
  else if (
    typeof standard === 'object' &&
    standard !== null &&
    Object.getPrototypeOf(standard) === Object.prototype
  )
    for (const [name, value] of Object.entries(standard)) found.set(name, value)
  for (const [name, value] of Object.entries(named))
    if (name !== 'module.exports') found.set(name, value)
  found.delete('__esModule')
  return found
}

function unusableHint({ exports: { default: standard } }: HostModule): string {
  return typeof standard === 'function'
    ? 'its default export has no name: write `export function …` with one'
    : 'write `export` before the functions, classes and constants that it is to offer'
}

function pureNames(module: HostModule): ReadonlySet<string> {
  const pure = exportsOf(module).get('pure')
  if (pure === undefined) return new Set()
  const isList = Array.isArray(pure) && pure.every((name) => typeof name === 'string')
  if (isList) return new Set(pure as readonly string[])
  throw new HoclError('HOCL612', `${module.origin}: \`pure\` is not a list of names`, {
    hint: "write `export const pure = ['norm', 'Point.dist']`",
  })
}

function isClass(value: unknown, name: string): value is Constructor {
  if (typeof value !== 'function') return false
  const text = Function.prototype.toString.call(value)
  if (/^class\b/.test(text)) return true
  // A class of JavaScript itself, as in `export { Date }`.
  const prototype: unknown = value.prototype
  return (
    text.includes('[native code]') &&
    /^\p{Lu}/u.test(name) &&
    typeof prototype === 'object' &&
    prototype !== null &&
    Object.getOwnPropertyNames(prototype).length > 1
  )
}

function merged(base: Host, read: readonly Reading[]): Host {
  const functions = new Map(base.functions)
  const classes = new Map(base.classes)
  const namespaces = new Map(base.namespaces)
  const owners = new Map<string, string>()
  const claim = (name: string, { origin }: HostModule, what: string): void => {
    const owner = owners.get(name)
    if (owner !== undefined)
      throw new HoclError('HOCL614', `\`${name}\` comes from ${owner} and from ${origin}`, {
        hint: `${what} of one of them needs another name`,
      })
    owners.set(name, origin)
  }
  for (const { module, functions: own, classes: ownClasses, constants } of read) {
    for (const [name, found] of own) {
      claim(name, module, 'the function')
      functions.set(name, found)
    }
    for (const [name, found] of ownClasses) {
      claim(name, module, 'the class')
      classes.set(name, found)
    }
    if (module.name === undefined) continue
    claim(`${module.name}.`, module, 'the file')
    namespaces.set(
      module.name,
      joined(namespaces.get(module.name), { functions: own, classes: ownClasses, constants }),
    )
  }
  return { functions, classes, namespaces }
}

/** A file may be called as a namespace of the prelude: what it has goes first, the rest stays. */
function joined(before: Namespace | undefined, own: Namespace): Namespace {
  if (before === undefined) return own
  return {
    functions: new Map([...before.functions, ...own.functions]),
    constants: new Map([...before.constants, ...own.constants]),
    classes: new Map([...before.classes, ...own.classes]),
  }
}

/** What stands before the dot for a file: `./lib/my-points.ts` is `myPoints`. */
export function namespaceOfFile(path: string): string {
  const file = path.split(/[/\\]/).at(-1) ?? path
  const words = file
    .replace(/\.[cm]?[jt]s$/, '')
    .split(/[^\p{L}\p{M}\p{Nd}_$]+/u)
    .filter((word) => word !== '')
  return words
    .map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
}
