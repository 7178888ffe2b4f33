/**
 * Texts by name, each put together when it is first asked for: a program that imports one module, or none,
 * does not pay for all of them.
 */
export class LazyTexts implements ReadonlyMap<string, string> {
  readonly #lines: ReadonlyMap<string, () => readonly string[]>
  readonly #texts = new Map<string, string>()

  constructor(lines: Iterable<readonly [string, () => readonly string[]]>) {
    this.#lines = new Map(lines)
  }

  get size(): number {
    return this.#lines.size
  }

  has(name: string): boolean {
    return this.#lines.has(name)
  }

  get(name: string): string | undefined {
    const known = this.#texts.get(name)
    if (known !== undefined) return known
    const lines = this.#lines.get(name)
    if (lines === undefined) return undefined
    const text = `${lines().join('\n')}\n`
    this.#texts.set(name, text)
    return text
  }

  keys(): MapIterator<string> {
    return this.#lines.keys()
  }

  values(): MapIterator<string> {
    return this.#all().values()
  }

  entries(): MapIterator<[string, string]> {
    return this.#all().entries()
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries()
  }

  forEach(visit: (text: string, name: string, texts: ReadonlyMap<string, string>) => void): void {
    for (const [name, text] of this) visit(text, name, this)
  }

  #all(): Map<string, string> {
    return new Map([...this.keys()].map((name) => [name, this.get(name) ?? '']))
  }
}
