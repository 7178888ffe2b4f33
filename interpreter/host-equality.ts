import { hashText, mix } from './hash.ts'

/*
 * Host values compare with their own `equals` and `hashCode`, else structurally: same prototype, same
 * own enumerable fields. A value that holds itself is equal to itself only.
 */

export function equalHostValues(a: object, b: object): boolean {
  if (a === b) return true
  if (hasEquals(a)) return a.equals(b) === true
  return equalStructure(a, b, new Set())
}

export function hashHostValue(className: string, value: object): number {
  const h = hashText(className)
  if (hasHashCode(value)) return mix(h, Number(value.hashCode()) | 0)
  // Without a hash of its own, equal structure must still mean equal hash; the field names are enough of one.
  return mix(h, hashText(Object.keys(value).join(',')))
}

function hasEquals(value: object): value is { equals(other: unknown): unknown } {
  return 'equals' in value && typeof value.equals === 'function'
}

function hasHashCode(value: object): value is { hashCode(): unknown } {
  return 'hashCode' in value && typeof value.hashCode === 'function'
}

function equalStructure(a: unknown, b: unknown, seen: Set<unknown>): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (seen.has(a) || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  const left = Object.entries(a)
  const right = new Map(Object.entries(b))
  // Objects without fields, such as those of `new Object()`, are each their own.
  if (left.length === 0 || left.length !== right.size) return false
  seen.add(a)
  return left.every(([key, value]) => right.has(key) && equalStructure(value, right.get(key), seen))
}
