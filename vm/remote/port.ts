/** A channel to a reactor in another thread, or back from it. What arrives is what was sent, copied, in order. */
export interface Port {
  send(message: unknown): void
  /** There is one listener. What comes before it waits. */
  listen(onMessage: (message: unknown) => void): void
}

/** The channel to a thread that hosts a reactor. Whoever makes it knows how threads are started there. */
export interface WorkerPort extends Port {
  /** Calls back once when the thread is gone, by itself or by `close`; with the error that ended it, if one did. */
  onEnd(then: (error: Error | undefined) => void): void
  /** Ends the thread at once, whatever it is at. */
  close(): void
}
