import type { WebServer } from '../../distribution/nats-web.ts'
import type { FromServerFrame, ToServerFrame } from './server-letters.ts'

export interface ServerFrameOptions {
  readonly server: WebServer
  readonly onConnected: () => void
  /** It is not connected, and will not be. */
  readonly onFailure: (message: string) => void
  readonly onTrouble: (message: string) => void
}

/** A frame of the page's own that may speak to one server, and to nothing else. */
export class ServerFrame {
  readonly #frame: HTMLIFrameElement
  readonly #options: ServerFrameOptions
  readonly #listen = ({ source, origin, data }: MessageEvent<FromServerFrame>): void => {
    if (source === this.#frame.contentWindow && origin === location.origin) this.#hear(data)
  }

  constructor(options: ServerFrameOptions) {
    this.#options = options
    this.#frame = document.createElement('iframe')
    this.#frame.hidden = true
    this.#frame.title = 'Connection to the server'
    // The address is in the frame's own, so that its policy is there before anything else of it is.
    this.#frame.src = `./server.html#${encodeURIComponent(options.server.url)}`
    addEventListener('message', this.#listen)
    document.body.append(this.#frame)
  }

  /** The bus of the server, for whoever has the other end of the port. */
  serve(name: string, port: MessagePort): void {
    this.#tell({ kind: 'bus', name }, [port])
  }

  /** Whoever had that port is gone. */
  forget(name: string): void {
    this.#tell({ kind: 'bus-gone', name })
  }

  close(): void {
    removeEventListener('message', this.#listen)
    this.#frame.remove()
  }

  #hear(message: FromServerFrame): void {
    switch (message.kind) {
      case 'ready':
        this.#tell({ kind: 'connect', server: this.#options.server })
        return
      case 'connected':
        this.#options.onConnected()
        return
      case 'failed':
        this.#options.onFailure(message.message)
        return
      case 'trouble':
        this.#options.onTrouble(message.message)
    }
  }

  #tell(message: ToServerFrame, ports: readonly MessagePort[] = []): void {
    this.#frame.contentWindow?.postMessage(message, location.origin, [...ports])
  }
}
