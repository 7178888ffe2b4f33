import type { FromStage, ToStage } from './messages.ts'
import { Stage } from './stage.ts'

/** The thread in which a picture is drawn. */
const port = globalThis as unknown as {
  onmessage: ((event: MessageEvent<ToStage>) => void) | null
  postMessage(message: FromStage): void
  requestAnimationFrame?: (draw: (now: number) => void) => number
}

const stage = new Stage({
  clock: () => performance.now(),
  makeCanvas: (width, height) => new OffscreenCanvas(width, height),
  requestFrame: (draw) => {
    if (port.requestAnimationFrame === undefined) setTimeout(() => draw(performance.now()), 16)
    else port.requestAnimationFrame(draw)
  },
  tell: (message) => {
    port.postMessage(message)
  },
})

port.onmessage = ({ data }) => {
  stage.receive(data)
}
