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

/**
 * Which of the files in a folder was perhaps meant. The suffix alone makes no two names alike: they have
 * the same one and stems that are near, or the same stem.
 */
export function meantFile(name: string, names: readonly string[]): string | undefined {
  const { stem, suffix } = partsOf(name)
  const alike = names.filter((each) => partsOf(each).suffix === suffix)
  const similar = suggest(
    stem,
    alike.map((each) => partsOf(each).stem),
  )
  if (similar !== undefined) return `${similar}${suffix}`
  const namesakes = names.filter((each) => partsOf(each).stem === stem)
  return suggest(name, namesakes) ?? (namesakes.length === 1 ? namesakes[0] : undefined)
}

/** `a.b.hocl` is `a.b` and `.hocl`; what begins with a dot is all stem. */
function partsOf(name: string): { readonly stem: string; readonly suffix: string } {
  const dot = name.lastIndexOf('.')
  return dot <= 0
    ? { stem: name, suffix: '' }
    : { stem: name.slice(0, dot), suffix: name.slice(dot) }
}
