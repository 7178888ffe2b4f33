import type { Project } from '../app/starting-project.ts'
import { dataOf, projectOf } from '../keep/project-data.ts'

/** What a browser keeps for a page; a part of `Storage`. */
export interface Keeping {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

const KEY = 'hocl-tour'

/** How far somebody has come in the tour, and what they had written before it. Where the browser keeps nothing, it is forgotten with the page. */
export class Progress {
  readonly #keeping: (() => Keeping) | undefined
  #at: string | undefined
  #done: ReadonlySet<string> = new Set()
  #own: Project | undefined

  /** What is kept may be refused, and then even asking for it throws. */
  constructor(keeping?: () => Keeping) {
    this.#keeping = keeping
    const kept = this.#kept()
    if (typeof kept !== 'object' || kept === null) return
    const { at, done, own } = kept as { at?: unknown; done?: unknown; own?: unknown }
    if (typeof at === 'string') this.#at = at
    if (Array.isArray(done)) this.#done = new Set(done.filter((each) => typeof each === 'string'))
    try {
      if (own !== undefined) this.#own = projectOf(own)
    } catch {
      // Another version of the page has kept it.
    }
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

  /** What was in the editor before the first lesson or gallery program was put there. */
  get own(): Project | undefined {
    return this.#own
  }

  set own(project: Project | undefined) {
    this.#own = project
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
      const own = this.#own === undefined ? {} : { own: dataOf(this.#own) }
      const kept = { at: this.#at, done: [...this.#done], ...own }
      this.#keeping?.().setItem(KEY, JSON.stringify(kept))
    } catch {
      // The tour goes on without it.
    }
  }
}
