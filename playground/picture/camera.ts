import type { Point } from './arrange.ts'
import type { Bubble, Membrane, Scene } from './scene.ts'

/** What part of a scene is seen: the place in the middle, and how many pixels a unit has. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** In CSS pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

const MARGIN = 14
const LARGEST_SCALE = 40
/** A few molecules are not blown up to fill everything. */
const LARGEST_FIT = 3.2

/** Shows all of a scene. */
export function fitting(scene: Scene, { width, height }: Size): Camera {
  const root = scene.membranes[0]
  const radius = Math.max(30, root?.r ?? 0)
  const room = Math.max(20, Math.min(width, height) - 2 * MARGIN)
  return { x: root?.x ?? 0, y: root?.y ?? 0, scale: Math.min(LARGEST_FIT, room / (2 * radius)) }
}

/** The place in a scene that is at a place of the canvas. */
export function placeAt(camera: Camera, { width, height }: Size, { x, y }: Point): Point {
  return {
    x: camera.x + (x - width / 2) / camera.scale,
    y: camera.y + (y - height / 2) / camera.scale,
  }
}

/** Nearer or farther, with what is at a place of the canvas staying there. */
export function zoomed(camera: Camera, size: Size, at: Point, factor: number): Camera {
  const fixed = placeAt(camera, size, at)
  const scale = Math.min(LARGEST_SCALE, Math.max(0.002, camera.scale * factor))
  const ratio = camera.scale / scale
  return {
    x: fixed.x + (camera.x - fixed.x) * ratio,
    y: fixed.y + (camera.y - fixed.y) * ratio,
    scale,
  }
}

/** Moved by pixels, as a hand moves paper. */
export function panned(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale }
}

/** What is there: a bubble, else the innermost membrane. */
export type Hit =
  | { readonly kind: 'bubble'; readonly bubble: Bubble; readonly membrane: Membrane }
  | { readonly kind: 'membrane'; readonly membrane: Membrane }

/** What a scene has at one of its places; small things are hit a little beside them too. */
export function hitAt(scene: Scene, { x, y }: Point, slack = 0): Hit | undefined {
  let membrane: Membrane | undefined
  for (const each of scene.membranes)
    if (Math.hypot(each.x - x, each.y - y) <= each.r) membrane = each
  let best: Bubble | undefined
  let distance = slack
  for (const bubble of scene.bubbles) {
    const beside = Math.hypot(bubble.x - x, bubble.y - y) - bubble.r
    if (beside <= distance) [best, distance] = [bubble, beside]
  }
  if (best !== undefined) {
    const around = scene.membranes.find(({ id }) => id === best.membrane)
    if (around !== undefined) return { kind: 'bubble', bubble: best, membrane: around }
  }
  return membrane && { kind: 'membrane', membrane }
}

/** The way from the outermost membrane to this one. */
export function wayTo(scene: Scene, membrane: Membrane): readonly Membrane[] {
  const way: Membrane[] = []
  let next: Membrane | undefined = membrane
  while (next !== undefined) {
    way.unshift(next)
    const parent: number | undefined = next.parent
    next = scene.membranes.find(({ id }) => id === parent)
  }
  return way
}
