import type { Camera, Size } from './camera.ts'
import { bubbleColour } from './colours.ts'
import type { Palette, Theme } from './colours.ts'
import type { Drawn, Frame } from './motion.ts'
import type { Bubble, Membrane } from './scene.ts'

/** What is drawn on: a canvas of a page or one of a worker. */
export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Makes a canvas that is not shown. */
export type MakeCanvas = (width: number, height: number) => HTMLCanvasElement | OffscreenCanvas

/** How a frame is seen. */
export interface Look {
  readonly camera: Camera
  readonly size: Size
  /** Pixels of the canvas for one of the page. */
  readonly density: number
  readonly theme: Theme
  readonly palette: Palette
  /** The number of the bubble or membrane that is inspected. */
  readonly chosen: number | undefined
}

type Sprite = HTMLCanvasElement | OffscreenCanvas

/** From this radius on, in pixels, a bubble has its text in it. */
const LEAST_LABELLED = 8.5
/** So many pictures of texts are kept. */
const MOST_LABELS = 1_500
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'

/**
 * Draws frames. Bubbles and their texts are drawn once for each size and colour and then copied, which is several
 * times faster than drawing them anew.
 */
export class Painter {
  readonly #make: MakeCanvas
  readonly #bubbles = new Map<number, Sprite>()
  readonly #labels = new Map<number, Map<string, Sprite | undefined>>()
  #labelled = 0
  #theme: string | undefined

  constructor(make: MakeCanvas) {
    this.#make = make
  }

  paint(pen: Pen, frame: Frame, look: Look): void {
    if (this.#theme !== look.theme.name) {
      this.#bubbles.clear()
      this.#labels.clear()
      this.#theme = look.theme.name
    }
    const { size, density, camera, theme } = look
    pen.setTransform(density, 0, 0, density, 0, 0)
    pen.globalAlpha = 1
    pen.fillStyle = theme.background
    pen.fillRect(0, 0, size.width, size.height)
    const scale = camera.scale * density
    const [left, top] = [
      size.width / 2 - camera.x * camera.scale,
      size.height / 2 - camera.y * camera.scale,
    ]
    pen.setTransform(scale, 0, 0, scale, left * density, top * density)
    const seen = window(camera, size)
    const calm = new Map(frame.membranes.map(({ thing, calm }) => [thing.id, calm]))
    for (const membrane of frame.membranes)
      if (isSeen(membrane, seen)) this.#membrane(pen, membrane, look)
    this.#flashes(pen, frame, look)
    pen.setTransform(1, 0, 0, 1, 0, 0)
    this.#copyBubbles(pen, frame, look, calm)
    this.#names(pen, frame, look)
    pen.globalAlpha = 1
  }

