import type { Int } from './integer.ts'
import { demote } from './integer.ts'
import { Float } from './molecule.ts'
import { JsonReader } from './data/json-reader.ts'
import type { JsonMaker } from './data/json-reader.ts'
import { DEEPEST_DATA } from './size-limits.ts'

/** A value of JSON as JavaScript has it. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/**
 * A value of JSON as it was written: integers exact at any size, floats apart from them, and an object
 * a map, so that a member may have any name.
 */
export type JsonData =
  null | boolean | Int | Float | string | readonly JsonData[] | ReadonlyMap<string, JsonData>

/** Keeps JSON as it was written. */
export const jsonData: JsonMaker<JsonData> = {
  int: (value) => (typeof value === 'bigint' ? demote(value) : value),
  float: (value) => new Float(value),
  text: (value) => value,
  boolean: (value) => value,
  nothing: () => null,
  array: (items) => items,
  object: (members) => members,
}

/** In the exchange form a level of molecules takes up to three of JSON. */
export const DEEPEST_JSON = 3 * DEEPEST_DATA + 3

/** Reads a text of JSON; it may nest deeply. A mistake is a `DataError` with line and column. */
export function parseJson(text: string, file = 'json'): JsonData {
  const reader = new JsonReader(jsonData, 'document', file, DEEPEST_JSON)
  const [value] = [...reader.push(text), ...reader.end()]
  return value ?? null
}
