import type { Found, FromStage, ToStage } from './messages.ts'
import { Stage } from './stage.ts'

type Asked = (found: Found | undefined) => void

/**
 * A canvas that shows a solution. It is drawn in a worker, or in this thread where a browser cannot hand a canvas
 * over.
 */
export class Drawing {
  readonly #send: (message: ToStage, transfer?: Transferable[]) => void
  readonly #close: () => void
  readonly #asked = new Map<number, Asked>()
  readonly #measured = new Map<number, (intervals: readonly number[]) => void>()
  #last = 0
  /** Whether a worker draws. */
  readonly isApart: boolean
  onShown: (message: Extract<FromStage, { kind: 'shown' }>) => void = () => undefined

  constructor(canvas: HTMLCanvasElement) {
    this.isApart = canDrawApart(canvas)
    if (this.isApart) {
      const worker = new Worker(new URL('./drawing-thread.ts', import.meta.url), { type: 'module' })
      worker.onmessage = ({ data }: MessageEvent<FromStage>) => {
        this.#receive(data)
      }
      this.#send = (message, transfer = []) => {
        worker.postMessage(message, transfer)
      }
      this.#close = () => {
        worker.terminate()
      }
      const offscreen = canvas.transferControlToOffscreen()
      this.#send({ kind: 'canvas', canvas: offscreen }, [offscreen])
    } else {
      const stage = new Stage({
        clock: () => performance.now(),
        makeCanvas: newCanvas,
        requestFrame: (draw) => requestAnimationFrame(draw),
        // Not at once: who sends is not to hear while it sends, as with a worker.
        tell: (message) => {
          queueMicrotask(() => {
            this.#receive(message)
          })
        },
      })
      stage.use(canvas)
      this.#send = (message) => {
        stage.receive(message)
      }
      this.#close = () => undefined
    }
  }

  send(message: ToStage): void {
    this.#send(message)
  }

  /** What is at a place of the canvas, which is marked from now on. */
  foundAt(x: number, y: number): Promise<Found | undefined> {
    return this.#ask((number) => ({ kind: 'ask', number, x, y }))
  }

  /** The next molecule to inspect, or the one before. */
  next(by: 1 | -1): Promise<Found | undefined> {
    return this.#ask((number) => ({ kind: 'next', number, by }))
  }

  /** Milliseconds between so many frames. */
  measured(frames: number): Promise<readonly number[]> {
    const number = ++this.#last
    return new Promise((resolve) => {
      this.#measured.set(number, resolve)
      this.#send({ kind: 'measure', number, frames })
    })
  }

  close(): void {
    this.#close()
    for (const answer of this.#asked.values()) answer(undefined)
    this.#asked.clear()
  }

  #ask(message: (number: number) => ToStage): Promise<Found | undefined> {
    const number = ++this.#last
    return new Promise((resolve) => {
      this.#asked.set(number, resolve)
      this.#send(message(number))
    })
  }

  #receive(message: FromStage): void {
    switch (message.kind) {
      case 'found':
        this.#asked.get(message.number)?.(message.found)
        this.#asked.delete(message.number)
        return
      case 'measured':
        this.#measured.get(message.number)?.(message.intervals)
        this.#measured.delete(message.number)
        return
      case 'shown':
        this.onShown(message)
        return
    }
  }
}

function canDrawApart(canvas: HTMLCanvasElement): boolean {
  return (
    'transferControlToOffscreen' in canvas && typeof OffscreenCanvas === 'function' && canDraw2d()
  )
}

/** Some browsers have the canvas and not its pen. */
function canDraw2d(): boolean {
  try {
    return new OffscreenCanvas(1, 1).getContext('2d') !== null
  } catch {
    return false
  }
}

function newCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas
}