  #membrane(
    pen: Pen,
    { thing, x, y, r, alpha, calm }: Frame['membranes'][number],
    look: Look,
  ): void {
    const { theme, camera, chosen } = look
    const pixel = 1 / camera.scale
    pen.beginPath()
    pen.arc(x, y, Math.max(0, r), 0, 2 * Math.PI)
    for (const [style, share] of [
      [theme.membrane, 1 - calm],
      [theme.inert, calm],
    ] as const) {
      if (share <= 0.01) continue
      pen.globalAlpha = alpha * share
      pen.fillStyle = style.fill
      pen.fill()
      pen.strokeStyle = style.line
      pen.lineWidth = (style === theme.membrane ? 1.8 : 1.1) * pixel
      pen.stroke()
    }
    if (thing.id !== chosen) return
    pen.globalAlpha = alpha
    pen.strokeStyle = theme.accent
    pen.lineWidth = 3 * pixel
    pen.stroke()
  }

  #flashes(pen: Pen, { flashes, flash }: Frame, { theme, camera }: Look): void {
    if (flash <= 0 || flash >= 1) return
    pen.strokeStyle = theme.accent
    pen.fillStyle = theme.accent
    for (const { at, r } of flashes) {
      pen.globalAlpha = 0.5 * (1 - flash)
      pen.beginPath()
      pen.arc(at.x, at.y, r * (0.6 + flash * 1.7), 0, 2 * Math.PI)
      pen.lineWidth = (3 * (1 - flash) + 0.5) / camera.scale
      pen.stroke()
      pen.globalAlpha = 0.16 * (1 - flash)
      pen.fill()
    }
  }

  /** In pixels of the canvas: copies are sharp only where they are not scaled. */
  #copyBubbles(pen: Pen, frame: Frame, look: Look, calm: ReadonlyMap<number, number>): void {
    const { camera, size, density, palette, theme, chosen } = look
    const scale = camera.scale * density
    const [left, top] = [(size.width / 2) * density, (size.height / 2) * density]
    const seen = window(camera, size)
    for (const drawn of frame.bubbles) {
      if (!isSeen(drawn, seen)) continue
      const { thing, x, y, r, alpha, glow } = drawn
      const number = palette.numberOf(thing.group)
      const px = left + (x - camera.x) * scale
      const py = top + (y - camera.y) * scale
      const radius = Math.max(0.5, r * scale)
      const rest = 1 - 0.45 * (calm.get(thing.membrane) ?? 0)
      if (glow > 0.02) this.#halo(pen, { px, py, radius, glow: glow * alpha }, theme)
      pen.globalAlpha = Math.max(alpha * rest, glow * alpha)
      const sprite = this.#bubble(number, thing, radius, look)
      const half = sprite.width / 2
      // Sprites come in steps of size; between them they are scaled a little.
      const drawnHalf = half - MARGIN > 0 ? half * (radius / (half - MARGIN)) : half
      pen.drawImage(sprite, px - drawnHalf, py - drawnHalf, 2 * drawnHalf, 2 * drawnHalf)
      if (radius / density >= LEAST_LABELLED) {
        const room = thing.kind === 'rule' || thing.copies !== 1 ? radius * 0.86 : radius
        const label = this.#label(labelOf(thing), room, look)
        if (label !== undefined)
          pen.drawImage(label, Math.round(px - label.width / 2), Math.round(py - label.height / 2))
      }
      if (thing.id === chosen) this.#ring(pen, { px, py, radius }, look)
    }
  }

  #halo(
    pen: Pen,
    { px, py, radius, glow }: { px: number; py: number; radius: number; glow: number },
    theme: Theme,
  ): void {
    pen.globalAlpha = glow * 0.28
    pen.fillStyle = theme.accent
    pen.beginPath()
    pen.arc(px, py, radius * (1.25 + 0.25 * glow), 0, 2 * Math.PI)
    pen.fill()
  }

  #ring(
    pen: Pen,
    { px, py, radius }: { px: number; py: number; radius: number },
    { theme, density }: Look,
  ): void {
    pen.globalAlpha = 1
    pen.strokeStyle = theme.accent
    pen.lineWidth = 2.5 * density
    pen.beginPath()
    pen.arc(px, py, radius + 3 * density, 0, 2 * Math.PI)
    pen.stroke()
  }

  /** A bubble's picture, in steps of its radius of about a fourteenth. */
  #bubble(number: number, { kind, copies }: Bubble, radius: number, look: Look): Sprite {
    const step = Math.ceil(Math.log2(radius) * 10)
    const style = kind === 'rule' ? 3 : copies < 0 ? 2 : copies === 1 ? 0 : 1
    const key = (number * 1024 + step) * 4 + style
    let sprite = this.#bubbles.get(key)
    if (sprite === undefined) {
      const r = 2 ** (step / 10)
      const side = Math.ceil(2 * (r + MARGIN))
      sprite = this.#make(side, side)
      drawBubble(penOf(sprite), { r: side / 2 - MARGIN, number, style: STYLES[style] }, look)
      this.#bubbles.set(key, sprite)
    }
    return sprite
  }

  /** Undefined where not even a piece of the text has room. */
  #label(text: string, radius: number, look: Look): Sprite | undefined {
    const room = Math.round(radius / 2) * 2
    let sprites = this.#labels.get(room)
    if (sprites === undefined || this.#labelled > MOST_LABELS) {
      if (this.#labelled > MOST_LABELS) this.#labels.clear()
      this.#labelled = 0
      sprites = new Map()
      this.#labels.set(room, sprites)
    }
    let sprite = sprites.get(text)
    if (sprite === undefined && !sprites.has(text)) {
      sprite = this.#drawLabel(text, room, look)
      sprites.set(text, sprite)
      this.#labelled++
    }
    return sprite
  }

  #drawLabel(text: string, radius: number, { density, theme }: Look): Sprite | undefined {
    const probe = penOf(this.#make(1, 1))
    const largest = Math.min(22 * density, radius * 0.95)
    const width = radius * 1.72
    probe.font = fontOf(largest)
    const wanted = probe.measureText(text).width
    const font = Math.max(
      Math.min(largest, 7 * density),
      Math.min(largest, (largest * width) / wanted),
    )
    probe.font = fontOf(font)
    const shown = fitted(text, (each) => probe.measureText(each).width <= width * 1.03)
    if (shown === '' || (shown === '…' && text.length > 1)) return undefined
    const sprite = this.#make(
      Math.max(1, Math.ceil(probe.measureText(shown).width) + 2),
      Math.ceil(font * 1.4),
    )
    const pen = penOf(sprite)
    pen.font = fontOf(font)
    pen.textAlign = 'center'
    pen.textBaseline = 'middle'
    pen.fillStyle = theme.bubbleText
    pen.fillText(shown, sprite.width / 2, sprite.height / 2 + font * 0.03)
    return sprite
  }

  /** What membranes are, on their borders. */
  #names(pen: Pen, { membranes }: Frame, { camera, size, density, theme }: Look): void {
    pen.setTransform(density, 0, 0, density, 0, 0)
    pen.textAlign = 'center'
    pen.textBaseline = 'middle'
    for (const { thing, x, y, r, alpha, calm } of membranes) {
      const name = nameOf(thing)
      const radius = r * camera.scale
      if (name === '' || radius < 26) continue
      const font = Math.min(13, Math.max(10, radius / 7))
      pen.font = fontOf(font)
      const shown = fitted(name, (each) => pen.measureText(each).width <= radius * 1.3)
      if (shown === '' || shown === '…') continue
      const px = size.width / 2 + (x - camera.x) * camera.scale
      const py = size.height / 2 + (y - r - camera.y) * camera.scale
      const half = pen.measureText(shown).width / 2 + 6
      pen.globalAlpha = alpha
      pen.fillStyle = theme.background
      pen.beginPath()
      pen.roundRect(px - half, py - font * 0.75, 2 * half, font * 1.5, font * 0.75)
      pen.fill()
      pen.strokeStyle = calm > 0.5 ? theme.inert.line : theme.membrane.line
      pen.lineWidth = 1
      pen.stroke()
      pen.fillStyle = calm > 0.5 ? theme.faint : theme.text
      pen.fillText(shown, px, py + 0.5)
    }
  }
}

