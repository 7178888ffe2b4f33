import type { SolutionForm } from '../session/messages.ts'
import { arrange } from './arrange.ts'
import type { Circle, Point } from './arrange.ts'
import { nested } from './nest.ts'
import type { Drop, Nest } from './nest.ts'

/*
 * A solution as circles in circles. A scene is made from the one before, so that what is still there keeps its number
 * and, as far as there is room, its place.
 */

/** A molecule in its place, or many that are shown as one. */
export interface Bubble extends Drop {
  /** The same from scene to scene. */
  readonly id: number
  readonly membrane: number
  readonly x: number
  readonly y: number
}

/** The border of a solution; the first one of a scene is that of the outermost solution. */
export interface Membrane extends Omit<Nest, 'drops' | 'nests'> {
  readonly id: number
  /** The membrane around; undefined for the outermost. */
  readonly parent: number | undefined
  readonly x: number
  readonly y: number
  readonly r: number
}

export interface Scene {
  readonly bubbles: readonly Bubble[]
  /** Outer ones before inner ones. */
  readonly membranes: readonly Membrane[]
  /** Whether molecules are shown by group, being too many. */
  readonly isGrouped: boolean
  /** What the next new bubble or membrane is called. */
  readonly next: number
}

export const EMPTY_SCENE: Scene = { bubbles: [], membranes: [], isGrouped: false, next: 1 }

const PADDING = 7
const LEAST_RADIUS = 18

/** The scene of a solution, as near as it can be to the one before. */
export function sceneOf(solution: SolutionForm, before: Scene = EMPTY_SCENE): Scene {
  const { nest, isGrouped } = nested(solution)
  return { ...new Placing(before).place(nest), isGrouped }
}

/** What was in a membrane before, by key, to be taken from. */
interface Known {
  readonly bubbles: Map<string, Bubble[]>
  readonly membranes: Membrane[]
  readonly at: Point
}

/** A nest with a radius, and the places of what is in it around its middle. */
interface Placed {
  readonly nest: Nest
  readonly id: number
  readonly radius: number
  readonly drops: readonly { readonly drop: Drop; readonly id: number; readonly at: Point }[]
  readonly nests: readonly { readonly placed: Placed; readonly at: Point }[]
}

/** One scene from the one before. */
class Placing {
  #next: number
  readonly #before: Scene
  readonly #bubbles = new Map<number, Bubble[]>()
  readonly #membranes = new Map<number, Membrane[]>()

