/**
 * The known word that was perhaps meant: the nearest by edit distance, if it is near enough for its
 * length. Of equally near ones the first in `known` wins.
 */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  let limit = Math.max(1, Math.floor(word.length / 3))
  let nearest: string | undefined
  for (const candidate of known) {
    if (candidate === word || Math.abs(candidate.length - word.length) > limit) continue
    const distance = editDistance(word, candidate)
    // A word of which nothing remains is no suggestion.
    if (distance > limit || distance >= Math.max(word.length, candidate.length)) continue
    nearest = candidate
    limit = distance - 1
    if (limit < 0) break
  }
  return nearest
}

/** All known words that may have been meant, the nearest first. */
export function nearest(word: string, known: Iterable<string>): readonly string[] {
  const limit = Math.max(1, Math.floor(word.length / 3))
  const near: { readonly candidate: string; readonly distance: number }[] = []
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > limit) continue
    const distance = editDistance(word, candidate)
    if (distance <= limit && distance < Math.max(word.length, candidate.length))
      near.push({ candidate, distance })
  }
  return near.sort((a, b) => a.distance - b.distance).map(({ candidate }) => candidate)
}

/**
 * How many letters must be added, left out, changed, or swapped with their neighbour; a change of
 * case alone counts as nothing (optimal string alignment, Damerau 1964).
 */
export function editDistance(from: string, to: string): number {
  const one = [...from.toLowerCase()]
  const other = [...to.toLowerCase()]
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, column) => column)
  one.forEach((letter, row) => {
    const current = [row + 1]
    other.forEach((target, column) => {
      const changed = (last[column] ?? 0) + (letter === target ? 0 : 1)
      const added = (current[column] ?? 0) + 1
      const removed = (last[column + 1] ?? 0) + 1
      const isSwap = letter === other[column - 1] && target === one[row - 1]
      const swapped = isSwap ? (before[column - 1] ?? 0) + 1 : Infinity
      current.push(Math.min(changed, added, removed, swapped))
    })
    before = last
    last = current
  })
  return last[other.length] ?? 0
}
