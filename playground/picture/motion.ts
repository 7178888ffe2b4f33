import type { Point } from './arrange.ts'
import type { Bubble, Membrane, Scene } from './scene.ts'

/*
 * From one scene to the next: what reacts moves together and pulses, products appear where it met, and the others
 * make room. All of it is a function of how far the change has come, from 0 to 1.
 */

/** A bubble as it is drawn at one moment. */
export interface Drawn<T> {
  readonly thing: T
  x: number
  y: number
  r: number
  alpha: number
  /** How much it shines, from 0 to 1. */
  glow: number
}

/** A place where a reaction happens. */
export interface Flash {
  readonly at: Point
  readonly r: number
}

export interface Frame {
  readonly bubbles: Drawn<Bubble>[]
  readonly membranes: (Drawn<Membrane> & { calm: number })[]
  readonly flashes: readonly Flash[]
  /** From 0 to 1, of all flashes. */
  readonly flash: number
}

interface Move<T extends Place> {
  readonly thing: T
  readonly from: Place | undefined
  readonly to: Place | undefined
  /** Where it goes before it goes away, or comes from. */
  readonly via: Point | undefined
  readonly isReacting: boolean
}

interface Place extends Point {
  readonly r: number
}

/** What changes between two scenes. */
export interface Change {
  readonly bubbles: readonly Move<Bubble>[]
  readonly membranes: readonly (Move<Membrane> & { readonly wasInert: boolean })[]
  readonly flashes: readonly Flash[]
}

/** Beyond so many bubbles that come and go, each goes its own way and nothing flashes. */
const MANY = 24

/**
 * The change from what is on the screen to a scene. `reacting` are the texts of rules and catalysts that take part
 * and stay.
 */
export function changeTo(
  scene: Scene,
  shown: Frame | undefined,
  reacting: ReadonlySet<string> = new Set(),
): Change {
  const was = new Map(
    shown?.bubbles.filter(({ alpha }) => alpha > 0.05).map((d) => [d.thing.id, d]),
  )
  const wasMembrane = new Map(shown?.membranes.map((d) => [d.thing.id, d]))
  const is = new Set(scene.bubbles.map(({ id }) => id))
  const gone = [...was.values()].filter(({ thing }) => !is.has(thing.id))
  const come = scene.bubbles.filter(({ id }) => !was.has(id))
  const isBusy = gone.length + come.length > MANY
  const helping = isBusy
    ? new Map<number, Drawn<Bubble>>()
    : helpersOf(gone, come, { was, reacting })
  const meeting = [...helping.values()].filter(({ thing }) => thing.kind !== 'rule')
  const meetings = isBusy ? new Map<number, Flash>() : meetingsOf([...gone, ...meeting], come)
  return {
    // Those of one colour one after the other, which is drawn quicker.
    bubbles: [
      ...gone.map((drawn): Move<Bubble> => {
        const via = meetings.get(drawn.thing.membrane)?.at
        return { thing: drawn.thing, from: placeOf(drawn), to: undefined, via, isReacting: !isBusy }
      }),
      ...scene.bubbles.map((bubble): Move<Bubble> => {
        const from = was.get(bubble.id)
        return {
          thing: bubble,
          from: from && placeOf(from),
          to: bubble,
          via:
            from === undefined || (helping.has(bubble.id) && bubble.kind !== 'rule')
              ? meetings.get(bubble.membrane)?.at
              : undefined,
          isReacting: helping.has(bubble.id),
        }
      }),
    ].sort((a, b) => (a.thing.group < b.thing.group ? -1 : a.thing.group > b.thing.group ? 1 : 0)),
    membranes: [
      ...[...wasMembrane.values()]
        .filter(({ thing }) => !scene.membranes.some(({ id }) => id === thing.id))
        .map((drawn) => ({
          thing: drawn.thing,
          from: placeOf(drawn),
          to: undefined,
          via: undefined,
          isReacting: false,
          wasInert: drawn.thing.isInert,
        })),
      ...scene.membranes.map((membrane) => {
        const from = wasMembrane.get(membrane.id)
        return {
          thing: membrane,
          from: from && placeOf(from),
          to: membrane,
          via: undefined,
          isReacting: false,
          wasInert: from?.thing.isInert ?? membrane.isInert,
        }
      }),
    ],
    flashes: [...meetings.values()],
  }
}

/** What takes part in a reaction and stays: in each membrane where something changes, the nearest of each text. */
function helpersOf(
  gone: readonly Drawn<Bubble>[],
  come: readonly Bubble[],
  { was, reacting }: { was: ReadonlyMap<number, Drawn<Bubble>>; reacting: ReadonlySet<string> },
): Map<number, Drawn<Bubble>> {
  const places = meetingsOf(gone, come)
  const isGone = new Set(gone.map(({ thing }) => thing.id))
  const nearest = new Map<string, { drawn: Drawn<Bubble>; distance: number }>()
  for (const drawn of was.values()) {
    const { thing, x, y } = drawn
    const place = places.get(thing.membrane)?.at
    if (place === undefined || isGone.has(thing.id) || !reacting.has(thing.text)) continue
    const name = `${String(thing.membrane)} ${thing.text}`
    const distance = Math.hypot(place.x - x, place.y - y)
    if (distance < (nearest.get(name)?.distance ?? Infinity)) nearest.set(name, { drawn, distance })
  }
  return new Map([...nearest.values()].map(({ drawn }) => [drawn.thing.id, drawn]))
}

