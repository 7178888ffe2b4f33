import { symbol } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { tuple, tuplesOf } from '../molecules.ts'
import { counts } from '../hand/words.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'
import type { Definition } from '../workload.ts'

const SEEN = symbol('SEEN')

type Words = Int32Array | readonly string[]

const counting: Omit<Definition<Words>, 'name' | 'data'> = {
  file: 'words',
  unit: 'words',
  sizes: [10_000, 100_000, 1_000_000],
  hand: (words) => {
    let sum = 0
    const count = counts<number | string>(words)
    for (const n of count.values()) sum += n * n
    return `${count.size}-${sum}`
  },
  program: {
    *molecules(words) {
      for (const word of words) yield tuple(word, 1)
    },
    result: (left) => squares(tuplesOf(left), 1),
  },
  variant: {
    *molecules(words) {
      for (const word of words) yield tuple(SEEN, 1, word)
    },
    result: (left) => squares(tuplesOf(left, SEEN), 1),
  },
}

/** N numbers as words, N/10 of them different; the result is how many there are and the sum of their squared counts. */
export const words = workload<Words>({
  ...counting,
  name: 'words',
  data: numbers,
  peers: { sizes: [10_000, 100_000, 300_000] },
})

/** The same with strings. */
export const wordsAsText = workload<Words>({
  ...counting,
  name: 'words-text',
  data: (size) => Array.from(numbers(size), (n) => `word${n}`),
})

function numbers(size: number): Int32Array {
  const random = new Lehmer()
  const different = Math.max(1, Math.floor(size / 10))
  return Int32Array.from({ length: size }, () => random.below(different))
}

function squares(tuples: Iterable<readonly Molecule[]>, countField: number): string {
  let different = 0
  let sum = 0
  for (const fields of tuples) {
    different++
    sum += Number(fields[countField]) ** 2
  }
  return `${different}-${sum}`
}