type Style = 'one' | 'many' | 'anti' | 'rule'
const STYLES = ['one', 'many', 'anti', 'rule'] as const

/** Around a bubble in its picture. */
const MARGIN = 2

function drawBubble(
  pen: Pen,
  { r, number, style }: { readonly r: number; readonly number: number; readonly style: Style },
  { theme, density }: Look,
): void {
  const colour = bubbleColour(number, theme.name)
  const middle = r + MARGIN
  const shine = pen.createRadialGradient(
    middle - r * 0.35,
    middle - r * 0.45,
    r * 0.1,
    middle,
    middle,
    r,
  )
  shine.addColorStop(0, colour.light)
  shine.addColorStop(0.7, colour.fill)
  shine.addColorStop(1, colour.fill)
  const isFlat = theme.name.startsWith('contrast') || r < 4 * density
  pen.beginPath()
  if (style === 'rule') hexagon(pen, middle, r)
  else pen.arc(middle, middle, r, 0, 2 * Math.PI)
  pen.fillStyle = isFlat ? colour.fill : shine
  pen.fill()
  pen.lineWidth = Math.max(0.75, Math.min(1.5 * density, r * 0.08))
  pen.strokeStyle = colour.line
  pen.stroke()
  if (r < 6 * density) return
  pen.strokeStyle = theme.bubbleText
  pen.lineWidth = Math.max(1, r * 0.06)
  if (style === 'rule') {
    pen.globalAlpha = 0.55
    pen.beginPath()
    hexagon(pen, middle, r * 0.85)
    pen.stroke()
  } else if (style === 'many' || style === 'anti') {
    pen.globalAlpha = 0.5
    if (style === 'anti') pen.setLineDash([r * 0.22, r * 0.16])
    pen.beginPath()
    pen.arc(middle, middle, r * 0.86, 0, 2 * Math.PI)
    pen.stroke()
  }
}

