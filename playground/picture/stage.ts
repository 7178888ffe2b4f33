import { fitting, hitAt, panned, placeAt, wayTo, zoomed } from './camera.ts'
import type { Camera, Size } from './camera.ts'
import { Palette, bubbleColour, themeOf } from './colours.ts'
import type { Theme } from './colours.ts'
import type { Found, FromStage, ToStage } from './messages.ts'
import { changeTo, frameAt } from './motion.ts'
import type { Change, Frame } from './motion.ts'
import { Painter } from './paint.ts'
import type { MakeCanvas, Pen } from './paint.ts'
import { EMPTY_SCENE, sceneOf } from './scene.ts'
import type { Scene } from './scene.ts'

/** What a stage needs of the thread that it is in. */
export interface Surroundings {
  readonly makeCanvas: MakeCanvas
  readonly requestFrame: (draw: (now: number) => void) => void
  readonly tell: (message: FromStage) => void
  /** Milliseconds from any start. */
  readonly clock: () => number
}

/** Between two solutions that are placed, in milliseconds. */
const LEAST_PAUSE = 40

/** Follows the picture with the camera by so much each frame. */
const FOLLOWING = 0.16

/** Holds the picture of one solution and draws it whenever something changes. */
export class Stage {
  readonly #around: Surroundings
  readonly #painter: Painter
  #palette = new Palette()
  #canvas: HTMLCanvasElement | OffscreenCanvas | undefined
  #size: Size = { width: 1, height: 1 }
  #density = 1
  #theme: Theme = themeOf('light')
  #isStill = false
  #scene: Scene = EMPTY_SCENE
  #frame: Frame | undefined
  #change: { readonly change: Change; readonly milliseconds: number; start: number } | undefined
  #camera: Camera = { x: 0, y: 0, scale: 1 }
  /** While nobody has moved it, the camera shows all there is. */
  #isFitting = true
  /** The last solution that is to be shown and has not been placed yet. */
  #waiting: Extract<ToStage, { kind: 'show' }> | undefined
  #placed = { at: -Infinity, cost: 0 }
  #chosen: number | undefined
  #isAsked = false
  #measuring: { readonly number: number; readonly left: number; readonly at: number[] } | undefined

  constructor(around: Surroundings) {
    this.#around = around
    this.#painter = new Painter(around.makeCanvas)
  }

  /** Draws on this from now on. */
  use(canvas: HTMLCanvasElement | OffscreenCanvas): void {
    this.#canvas = canvas
    this.#ask()
  }

  receive(message: ToStage): void {
    switch (message.kind) {
      case 'canvas':
        this.use(message.canvas)
        return
      case 'size':
        this.#resize(message)
        break
      case 'theme':
        this.#theme = themeOf(message.name)
        this.#isStill = message.isStill
        this.#tellShown()
        break
      case 'show':
        this.#waiting = message
        break
      case 'zoom':
        this.#isFitting = false
        this.#camera = zoomed(this.#camera, this.#size, message, message.factor)
        break
      case 'pan':
        this.#isFitting = false
        this.#camera = panned(this.#camera, message.dx, message.dy)
        break
      case 'fit':
        this.#isFitting = true
        break
      case 'ask':
        this.#around.tell({ kind: 'found', number: message.number, found: this.#foundAt(message) })
        return
      case 'choose':
        this.#chosen = message.id
        break
      case 'next':
        this.#around.tell({ kind: 'found', number: message.number, found: this.#next(message.by) })
        break
      case 'measure':
        this.#measuring = { number: message.number, left: message.frames, at: [] }
        break
    }
    this.#ask()
  }

