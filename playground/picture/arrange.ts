/*
 * Circles in a circle. They never overlap; those that had a place stay near it, so that the eye can follow them; and
 * where nothing came or went, nothing moves.
 */

/** A circle that wants a place. */
export interface Circle {
  readonly r: number
  /** Where it was, or where it comes about; undefined where it is all the same. */
  readonly at: Point | undefined
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Places around 0, and the radius of the circle that holds all. */
export interface Arrangement {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly radius: number
}

/** Between two circles. */
const GAP = 2
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

/** Finds places for all circles, around 0. */
export function arrange(circles: readonly Circle[]): Arrangement {
  const n = circles.length
  const r = Float64Array.from(circles, (circle) => circle.r + GAP / 2)
  const [x, y] = seeds(circles, r)
  const homeless = circles.filter(({ at }) => at === undefined).length
  const isNew = homeless * 2 > n
  relax(x, y, r, { rounds: roundsFor(n, isNew), pull: isNew ? 0.06 : 0.0012 })
  settle(x, y, r)
  centre(x, y, r, isNew ? 0 : 0.12)
  let radius = 0
  for (let i = 0; i < n; i++)
    radius = Math.max(radius, Math.hypot(x[i] ?? 0, y[i] ?? 0) + (r[i] ?? 0))
  return { x, y, radius }
}

/** The more there are, the less each can be looked at. */
function roundsFor(n: number, isNew: boolean): number {
  const rounds = n <= 300 ? 80 : n <= 1_000 ? 40 : 20
  return isNew ? 2 * rounds : rounds
}

/** Where each begins: where it was, else on a spiral, the large ones inside. */
function seeds(circles: readonly Circle[], r: Float64Array): [Float64Array, Float64Array] {
  const x = new Float64Array(circles.length)
  const y = new Float64Array(circles.length)
  const homeless: number[] = []
  let area = 0
  for (const [i, { at }] of circles.entries()) {
    if (at === undefined) {
      homeless.push(i)
      continue
    }
    // Those that come about in one place would not know which way to go.
    const turn = i * GOLDEN_ANGLE
    x[i] = at.x + Math.cos(turn) * 0.01
    y[i] = at.y + Math.sin(turn) * 0.01
    area += (r[i] ?? 0) ** 2
  }
  homeless.sort((a, b) => (r[b] ?? 0) - (r[a] ?? 0) || a - b)
  const isEmpty = homeless.length === circles.length
  for (const [k, i] of homeless.entries()) {
    const own = (r[i] ?? 0) ** 2
    const distance = k === 0 && isEmpty ? 0 : Math.sqrt((area + own / 2) * 1.2)
    area += own
    x[i] = distance * Math.cos(k * GOLDEN_ANGLE)
    y[i] = distance * Math.sin(k * GOLDEN_ANGLE)
  }
  return [x, y]
}

/** Draws all a little towards the middle and pushes apart what overlaps, the larger of two less. */
function relax(
  x: Float64Array,
  y: Float64Array,
  r: Float64Array,
  { rounds, pull: most }: { readonly rounds: number; readonly pull: number },
): void {
  const grid = new Grid(r)
  for (let round = 0; round < rounds; round++) {
    const pull = most * (1 - round / rounds)
    for (let i = 0; i < x.length; i++) {
      x[i] = (x[i] ?? 0) * (1 - pull)
      y[i] = (y[i] ?? 0) * (1 - pull)
    }
    grid.fill(x, y)
    let largest = 0
    grid.pairs((i, j) => {
      largest = Math.max(largest, push(x, y, r, i, j))
    })
    if (largest < 0.02) return
  }
}

// Five numbers, so that nothing is made in the loop.
// eslint-disable-next-line max-params
function push(x: Float64Array, y: Float64Array, r: Float64Array, i: number, j: number): number {
  const dx = (x[j] ?? 0) - (x[i] ?? 0)
  const dy = (y[j] ?? 0) - (y[i] ?? 0)
  const wanted = (r[i] ?? 0) + (r[j] ?? 0)
  const square = dx * dx + dy * dy
  if (square >= wanted * wanted) return 0
  const distance = Math.sqrt(square)
  const turn = (i * 31 + j) * GOLDEN_ANGLE
  const ux = distance > 1e-6 ? dx / distance : Math.cos(turn)
  const uy = distance > 1e-6 ? dy / distance : Math.sin(turn)
  const overlap = wanted - distance
  const share = (r[j] ?? 0) ** 2 / ((r[i] ?? 0) ** 2 + (r[j] ?? 0) ** 2)
  x[i] = (x[i] ?? 0) - ux * overlap * share
  y[i] = (y[i] ?? 0) - uy * overlap * share
  x[j] = (x[j] ?? 0) + ux * overlap * (1 - share)
  y[j] = (y[j] ?? 0) + uy * overlap * (1 - share)
  return overlap
}

/**
 * What still overlaps goes straight outwards until it is free. Those further in are placed before, so each step ends
 * outside a circle that is placed, and there are only so many of them.
 */
function settle(x: Float64Array, y: Float64Array, r: Float64Array): void {
  const order = [...x.keys()].sort(
    (a, b) => Math.hypot(x[a] ?? 0, y[a] ?? 0) - Math.hypot(x[b] ?? 0, y[b] ?? 0) || a - b,
  )
  const grid = new Grid(r)
  grid.over(x, y)
  const placed: number[] = []
  const large: number[] = []
  for (const i of order) {
    const own = r[i] ?? 0
    let distance = Math.hypot(x[i] ?? 0, y[i] ?? 0)
    const turn = i * GOLDEN_ANGLE
    const ux = distance > 1e-9 ? (x[i] ?? 0) / distance : Math.cos(turn)
    const uy = distance > 1e-9 ? (y[i] ?? 0) / distance : Math.sin(turn)
    let next = distance
    const look = (j: number): void => {
      const wanted = own + (r[j] ?? 0)
      const [dx, dy] = [(x[j] ?? 0) - ux * distance, (y[j] ?? 0) - uy * distance]
      if (dx * dx + dy * dy >= wanted * wanted - 1e-9) return
      // Where the ray leaves the circle around j in which the middle of i must not be.
      const along = (x[j] ?? 0) * ux + (y[j] ?? 0) * uy
      const aside = (x[j] ?? 0) ** 2 + (y[j] ?? 0) ** 2 - along * along
      next = Math.max(next, along + Math.sqrt(Math.max(0, wanted * wanted - aside)) + 1e-6)
    }
    for (;;) {
      if (grid.isLarge(i)) placed.forEach(look)
      else {
        grid.near(ux * distance, uy * distance, look)
        large.forEach(look)
      }
      if (next <= distance) break
      distance = next
    }
    x[i] = ux * distance
    y[i] = uy * distance
    placed.push(i)
    if (grid.isLarge(i)) large.push(i)
    else grid.add(i, x[i] ?? 0, y[i] ?? 0)
  }
}

/**
 * Moves all so that the circle around them, which is drawn around 0, is small; not where they are off the middle by
 * less than this share of its radius, so that what is there does not drift.
 */
function centre(x: Float64Array, y: Float64Array, r: Float64Array, tolerance: number): void {
  let [cx, cy, radius] = [0, 0, 0]
  // Badoiu & Clarkson 2003: towards the farthest, by less and less.
  for (let round = 1; round <= 60; round++) {
    let [farthest, distance] = [-1, -1]
    for (let i = 0; i < x.length; i++) {
      const d = Math.hypot((x[i] ?? 0) - cx, (y[i] ?? 0) - cy) + (r[i] ?? 0)
      if (d > distance) [farthest, distance] = [i, d]
    }
    if (farthest < 0) return
    radius = distance
    cx += ((x[farthest] ?? 0) - cx) / (round + 1)
    cy += ((y[farthest] ?? 0) - cy) / (round + 1)
  }
  if (x.length > 1 && Math.hypot(cx, cy) < tolerance * radius) return
  for (let i = 0; i < x.length; i++) {
    x[i] = (x[i] ?? 0) - cx
    y[i] = (y[i] ?? 0) - cy
  }
}

/**
 * Finds the circles near a place. Small ones are in cells as wide as the widest of them, so that what touches is in the
 * same cell or beside it; large ones are few and are all looked at. What is outside counts to the cells at the border.
 */
class Grid {
  readonly #r: Float64Array
  readonly #most: number
  readonly #large: number[] = []
  #side: number
  #left = 0
  #top = 0
  #columns = 1
  #rows = 1
  #head = new Int32Array(1)
  readonly #next: Int32Array

