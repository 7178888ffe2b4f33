/**
 * A short array without the room that V8 leaves behind its last item: sixteen places after a first `push`,
 * which for a million small tuples are hundreds of megabytes.
 */
export function fitted<T>(items: T[]): T[] {
  return items.length < 64 ? items.slice() : items
}
