import { Symmetry } from '../kinetics/symmetry.ts'
import type { Take, Takes } from '../kinetics/take.ts'
import type { Anatomy, Head } from './heads.ts'

/** In rules of more heads not every exchange can be tried. */
const MOST_HEADS = 6

const known = new WeakMap<Anatomy, ReadonlyMap<Head, Head>>()

/**
 * The first head that a molecule might as well be tried as, for each head that is not the first of its kind:
 * `replace x, y by x + y` is the same rule with its heads exchanged, so what is found with a molecule as `y`
 * is found with it as `x`.
 */
export function repeatedHeads(anatomy: Anatomy): ReadonlyMap<Head, Head> {
  let repeated = known.get(anatomy)
  if (repeated === undefined) known.set(anatomy, (repeated = repeatedIn(anatomy)))
  return repeated
}

function repeatedIn(anatomy: Anatomy): ReadonlyMap<Head, Head> {
  const { heads, shape, opened } = anatomy
  const repeated = new Map<Head, Head>()
  const isPlain = opened.length === 0 && heads.every(({ reactant }) => reactant.kind === 'single')
  if (heads.length < 2 || heads.length > MOST_HEADS || !isPlain || !hasTwins(heads)) return repeated
  const takes = heads.map(({ reactant: { pattern } }, position): Take => {
    return { position, pattern, copies: { kind: 'literal', n: 1 }, slots: [] }
  })
  const whole: Takes = { shape, takes, positions: takes, takesIn: () => [] }
  const symmetry = new Symmetry(whole)
  for (const [at, head] of heads.entries()) {
    const first = heads.find(
      (other, earlier) => earlier < at && !repeated.has(other) && symmetry.canGo(at, earlier),
    )
    if (first !== undefined) repeated.set(head, first)
  }
  return repeated
}

/** Whether two heads look alike at first sight: mostly none do, and there is nothing to compare. */
function hasTwins(heads: readonly Head[]): boolean {
  const looks = heads.map(({ reactant: { pattern } }) => {
    if (pattern.kind !== 'tuple') return pattern.kind
    const [tag] = pattern.fields
    const name =
      tag?.kind === 'constant' && typeof tag.value === 'object' && tag.value.kind === 'symbol'
        ? tag.value.name
        : ''
    return `${String(pattern.fields.length)} ${name}`
  })
  return new Set(looks).size < looks.length
}
