import { suggest } from '../grammar/index.ts'

/** Which of a few words was perhaps meant: the nearest one, or the only one that the word is short for. */
export function meant(word: string, words: Iterable<string>): string | undefined {
  const known = [...words]
  const [only, ...others] = known.filter((each) => isShortFor(word, each))
  return suggest(word, known) ?? (others.length === 0 ? only : undefined)
}

/** It begins alike, and its letters come in their order: `rnd` for `random`. */
function isShortFor(word: string, whole: string): boolean {
  const letters = word.toLowerCase()
  if (letters.length < 2 || letters[0] !== whole[0]?.toLowerCase()) return false
  let at = 0
  for (const letter of whole.toLowerCase()) if (letter === letters[at]) at++
  return at === letters.length
}