  constructor(r: Float64Array) {
    this.#r = r
    const sorted = Float64Array.from(r).sort()
    this.#most = 4 * (sorted[Math.floor(sorted.length / 2)] ?? 1)
    this.#side = Math.max(1, 2 * Math.min(this.#most, sorted.at(-1) ?? 1))
    this.#next = new Int32Array(r.length)
    for (const i of r.keys()) if (this.isLarge(i)) this.#large.push(i)
  }

  isLarge(i: number): boolean {
    return (this.#r[i] ?? 0) > this.#most
  }

  /** Cells for where the circles are now, and nothing in them. */
  over(x: Float64Array, y: Float64Array): void {
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
    for (let i = 0; i < x.length; i++) {
      left = Math.min(left, x[i] ?? 0)
      right = Math.max(right, x[i] ?? 0)
      top = Math.min(top, y[i] ?? 0)
      bottom = Math.max(bottom, y[i] ?? 0)
    }
    const [width, height] = [Math.max(0, right - left), Math.max(0, bottom - top)]
    // Where they are far apart there are not to be many more cells than circles.
    this.#side = Math.max(this.#side, Math.sqrt((width * height) / (4 * x.length + 64)))
    this.#left = left
    this.#top = top
    this.#columns = Math.floor(width / this.#side) + 1
    this.#rows = Math.floor(height / this.#side) + 1
    const cells = this.#columns * this.#rows
    if (this.#head.length < cells) this.#head = new Int32Array(cells)
    this.#head.fill(-1)
  }

  fill(x: Float64Array, y: Float64Array): void {
    this.over(x, y)
    for (let i = 0; i < x.length; i++) if (!this.isLarge(i)) this.add(i, x[i] ?? 0, y[i] ?? 0)
  }

  add(i: number, x: number, y: number): void {
    const cell = this.#row(y) * this.#columns + this.#column(x)
    this.#next[i] = this.#head[cell] ?? -1
    this.#head[cell] = i
  }

  /** Each two that may touch, once. */
  pairs(take: (i: number, j: number) => void): void {
    for (const [k, i] of this.#large.entries()) {
      for (let j = 0; j < this.#r.length; j++) if (!this.isLarge(j)) take(i, j)
      for (const j of this.#large.slice(k + 1)) take(i, j)
    }
    for (let row = 0; row < this.#rows; row++)
      for (let column = 0; column < this.#columns; column++) {
        const first = this.#head[row * this.#columns + column] ?? -1
        for (let i = first; i >= 0; i = this.#next[i] ?? -1) {
          for (let j = this.#next[i] ?? -1; j >= 0; j = this.#next[j] ?? -1) take(i, j)
          this.#beside(row, column + 1, i, take)
          this.#beside(row + 1, column - 1, i, take)
          this.#beside(row + 1, column, i, take)
          this.#beside(row + 1, column + 1, i, take)
        }
      }
  }

  #beside(row: number, column: number, i: number, take: (i: number, j: number) => void): void {
    if (row >= this.#rows || column < 0 || column >= this.#columns) return
    let j = this.#head[row * this.#columns + column] ?? -1
    for (; j >= 0; j = this.#next[j] ?? -1) take(i, j)
  }

  /** Small circles that were added and may touch a small one here. */
  near(x: number, y: number, take: (i: number) => void): void {
    const [row, column] = [this.#row(y), this.#column(x)]
    for (let i = Math.max(0, row - 1); i <= Math.min(this.#rows - 1, row + 1); i++)
      for (let j = Math.max(0, column - 1); j <= Math.min(this.#columns - 1, column + 1); j++) {
        let each = this.#head[i * this.#columns + j] ?? -1
        for (; each >= 0; each = this.#next[each] ?? -1) take(each)
      }
  }

  #row(y: number): number {
    return Math.min(this.#rows - 1, Math.max(0, Math.floor((y - this.#top) / this.#side)))
  }

  #column(x: number): number {
    return Math.min(this.#columns - 1, Math.max(0, Math.floor((x - this.#left) / this.#side)))
  }
}