/** In each membrane, the middle of what takes part in its reaction. */
function meetingsOf(gone: readonly Drawn<Bubble>[], come: readonly Bubble[]): Map<number, Flash> {
  const sums = new Map<number, { x: number; y: number; n: number; r: number }>()
  for (const { thing, x, y, r } of gone) {
    const sum = sums.get(thing.membrane) ?? { x: 0, y: 0, n: 0, r: 0 }
    sum.x += x
    sum.y += y
    sum.n++
    sum.r = Math.max(sum.r, r)
    sums.set(thing.membrane, sum)
  }
  for (const { membrane, x, y, r } of come)
    if (!sums.has(membrane)) sums.set(membrane, { x, y, n: 1, r })
  return new Map(
    [...sums].map(([membrane, { x, y, n, r }]) => [membrane, { at: { x: x / n, y: y / n }, r }]),
  )
}

function placeOf({ x, y, r }: Place): Place {
  return { x, y, r }
}

/** Where everything is when a change has come so far. */
export function frameAt({ bubbles, membranes, flashes }: Change, t: number): Frame {
  const drawn: Drawn<Bubble>[] = []
  for (const move of bubbles) {
    const each = at(move, t)
    if (each.alpha > 0 && each.r > 0) drawn.push(each)
  }
  return {
    bubbles: drawn,
    membranes: membranes.map((move) => {
      const own = membraneAt(move, t)
      const [was, is] = [move.wasInert ? 1 : 0, move.thing.isInert ? 1 : 0]
      return { ...own, calm: was + (is - was) * smooth(part(t, 0.3, 1)) }
    }),
    flashes: t > 0.35 && t < 0.85 ? flashes : [],
    flash: part(t, 0.35, 0.85),
  }
}

function membraneAt({ thing, from, to }: Move<Membrane>, t: number): Drawn<Membrane> {
  const way = smooth(part(t, 0.25, 1))
  if (from !== undefined && to !== undefined)
    return { thing, ...between(from, to, way), alpha: 1, glow: 0 }
  const place = from ?? to ?? { x: 0, y: 0, r: 0 }
  const alpha = to === undefined ? 1 - part(t, 0.3, 0.6) : part(t, 0.4, 0.8)
  return { thing, x: place.x, y: place.y, r: place.r, alpha, glow: 0 }
}

function at({ thing, from, to, via, isReacting }: Move<Bubble>, t: number): Drawn<Bubble> {
  if (from !== undefined && to !== undefined) {
    const glow = isReacting ? Math.sin(Math.PI * part(t, 0.05, 0.75)) : 0
    const way = between(from, to, smooth(part(t, 0.3, 1)))
    // What helps comes to the place, and goes back to its own.
    const lean = via === undefined ? 0 : eager(part(t, 0, 0.45)) * (1 - smooth(part(t, 0.5, 0.95)))
    const place = via === undefined ? way : between(way, { ...via, r: way.r }, lean)
    return { thing, ...place, r: place.r * (1 + glow * 0.12), alpha: 1, glow }
  }
  if (from !== undefined) {
    const place =
      via === undefined ? from : between(from, { ...via, r: from.r }, eager(part(t, 0, 0.45)))
    const glow = isReacting ? part(t, 0.05, 0.4) : 0
    const left = 1 - part(t, 0.45, 0.6)
    return { thing, ...place, r: from.r * left * (1 + glow * 0.1), alpha: left, glow: glow * left }
  }
  const end = to ?? { x: 0, y: 0, r: 0 }
  const start = via === undefined ? end : { ...via, r: end.r }
  const place = between(start, end, smooth(part(t, 0.55, 1)))
  const size = springy(part(t, 0.45, 0.8))
  const glow = 1 - part(t, 0.6, 1)
  return {
    thing,
    ...place,
    r: end.r * size,
    alpha: Math.min(1, size * 1.5),
    glow: size > 0 ? glow : 0,
  }
}

function between(a: Place, b: Place, t: number): Place {
  // What stands still is to stand exactly still.
  if (t <= 0) return placeOf(a)
  if (t >= 1) return placeOf(b)
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t, r: a.r + (b.r - a.r) * t }
}

function part(t: number, start: number, end: number): number {
  return Math.min(1, Math.max(0, (t - start) / (end - start)))
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t)
}

function eager(t: number): number {
  return t * t * t * (t * (6 * t - 15) + 10)
}

/** A little too large before it is right. */
function springy(t: number): number {
  return t <= 0 ? 0 : t >= 1 ? 1 : 1 - (1 - t) ** 2 * (1 - 2.2 * t)
}
