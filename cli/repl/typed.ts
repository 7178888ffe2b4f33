import { Source } from '../../grammar/index.ts'
import type { Diagnostic, Label, ParsedMolecules, Span } from '../../grammar/index.ts'
import { hasIn } from './reading.ts'

/** An import or a definition as it is lowered, and where somebody wrote it. */
export interface Typed {
  readonly text: string
  readonly source: Source
  /** What of the source it stands for. */
  readonly span: Span
  /** The place of its first letter, which lies before the span where words were added in front. */
  readonly start: number
}

export interface TypedDefinition extends Typed {
  readonly name: string
}

/** What a line of input, or the part of a program before its solution, is made of. */
export interface Parts {
  readonly imports: readonly Typed[]
  readonly definitions: readonly TypedDefinition[]
  /** The text with spaces in place of imports and definitions, so that what is left stands where it stood. */
  readonly elements: string
}

/** A rule that is named as it is added is defined as well, so that its name can be used later. */
export function partsOf(source: Source, { imports, molecules }: ParsedMolecules): Parts {
  const definitions: TypedDefinition[] = []
  const taken: Span[] = imports.map(({ span }) => span)
  for (const item of molecules.items) {
    const { span } = item
    if (item.kind === 'definition') {
      const text = source.slice(span)
      taken.push(span)
      definitions.push({
        name: item.name.text,
        text: hasIn(item) ? text : `${text} in`,
        source,
        span,
        start: span.start,
      })
    }
    if (item.kind === 'named-rule') {
      const head = `let rec ${item.name.text} = `
      definitions.push({
        name: item.name.text,
        text: `${head}${source.slice(item.rule.span)} in`,
        source,
        span,
        start: item.rule.span.start - head.length,
      })
    }
  }
  return {
    imports: imports.map(({ span }) => ({
      text: source.slice(span),
      source,
      span,
      start: span.start,
    })),
    definitions,
    elements: blanked(source.text, taken),
  }
}

/** The spans are in order. */
function blanked(text: string, spans: readonly Span[]): string {
  const pieces: string[] = []
  let from = 0
  for (const { start, end } of spans) {
    pieces.push(text.slice(from, start), text.slice(start, end).replace(/\S/g, ' '))
    from = end
  }
  return [...pieces, text.slice(from)].join('')
}

/**
 * Texts that were put together for the lowering, and where each part of them was written: a message is
 * to point at what somebody typed, whenever that was.
 */
export class Origins {
  readonly #origins = new WeakMap<Source, (span: Span) => Label>()

  /** One program of imports and definitions, without a solution of its own. */
  program(parts: readonly Typed[]): Source {
    const source = new Source('definitions', [...parts.map(({ text }) => text), '<>'].join('\n'))
    const starts: number[] = []
    let length = 0
    for (const { text } of parts) {
      starts.push(length)
      length += text.length + 1
    }
    this.#origins.set(source, ({ start, end }) => {
      const index = Math.max(
        0,
        starts.findLastIndex((each) => each <= start),
      )
      const part = parts[index]
      if (part === undefined) return { source, span: { start, end }, text: '' }
      const shift = part.start - (starts[index] ?? 0)
      const within = (place: number): number =>
        Math.min(Math.max(place + shift, part.span.start), part.span.end)
      return { source: part.source, span: { start: within(start), end: within(end) }, text: '' }
    })
    return source
  }

  /** A text that stands in another one at the same place. */
  part(text: string, whole: Source): Source {
    const source = new Source(whole.name, text)
    this.#origins.set(source, (span) => ({ source: whole, span, text: '' }))
    return source
  }

  /** A diagnostic with the places where people wrote what it speaks of. */
  placed(diagnostic: Diagnostic): Diagnostic {
    const [first, ...others] = diagnostic.labels
    return {
      ...diagnostic,
      labels: [this.#label(first), ...others.map((label) => this.#label(label))],
    }
  }

  #label(label: Label): Label {
    const origin = this.#origins.get(label.source)
    return origin === undefined ? label : { ...origin(label.span), text: label.text }
  }
}