/** Rules have corners, so that they are told from other molecules without colours. */
function hexagon(pen: Pen, middle: number, r: number): void {
  const points = Array.from({ length: 6 }, (_, i): readonly [number, number] => {
    const turn = (i * Math.PI) / 3
    return [middle + r * Math.cos(turn), middle + r * Math.sin(turn)]
  })
  const [first] = points
  if (first === undefined) return
  const corner = r * 0.28
  const start = points[5] ?? first
  pen.moveTo((start[0] + first[0]) / 2, (start[1] + first[1]) / 2)
  for (const [i, [x, y]] of points.entries()) {
    const [nx, ny] = points[(i + 1) % 6] ?? first
    pen.arcTo(x, y, (x + nx) / 2, (y + ny) / 2, corner)
  }
  pen.closePath()
}

/** What stands in a bubble: its text, and how many it stands for. */
export function labelOf({ text, copies }: Bubble): string {
  if (copies === 1) return text
  return `${text} ${copiesText(copies)}`
}

/** `×12`, `×∞`, `×1.2M`. */
export function copiesText(copies: number): string {
  if (copies === Infinity) return '×∞'
  if (copies === -Infinity) return '×−∞'
  const size = Math.abs(copies)
  const sign = copies < 0 ? '−' : ''
  if (size < 10_000) return `×${sign}${String(size)}`
  if (size < 1e6) return `×${sign}${(size / 1e3).toFixed(size < 1e5 ? 1 : 0)}k`
  if (size < 1e9) return `×${sign}${(size / 1e6).toFixed(size < 1e7 ? 1 : 0)}M`
  return `×${sign}${size.toExponential(1)}`
}

/** What a membrane is called: its molecule, and how many copies of it there are. */
export function nameOf({ shell, copies }: Membrane): string {
  const name = shell === '<…>' ? '' : shell.replaceAll('<…>', '').replace(/:$/, '')
  return copies === 1 ? name : `${name} ${copiesText(copies)}`.trim()
}

/** As much of a text as fits. */
export function fitted(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text
  let [low, high] = [0, text.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(`${text.slice(0, middle)}…`)) low = middle
    else high = middle - 1
  }
  return fits(`${text.slice(0, low)}…`) ? `${text.slice(0, low)}…` : ''
}

function fontOf(size: number): string {
  return `500 ${size.toFixed(1)}px ${FONT}`
}

interface Window {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function window({ x, y, scale }: Camera, { width, height }: Size): Window {
  const [w, h] = [width / 2 / scale, height / 2 / scale]
  return { left: x - w, right: x + w, top: y - h, bottom: y + h }
}

function isSeen({ x, y, r }: Drawn<unknown>, { left, right, top, bottom }: Window): boolean {
  return x + r >= left && x - r <= right && y + r >= top && y - r <= bottom
}

function penOf(canvas: Sprite): Pen {
  // Two kinds of canvas with the same pens.
  const pen: Pen | null = canvas.getContext('2d')
  if (pen === null) throw new Error('this browser gives no canvas to draw on')
  return pen
}
