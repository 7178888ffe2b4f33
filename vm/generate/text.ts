/** The text of a generated function: lines, and the values that it refers to by number. */
export class Text {
  readonly #lines: string[] = []
  readonly #values: unknown[] = []
  readonly #names = new Map<unknown, string>()
  #fresh = 0

  line(text: string): void {
    this.#lines.push(text)
  }

  /** A name in the text for a value from outside it. */
  constant(value: unknown): string {
    let name = this.#names.get(value)
    if (name === undefined) {
      name = `k${String(this.#values.length)}`
      this.#values.push(value)
      this.#names.set(value, name)
    }
    return name
  }

  /** A name that nothing else has. */
  fresh(prefix: string): string {
    return `${prefix}${String(this.#fresh++)}_`
  }

  get body(): string {
    return this.#lines.join('\n')
  }

  get values(): readonly unknown[] {
    return this.#values
  }
}

type Factory = (values: readonly unknown[]) => unknown

/** What makes the function of a text, with other values each time. */
interface Made {
  readonly factory: Factory
  /** One more of its functions, without values, that nobody calls. */
  spare: unknown
}

const made = new Map<string, Made>()

let isAllowed: boolean | undefined

/** Whether text may be made into code here: a page's content security policy can forbid it. */
export function canGenerate(): boolean {
  if (isAllowed === undefined)
    try {
      // Asking is the only way to find out.
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the text is a constant
      isAllowed = new Function('return true')() === true
    } catch {
      isAllowed = false
    }
  return isAllowed
}

/**
 * The function that the text of an expression is, with its values put in. The same text is compiled once. Of what
 * V8 optimises, all functions of a text have a part, but it is gone with the last of them: as soon as there is a
 * second machine, a function that belongs to none is kept, so that a third one need not be optimised anew.
 */
export function functionFrom(text: Text, expression: string): unknown {
  const names = text.values.map((_, i) => `k${String(i)}`)
  // `var`: what a generated function refers to is never read before it is set, and `const` would check.
  const source = `"use strict"; var [${names.join()}] = k; return ${expression}`
  const known = made.get(source)
  if (known !== undefined) {
    known.spare ??= known.factory([])
    return known.factory(text.values)
  }
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is made of plans and escaped constants only
  const factory = new Function('k', source) as Factory
  if (made.size >= MOST_TEXTS) made.clear()
  made.set(source, { factory, spare: undefined })
  return factory(text.values)
}

/** Programs that make rules without end must not fill memory with code. */
const MOST_TEXTS = 1000
