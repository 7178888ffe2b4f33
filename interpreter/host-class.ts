import { fieldNames } from './class-fields.ts'
import { EvaluationFailure } from './failures.ts'
import type { HostClass, HostFunction } from './host.ts'
import { arityOf, arityOfText, callableFunction, isAsyncFunction } from './host-callable.ts'
import type { Callable } from './host-callable.ts'
import { messageOf } from './host-call-error.ts'
import { fromJs } from './marshal.ts'
import type { ClassOf } from './marshal.ts'
import type { Molecule } from './molecule.ts'

/** A class of JavaScript, of whatever type. */
export type Constructor = new (...args: unknown[]) => object

/** What is known of a class before its parts are worked out. */
export interface ClassParts {
  readonly name: string
  readonly class: Constructor
  /** Whether `Point.dist`, or `Point` for its constructor, is declared pure. */
  readonly isPure: (name: string) => boolean
  readonly classOf: ClassOf
}

/** A class as programs see it: constructor, statics, and the members of its values, none of them Object's. */
export function hostClass(parts: ClassParts): HostClass {
  const { name, class: cls } = parts
  const functions = new Map<string, HostFunction>()
  const constants = new Map<string, Molecule>()
  const found: HostClass = {
    name,
    // Any class makes objects; that is all that `instanceof` asks for.
    class: cls,
    make: constructorFunction(parts),
    functions,
    constants,
    members: membersOf(parts),
    ...(hasToHocl(cls) && { arguments: (value: object) => argumentsOf(value, parts) }),
  }
  return found
}

/** Fills in the statics, whose values may be of any registered class. */
export function addStatics(found: HostClass, parts: ClassParts): void {
  // `hostClass` made these maps; nobody else has them yet.
  const functions = found.functions as Map<string, HostFunction>
  const constants = found.constants as Map<string, Molecule>
  for (const [key, owner] of ownedKeys(parts.class, Function.prototype)) {
    if (['length', 'name', 'prototype', 'caller', 'arguments'].includes(key)) continue
    const value: unknown = Reflect.get(owner, key, parts.class)
    const name = `${parts.name}.${key}`
    if (typeof value === 'function')
      functions.set(
        key,
        staticFunction(name, value as Callable, parts, value.bind(parts.class) as Callable),
      )
    else constants.set(key, fromJs(value, parts.classOf, `\`${name}\``))
  }
}

function staticFunction(
  name: string,
  shown: Callable,
  { isPure, classOf }: ClassParts,
  callable: Callable,
): HostFunction {
  return callableFunction({
    name,
    arity: arityOf(shown),
    isPure: isPure(name),
    isAsync: isAsyncFunction(shown),
    classOf,
    call: (args) => callable(...args),
  })
}

function constructorFunction({ name, class: cls, isPure, classOf }: ClassParts): HostFunction {
  return callableFunction({
    name: `new ${name}`,
    arity: constructorArity(cls),
    // What prints as its constructor's arguments is made from nothing else.
    isPure: isPure(name) || hasToHocl(cls),
    isAsync: false,
    classOf,
    call: (args) => new cls(...args),
  })
}

/** A class without a constructor takes what the one that it extends takes. */
function constructorArity(cls: Constructor): readonly [number, number] {
  const text = Function.prototype.toString.call(cls)
  const at = /\bconstructor\s*\(/.exec(text)
  if (at !== null) return arityOfText(text.slice(at.index), cls.length)
  const parent: unknown = Object.getPrototypeOf(cls)
  if (typeof parent === 'function' && parent !== Function.prototype)
    return constructorArity(parent as Constructor)
  return text.includes('[native code]') ? [0, Infinity] : [0, 0]
}

function membersOf(parts: ClassParts): ReadonlyMap<string, HostFunction> {
  const { name, class: cls } = parts
  const members = new Map<string, HostFunction>()
  for (let each = cls; isUserClass(each); each = Object.getPrototypeOf(each) as Constructor)
    for (const field of fieldNames(each))
      if (!members.has(field)) members.set(field, fieldFunction(`${name}.${field}`, field, parts))
  // A class has an object as its prototype.
  const prototype = cls.prototype as object
  for (const [key, owner] of ownedKeys(prototype, Object.prototype)) {
    if (key === 'constructor') continue
    const value = Object.getOwnPropertyDescriptor(owner, key)?.value as unknown
    const member =
      typeof value === 'function'
        ? methodFunction(
            { name: `${name}.${key}`, declared: `${owner.constructor.name}.${key}` },
            value as Callable,
            parts,
          )
        : fieldFunction(`${name}.${key}`, key, parts)
    members.set(key, member)
  }
  return members
}

function isUserClass(value: unknown): boolean {
  return typeof value === 'function' && value !== Function.prototype
}

/** Own names of an object and of those that it inherits from, nearest first, up to one that is not counted. */
function* ownedKeys(start: object, end: object): Generator<readonly [string, object]> {
  const seen = new Set<string>()
  for (let owner: object | null = start; owner !== null && owner !== end;) {
    for (const key of Object.getOwnPropertyNames(owner)) {
      if (seen.has(key)) continue
      seen.add(key)
      yield [key, owner]
    }
    owner = Object.getPrototypeOf(owner) as object | null
  }
}

/** A method that is declared pure is so in every class that inherits it. */
function methodFunction(
  { name, declared }: { readonly name: string; readonly declared: string },
  method: Callable,
  { isPure, classOf }: ClassParts,
): HostFunction {
  const [least, most] = arityOf(method)
  return callableFunction({
    name,
    arity: [least + 1, most + 1],
    isPure: isPure(name) || isPure(declared),
    isAsync: isAsyncFunction(method),
    classOf,
    call: ([self, ...args]) => method.call(self, ...args),
  })
}

/** Fields and getters count as pure: host values do not change. */
function fieldFunction(name: string, field: string, { classOf }: ClassParts): HostFunction {
  return callableFunction({
    name,
    arity: [1, 1],
    isPure: true,
    isAsync: false,
    classOf,
    call: ([self]) => {
      if (typeof self !== 'object' || self === null || !(field in self))
        throw new Error('this value has no such field')
      return Reflect.get(self, field) as unknown
    },
  })
}

function hasToHocl(cls: Constructor): boolean {
  const prototype: unknown = cls.prototype
  return (
    typeof prototype === 'object' &&
    prototype !== null &&
    'toHocl' in prototype &&
    typeof prototype.toHocl === 'function'
  )
}

function argumentsOf(value: object, { name, classOf }: ClassParts): readonly Molecule[] {
  let given: unknown
  try {
    // `hasToHocl` looked at the prototype.
    given = (value as { readonly toHocl: () => unknown }).toHocl()
  } catch (error) {
    throw new EvaluationFailure(`\`${name}.toHocl\`: ${messageOf(error)}`, { cause: error })
  }
  if (!Array.isArray(given))
    throw new EvaluationFailure(
      `\`${name}.toHocl\` returns an array of the constructor's arguments`,
    )
  return (given as readonly unknown[]).map((each) =>
    fromJs(each, classOf, `what \`${name}.toHocl\` returns`),
  )
}