  constructor(before: Scene) {
    this.#before = before
    this.#next = before.next
    for (const bubble of before.bubbles) listIn(this.#bubbles, bubble.membrane).push(bubble)
    for (const membrane of before.membranes)
      if (membrane.parent !== undefined) listIn(this.#membranes, membrane.parent).push(membrane)
  }

  place(root: Nest): Omit<Scene, 'isGrouped'> {
    const first = this.#before.membranes[0]
    const placed = this.#placed(root, first, 0)
    const bubbles: Bubble[] = []
    const membranes: Membrane[] = []
    const waiting: { placed: Placed; at: Point; parent: number | undefined }[] = [
      { placed, at: { x: 0, y: 0 }, parent: undefined },
    ]
    for (let i = 0; i < waiting.length; i++) {
      const next = waiting[i]
      if (next === undefined) break
      const { nest, id, radius, drops, nests } = next.placed
      const { drops: _, nests: __, ...about } = nest
      membranes.push({ ...about, id, parent: next.parent, ...next.at, r: radius })
      for (const { drop, id: number, at } of drops)
        bubbles.push({ ...drop, id: number, membrane: id, ...moved(at, next.at) })
      for (const inner of nests)
        waiting.push({ placed: inner.placed, at: moved(inner.at, next.at), parent: id })
    }
    return { bubbles, membranes, next: this.#next }
  }

  /** Inner ones first, as their size is what they are placed by. Views are cut off before they get too deep for recursion. */
  #placed(nest: Nest, before: Membrane | undefined, id: number): Placed {
    const known: Known = {
      bubbles: byKey(before === undefined ? [] : (this.#bubbles.get(before.id) ?? [])),
      membranes: before === undefined ? [] : (this.#membranes.get(before.id) ?? []),
      at: before ?? { x: 0, y: 0 },
    }
    const were = pairs(nest.nests, known.membranes, this.#bubbles)
    const kept = nest.drops.map((drop) => known.bubbles.get(drop.key)?.shift())
    const gone = [...known.bubbles.values()].flat()
    const inner = nest.nests.map((each) => {
      const was = were.get(each)
      return this.#placed(each, was, was?.id ?? this.#next++)
    })
    const vanished = known.membranes.filter((each) => ![...were.values()].includes(each))
    const births = birthPlaces([...gone, ...vanished], known.at)
    const isFirst = before === undefined
    let born = 0
    const birth = (): Point | undefined => (isFirst ? undefined : births(born++))
    const circles: Circle[] = [
      ...inner.map(({ radius }, i): Circle => {
        const was = were.get(nest.nests[i] ?? nest)
        return { r: radius, at: was === undefined ? birth() : local(was, known.at) }
      }),
      ...nest.drops.map(({ r }, i): Circle => {
        const was = kept[i]
        return { r, at: was === undefined ? birth() : local(was, known.at) }
      }),
    ]
    const isUnchanged =
      !isFirst &&
      born === 0 &&
      gone.length === 0 &&
      vanished.length === 0 &&
      inner.every(({ radius }, i) => radius === were.get(nest.nests[i] ?? nest)?.r) &&
      nest.drops.every(({ r }, i) => r === kept[i]?.r)
    const { x, y, radius } = isUnchanged ? asBefore(circles, before.r - PADDING) : arrange(circles)
    const at = (i: number): Point => ({ x: x[i] ?? 0, y: y[i] ?? 0 })
    return {
      nest,
      id,
      radius: isUnchanged ? before.r : Math.max(LEAST_RADIUS, radius + PADDING),
      nests: inner.map((placed, i) => ({ placed, at: at(i) })),
      drops: nest.drops.map((drop, i) => ({
        drop,
        id: kept[i]?.id ?? this.#next++,
        at: at(inner.length + i),
      })),
    }
  }
}

function asBefore(circles: readonly Circle[], radius: number): ReturnType<typeof arrange> {
  return {
    x: Float64Array.from(circles, ({ at }) => at?.x ?? 0),
    y: Float64Array.from(circles, ({ at }) => at?.y ?? 0),
    radius,
  }
}

/** What is new comes about where something went: one of few in the midst of it, many each where one of them was. */
function birthPlaces(gone: readonly Point[], origin: Point): (born: number) => Point | undefined {
  if (gone.length === 0) return () => undefined
  if (gone.length <= 6) {
    const x = gone.reduce((sum, each) => sum + each.x, 0) / gone.length - origin.x
    const y = gone.reduce((sum, each) => sum + each.y, 0) / gone.length - origin.y
    return () => ({ x, y })
  }
  return (born) => {
    const place = gone[(born * 7) % gone.length]
    return place && local(place, origin)
  }
}

/**
 * Which membrane is which: the one with the same content, else the like one that shares most with it. Where there
 * are many alike, they are paired in order.
 */
function pairs(
  nests: readonly Nest[],
  membranes: readonly Membrane[],
  bubbles: ReadonlyMap<number, readonly Bubble[]>,
): Map<Nest, Membrane> {
  const found = new Map<Nest, Membrane>()
  const left = new Set(membranes)
  const byText = byKey(membranes)
  for (const nest of nests) {
    const same = byText.get(nest.key)?.shift()
    if (same === undefined) continue
    found.set(nest, same)
    left.delete(same)
  }
  for (const nest of nests) {
    if (found.has(nest)) continue
    const alike = [...left].filter(({ shell }) => shell === nest.shell)
    const best = alike.length > 40 ? alike[0] : mostShared(nest, alike, bubbles)
    if (best === undefined) continue
    found.set(nest, best)
    left.delete(best)
  }
  return found
}

function mostShared(
  nest: Nest,
  membranes: readonly Membrane[],
  bubbles: ReadonlyMap<number, readonly Bubble[]>,
): Membrane | undefined {
  if (membranes.length <= 1) return membranes[0]
  const keys = new Set(nest.drops.map(({ key }) => key))
  let best: Membrane | undefined
  let most = -1
  for (const membrane of membranes) {
    let shared = 0
    for (const { key } of bubbles.get(membrane.id) ?? []) if (keys.has(key)) shared++
    if (shared > most) [best, most] = [membrane, shared]
  }
  return best
}

function byKey<T extends { readonly key: string }>(all: readonly T[]): Map<string, T[]> {
  const map = new Map<string, T[]>()
  for (const each of all) listIn(map, each.key).push(each)
  return map
}

function listIn<K, T>(map: Map<K, T[]>, key: K): T[] {
  let list = map.get(key)
  if (list === undefined) {
    list = []
    map.set(key, list)
  }
  return list
}

function local(point: Point, origin: Point): Point {
  return { x: point.x - origin.x, y: point.y - origin.y }
}

function moved(point: Point, by: Point): Point {
  return { x: point.x + by.x, y: point.y + by.y }
}
