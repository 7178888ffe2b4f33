import { equal, isInfinite } from '../../interpreter/index.ts'
import type { Int, Molecule, Pattern, Slot } from '../../interpreter/index.ts'
import { Canonical } from './canonical.ts'
import type { Naming } from './canonical.ts'
import { solutionPatternsIn } from './solution-patterns.ts'
import type { Take, Takes } from './take.ts'

/*
 * Permutations of patterns that leave a rule unchanged. `replace x, y by x * y` is the same rule with its
 * patterns exchanged, so a pair of molecules is one way for it, not two. Patterns inside a pattern of a
 * solution can change places among themselves, and go with it where it does.
 */

/** What one take of a match drew, and from how much: with what was drawn inside it, if it is a solution. */
export interface Draw {
  readonly position: number
  readonly molecule: Molecule
  /** How many copies there were for it. */
  readonly among: Int
  /** In how many ways its copies could be chosen among those. */
  readonly ways: number
  readonly inside: readonly Draw[]
}

/** The image of each position. */
type Permutation = readonly number[]

/** Takes of one pattern of a solution, or the rule's own, that go to those of another. */
interface Level {
  readonly from: readonly Take[]
  readonly to: readonly Take[]
}

interface State {
  readonly image: Permutation
  /** What each variable is called after it, both ways. */
  readonly names: ReadonlyMap<Slot, Slot>
  readonly origins: ReadonlyMap<Slot, Slot>
  /** Levels to be gone through; the first one from its take number `next` on. */
  readonly levels: readonly Level[]
  readonly next: number
}

type MayGo = (from: number, to: number) => boolean

export class Symmetry {
  readonly #takes: Takes
  readonly #canonical: Canonical
  readonly #unchanged: string
  /** What tells variables apart by where they stand in the rule: those of one image have the same. */
  readonly #traits = new Map<Slot, string>()
  #order: number | undefined

  constructor(takes: Takes) {
    this.#takes = takes
    this.#canonical = new Canonical(takes)
    this.#unchanged = takes.positions.length < 2 ? '' : this.#canonical.body(plain)
  }

  /** How many permutations there are, the one that moves nothing included. */
  get order(): number {
    this.#order ??= this.#count()
    return this.#order
  }

  /** Whether some permutation takes one position to another. */
  canGo(from: number, to: number): boolean {
    return this.#permutations((a, b) => a !== from || b === to).next().done !== true
  }

  /**
   * The part of a way that a choice is, for what it drew: 1 through the order, unless several takes drew
   * from one endless supply. Then exchanging them is no other choice, and it counts for more.
   */
  share(draws: readonly Draw[]): number {
    if (this.order === 1) return 1
    if (!draws.some(isEndless)) return 1 / this.order
    const drawn: Draw[] = []
    note(draws, drawn)
    const mayGo: MayGo = (from, to) => {
      const [a, b] = [drawn[from], drawn[to]]
      return a !== undefined && b !== undefined && equal(a.molecule, b.molecule)
    }
    let fixed = 0
    for (const permutation of this.#permutations(mayGo)) fixed += fixedBy(permutation, draws)
    return fixed / (this.order * insideWays(draws))
  }

  /**
   * The number of permutations is the product over the positions of how many images each has while those
   * before it stay where they are.
   */
  #count(): number {
    const { positions } = this.#takes
    if (positions.length < 2) return 1
    let order = 1
    for (const { position } of positions) {
      let images = 0
      for (let image = position; image < positions.length; image++) {
        const mayGo: MayGo = (from, to) =>
          from < position ? from === to : from !== position || to === image
        if (image === position || !this.#permutations(mayGo).next().done) images++
      }
      order *= images
    }
    return order
  }

  *#permutations(mayGo: MayGo): Generator<Permutation> {
    const { takes } = this.#takes
    const levels = [{ from: takes, to: takes }]
    yield* this.#extended(
      { image: [], names: new Map(), origins: new Map(), levels, next: 0 },
      mayGo,
    )
  }

  *#extended(state: State, mayGo: MayGo): Generator<Permutation> {
    const [level, ...others] = state.levels
    if (level === undefined) {
      const renamed: Naming = (slot) => plain(state.names.get(slot) ?? slot)
      if (this.#canonical.body(renamed) === this.#unchanged) yield state.image
      return
    }
    const take = level.from[state.next]
    if (take === undefined) {
      yield* this.#extended({ ...state, levels: others, next: 0 }, mayGo)
      return
    }
    for (const image of level.to) {
      if (state.image.includes(image.position) || !mayGo(take.position, image.position)) continue
      const moved = this.#moved(state, take, image)
      if (moved !== undefined) yield* this.#extended(moved, mayGo)
    }
  }

  /** The state with one take more that has an image, unless the two are not alike. */
  #moved(state: State, from: Take, to: Take): State | undefined {
    const renaming: Renaming = {
      names: new Map(state.names),
      origins: new Map(state.origins),
      isAlike: (a, b) => this.#traitOf(a) === this.#traitOf(b),
    }
    if (!this.#areAlike(from, to, renaming) || !this.#isPossible(renaming)) return undefined
    const image = [...state.image]
    image[from.position] = to.position
    const sources = solutionPatternsIn(from.pattern).map((p) => this.#takes.takesIn(p))
    const targets = solutionPatternsIn(to.pattern).map((p) => this.#takes.takesIn(p))
    const inner = sources.map((takes, i): Level => ({ from: takes, to: targets[i] ?? [] }))
    const { names, origins } = renaming
    return { image, names, origins, levels: [...state.levels, ...inner], next: state.next + 1 }
  }

  /** Whether the rule looks the same before and after, as far as it is known what goes where. */
  #isPossible({ names, origins }: Renaming): boolean {
    const before: Naming = (slot) => (origins.has(slot) ? plain(slot) : '_')
    const after: Naming = (slot) => {
      const image = names.get(slot)
      return image === undefined ? '_' : plain(image)
    }
    return this.#canonical.body(after) === this.#canonical.body(before)
  }

  #areAlike(from: Take, to: Take, renaming: Renaming): boolean {
    const [a, b] = [from.copies, to.copies]
    if (a.kind === 'all')
      return (
        b.kind === 'all' &&
        areAlike(from.pattern, to.pattern, renaming) &&
        rename(a.slot, b.slot, renaming)
      )
    const isSameNumber =
      a.kind === 'literal'
        ? b.kind === 'literal' && a.n === b.n
        : b.kind === 'captured' &&
          this.#canonical.expression(a.expression, plain) ===
            this.#canonical.expression(b.expression, plain)
    return isSameNumber && areAlike(from.pattern, to.pattern, renaming)
  }

  #traitOf(slot: Slot): string {
    let trait = this.#traits.get(slot)
    if (trait === undefined) {
      trait = this.#canonical.body((other) => (other === slot ? 'this' : 'other'))
      this.#traits.set(slot, trait)
    }
    return trait
  }
}

