import type { FromNode, FromWatcher, ToNode, ToWatcher } from './messages.ts'
import nodeUrl from './node-thread.ts?thread'
import watcherUrl from './watcher-thread.ts?thread'

/** The thread that watches, as the page has it. */
export interface WatcherThread {
  tell(message: ToWatcher, ports?: readonly MessagePort[]): void
  end(): void
}

export function watcherThread(hear: (message: FromWatcher) => void): WatcherThread {
  const worker = new Worker(watcherUrl, { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<FromWatcher>) => {
    hear(data)
  }
  worker.onerror = ({ message }) => {
    hear({ kind: 'trouble', message })
  }
  return {
    tell: (message, ports = []) => {
      worker.postMessage(message, [...ports])
    },
    end: () => {
      worker.terminate()
    },
  }
}

/** A node's thread. `end` kills it: whatever it is at, it does nothing more. */
export interface NodeThread {
  tell(message: ToNode, ports?: readonly MessagePort[]): void
  end(): void
}

export function nodeThread(hear: (message: FromNode) => void): NodeThread {
  const worker = new Worker(nodeUrl, { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<FromNode>) => {
    hear(data)
  }
  worker.onerror = ({ message }) => {
    hear({ kind: 'trouble', message })
  }
  return {
    tell: (message, ports = []) => {
      worker.postMessage(message, [...ports])
    },
    end: () => {
      worker.terminate()
    },
  }
}
