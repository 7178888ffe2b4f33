/** What a browser keeps for a page; a part of `Storage`. */
export interface Keeping {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

const KEY = 'hocl-tour'

/** How far somebody has come in the tour. Where the browser keeps nothing, it is forgotten with the page. */
export class Progress {
  readonly #keeping: (() => Keeping) | undefined
  #at: string | undefined
  #done: ReadonlySet<string> = new Set()

  /** What is kept may be refused, and then even asking for it throws. */
  constructor(keeping?: () => Keeping) {
    this.#keeping = keeping
    const kept = this.#kept()
    if (typeof kept !== 'object' || kept === null) return
    const { at, done } = kept as { at?: unknown; done?: unknown }
    if (typeof at === 'string') this.#at = at
    if (Array.isArray(done)) this.#done = new Set(done.filter((each) => typeof each === 'string'))
  }

  /** The lesson that was open last. */
  get at(): string | undefined {
    return this.#at
  }

  set at(name: string | undefined) {
    this.#at = name
    this.#keep()
  }

  get done(): ReadonlySet<string> {
    return this.#done
  }

  set done(names: ReadonlySet<string>) {
    this.#done = names
    this.#keep()
  }

  #kept(): unknown {
    try {
      return JSON.parse(this.#keeping?.().getItem(KEY) ?? 'null')
    } catch {
      return null
    }
  }

  #keep(): void {
    try {
      this.#keeping?.().setItem(KEY, JSON.stringify({ at: this.#at, done: [...this.#done] }))
    } catch {
      // The tour goes on without it.
    }
  }
}
