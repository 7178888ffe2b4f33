import type { Declaration } from './declaration.ts'

/** Names that can be seen at a place, by what declares them nearest. */
export class Scope {
  readonly #parent: Scope | undefined
  readonly #own = new Map<string, Declaration>()

  constructor(parent?: Scope) {
    this.#parent = parent
  }

  declare(declaration: Declaration): void {
    this.#own.set(declaration.name, declaration)
  }

  own(name: string): Declaration | undefined {
    return this.#own.get(name)
  }

  find(name: string): Declaration | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.#parent) {
      const found = scope.#own.get(name)
      if (found !== undefined) return found
    }
    return undefined
  }
}
