import type { FromNode, FromWatcher, ToNode, ToWatcher } from './messages.ts'
import nodeUrl from './node-thread.ts?thread'
import watcherUrl from './watcher-thread.ts?thread'

/** A thread as the page has it. `end` kills it: whatever it is at, it does nothing more. */
interface ClusterThread<To> {
  tell(message: To, ports?: readonly MessagePort[]): void
  end(): void
}

export type WatcherThread = ClusterThread<ToWatcher>
export type NodeThread = ClusterThread<ToNode>

/** The thread that watches. */
export function watcherThread(hear: (message: FromWatcher) => void): WatcherThread {
  return thread<ToWatcher, FromWatcher>(watcherUrl, hear, trouble)
}

/** A node's thread. */
export function nodeThread(hear: (message: FromNode) => void): NodeThread {
  return thread<ToNode, FromNode>(nodeUrl, hear, trouble)
}

/** What a thread tells when it has failed. */
function trouble(message: string): { readonly kind: 'trouble'; readonly message: string } {
  return { kind: 'trouble', message }
}

function thread<To, From>(
  url: string,
  hear: (message: From) => void,
  failed: (message: string) => From,
): ClusterThread<To> {
  const worker = new Worker(url, { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<From>) => {
    hear(data)
  }
  worker.onerror = ({ message }) => {
    hear(failed(message))
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
