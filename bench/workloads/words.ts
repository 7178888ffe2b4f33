import { table } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { drawn, each } from '../molecules.ts'
import { counts } from '../hand/words.ts'
import { Lehmer } from '../lehmer.ts'
import { workload } from '../workload.ts'
import type { Definition } from '../workload.ts'

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
    molecules: (words) => [
      table(
        words,
        each(words.length, () => 1),
      ),
    ],
    result: (left) => squares(left.columns(undefined, 2)[1]),
  },
  variant: {
    molecules: (words) => [
      table(
        'SEEN',
        each(words.length, () => 1),
        words,
      ),
    ],
    result: (left) => squares(left.columns('SEEN', 2)[0]),
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
  return drawn(size, () => random.below(different))
}

function squares(counted: ArrayLike<Molecule> = []): string {
  let sum = 0
  for (let i = 0; i < counted.length; i++) sum += Number(counted[i]) ** 2
  return `${counted.length}-${sum}`
}