interface Renaming {
  readonly names: Map<Slot, Slot>
  readonly origins: Map<Slot, Slot>
  readonly isAlike: (a: Slot, b: Slot) => boolean
}

function plain(slot: Slot): string {
  return `$${String(slot)}`
}

/** Notes that one variable goes to another, unless either has another partner already. */
function rename(from: Slot, to: Slot, { names, origins, isAlike }: Renaming): boolean {
  const [image, origin] = [names.get(from), origins.get(to)]
  if (image !== undefined || origin !== undefined) return image === to && origin === from
  if (from !== to && !isAlike(from, to)) return false
  names.set(from, to)
  origins.set(to, from)
  return true
}

/** Whether two patterns differ in their variables only, as the renaming has them. */
function areAlike(from: Pattern, to: Pattern, renaming: Renaming): boolean {
  switch (from.kind) {
    case 'variable':
      return (
        to.kind === 'variable' && isSame(from.type, to.type) && rename(from.slot, to.slot, renaming)
      )
    case 'wildcard':
      return to.kind === 'wildcard' && isSame(from.type, to.type)
    case 'constant':
      return to.kind === 'constant' && equal(from.value, to.value)
    case 'rule':
      return to.kind === 'rule' && from.name === to.name && rename(from.slot, to.slot, renaming)
    case 'tuple':
      return (
        to.kind === 'tuple' &&
        from.fields.length === to.fields.length &&
        from.fields.every((field, i) => {
          const other = to.fields[i]
          return other !== undefined && areAlike(field, other, renaming)
        })
      )
    case 'list':
      return (
        to.kind === 'list' &&
        from.items.length === to.items.length &&
        from.items.every((item, i) => {
          const other = to.items[i]
          if (item.kind === 'rest')
            return other?.kind === 'rest' && rename(item.slot, other.slot, renaming)
          return other?.kind === 'item' && areAlike(item.pattern, other.pattern, renaming)
        })
      )
    case 'solution':
      return (
        to.kind === 'solution' &&
        from.patterns.length === to.patterns.length &&
        from.rests.length === to.rests.length &&
        from.rests.every((rest, i) => rename(rest, to.rests[i] ?? rest, renaming))
      )
  }
}

/** Types are small plain data; a class is told by its name. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

// — shares

function isEndless(draw: Draw): boolean {
  return isInfinite(draw.among) || draw.inside.some(isEndless)
}

function note(draws: readonly Draw[], byPosition: Draw[]): void {
  for (const draw of draws) {
    byPosition[draw.position] = draw
    note(draw.inside, byPosition)
  }
}

/** How many ways there are inside what was drawn. */
export function insideWays(draws: readonly Draw[]): number {
  let ways = 1
  for (const { inside } of draws) for (const draw of inside) ways *= draw.ways * insideWays([draw])
  return ways
}

/**
 * How many of the choices that draw so are the same after a permutation, over the choices of the rule's
 * own takes: those cancel out. A cycle of takes must draw from one supply, and what the first draws
 * inside decides for all; but once around, the choice must have come back to itself (Burnside 1897).
 */
function fixedBy(permutation: Permutation, draws: readonly Draw[], isOutermost = true): number {
  let fixed = 1
  const seen = new Set<number>()
  for (const draw of draws) {
    if (seen.has(draw.position)) continue
    let length = 0
    let at = draw.position
    do {
      seen.add(at)
      at = permutation[at] ?? at
      length++
    } while (at !== draw.position)
    if (length > 1 && !isInfinite(draw.among)) return 0
    fixed *= (isOutermost ? 1 : draw.ways) * fixedBy(power(permutation, length), draw.inside, false)
  }
  return fixed
}

function power(permutation: Permutation, exponent: number): Permutation {
  if (exponent === 1) return permutation
  return permutation.map((image) => {
    let at = image
    for (let i = 1; i < exponent; i++) at = permutation[at] ?? at
    return at
  })
}
