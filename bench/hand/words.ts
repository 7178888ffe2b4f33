/** How often each word comes. The words may be anything, so a map counts them. */
export function counts<Word>(words: ArrayLike<Word>): Map<Word, number> {
  const count = new Map<Word, number>()
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    count.set(word, (count.get(word) ?? 0) + 1)
  }
  return count
}