  #resize({ width, height, density }: Extract<ToStage, { kind: 'size' }>): void {
    this.#size = { width: Math.max(1, width), height: Math.max(1, height) }
    this.#density = density
    if (this.#canvas === undefined) return
    this.#canvas.width = Math.round(this.#size.width * density)
    this.#canvas.height = Math.round(this.#size.height * density)
    if (this.#isFitting) this.#camera = fitting(this.#scene, this.#size)
    // A canvas is empty after it was resized: what is there is drawn at once.
    this.#paint()
  }

  /** Solutions may come faster than they can be placed: the picture is to keep moving meanwhile. */
  #place(now: number): boolean {
    const message = this.#waiting
    if (message === undefined) return false
    if (now - this.#placed.at < Math.max(LEAST_PAUSE, 3 * this.#placed.cost)) return true
    this.#waiting = undefined
    const start = this.#around.clock()
    this.#show(message)
    this.#placed = { at: now, cost: this.#around.clock() - start }
    return true
  }

  #show({ solution, reacting, milliseconds }: Extract<ToStage, { kind: 'show' }>): void {
    const isFirst = this.#scene.membranes.length === 0
    this.#scene = sceneOf(solution, this.#scene)
    // Where nothing of what was there is left, another program was loaded.
    const known = new Set(this.#palette.groups)
    if (!this.#scene.bubbles.some(({ group }) => known.has(group))) this.#palette = new Palette()
    for (const { group } of this.#scene.bubbles) this.#palette.numberOf(group)
    const change = changeTo(this.#scene, this.#frame, new Set(reacting))
    const wanted = this.#isStill ? 0 : milliseconds
    this.#change = { change, milliseconds: wanted, start: -1 }
    if (isFirst || this.#isStill) this.#camera = fitting(this.#scene, this.#size)
    this.#tellShown()
  }

  #tellShown(): void {
    const { bubbles, isGrouped } = this.#scene
    const groups = new Set(bubbles.map(({ group }) => group))
    const colours = [...groups].slice(0, 40).map((group) => {
      const colour = bubbleColour(this.#palette.numberOf(group), this.#theme.name).fill
      return { group, colour }
    })
    this.#around.tell({ kind: 'shown', bubbles: bubbles.length, isGrouped, colours })
  }

  #foundAt(at: { readonly x: number; readonly y: number }): Found | undefined {
    const place = placeAt(this.#camera, this.#size, at)
    const hit = hitAt(this.#scene, place, 6 / this.#camera.scale)
    if (hit === undefined) return undefined
    const bubble = hit.kind === 'bubble' ? hit.bubble : undefined
    this.#chosen = bubble?.id ?? hit.membrane.id
    this.#ask()
    return { bubble, way: wayTo(this.#scene, hit.membrane), x: at.x / this.#size.width }
  }

  #next(by: 1 | -1): Found | undefined {
    const { bubbles, membranes } = this.#scene
    const at = bubbles.findIndex(({ id }) => id === this.#chosen)
    const bubble = bubbles.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by) % bubbles.length)
    if (bubble === undefined) return undefined
    this.#chosen = bubble.id
    const membrane = membranes.find(({ id }) => id === bubble.membrane)
    const x = 0.5 + ((bubble.x - this.#camera.x) * this.#camera.scale) / this.#size.width
    return { bubble, way: membrane === undefined ? [] : wayTo(this.#scene, membrane), x }
  }

  /** One frame is asked for, however many things change. */
  #ask(): void {
    if (this.#isAsked || this.#canvas === undefined) return
    this.#isAsked = true
    this.#around.requestFrame((now) => {
      this.#isAsked = false
      this.#draw(now)
    })
  }

  #draw(now: number): void {
    const isWaiting = this.#place(now)
    const isMoving = this.#move(now)
    const isFollowing = this.#follow()
    this.#paint()
    const isMeasuring = this.#measure(now)
    if (isWaiting || isMoving || isFollowing || isMeasuring) this.#ask()
  }

  #move(now: number): boolean {
    const current = this.#change
    if (current === undefined) return false
    if (current.start < 0) current.start = now
    const t = current.milliseconds <= 0 ? 1 : (now - current.start) / current.milliseconds
    this.#frame = frameAt(current.change, Math.min(1, t))
    if (t >= 1) this.#change = undefined
    return t < 1
  }

  #follow(): boolean {
    if (!this.#isFitting) return false
    const wanted = fitting(this.#scene, this.#size)
    const { x, y, scale } = this.#camera
    const isNear =
      Math.abs(wanted.scale / scale - 1) < 0.002 &&
      Math.hypot(wanted.x - x, wanted.y - y) * scale < 0.3
    if (isNear || this.#isStill) {
      this.#camera = wanted
      return false
    }
    this.#camera = {
      x: x + (wanted.x - x) * FOLLOWING,
      y: y + (wanted.y - y) * FOLLOWING,
      scale: scale * (wanted.scale / scale) ** FOLLOWING,
    }
    return true
  }

  #measure(now: number): boolean {
    const measuring = this.#measuring
    if (measuring === undefined) return false
    measuring.at.push(now)
    if (measuring.at.length <= measuring.left) return true
    const intervals = measuring.at.slice(1).map((time, i) => time - (measuring.at[i] ?? time))
    this.#measuring = undefined
    this.#around.tell({ kind: 'measured', number: measuring.number, intervals })
    return false
  }

  #paint(): void {
    const canvas = this.#canvas
    const pen: Pen | null | undefined = canvas?.getContext('2d', { alpha: false })
    if (pen === null || pen === undefined) return
    const frame = this.#frame ?? { bubbles: [], membranes: [], flashes: [], flash: 0 }
    this.#painter.paint(pen, frame, {
      camera: this.#camera,
      size: this.#size,
      density: this.#density,
      theme: this.#theme,
      palette: this.#palette,
      chosen: this.#chosen,
    })
  }
}
