import { useEffect, useState } from 'preact/hooks'

/** Something that changes, and is shown. Each change makes another state. */
export class Shown<S extends object> {
  #state: S
  readonly #listeners = new Set<() => void>()

  constructor(state: S) {
    this.#state = state
  }

  get state(): S {
    return this.#state
  }

  protected set(change: Partial<S>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** Its state now; the component is drawn again when that changes. */
export function useShown<S extends object>(shown: Shown<S>): S {
  const [state, setState] = useState(shown.state)
  useEffect(() => {
    setState(shown.state)
    return shown.subscribe(() => {
      setState(shown.state)
    })
  }, [shown])
  return state
}
