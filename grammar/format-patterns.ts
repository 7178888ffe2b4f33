import type { Comment, Expression, Pattern, Type } from './ast.ts'
import { CommentPlacer } from './comment-placer.ts'
import { group, indent, line, row, softLine, type Layout } from './layout.ts'
import type { Source, Span } from './source.ts'
import { pathText, typeText } from './type-text.ts'

/** A pair of brackets: the first laid out already, the other with its place. */
export interface Brackets {
  readonly open: Layout
  readonly close: string
  readonly end: number
}

/** Lays out leaves and patterns. */
export abstract class PatternFormatter {
  protected readonly source: Source
  protected readonly comments: CommentPlacer

  constructor(source: Source, comments: readonly Comment[]) {
    this.source = source
    this.comments = new CommentPlacer(source, comments)
  }

  protected abstract expression(expression: Expression): Layout

  /** A text that starts at a place, after the comments before that place. */
  protected leaf(text: string, start: number): Layout {
    return this.comments.has(start) ? row(this.comments.leading(start), text) : text
  }

  /** What is written as it was: numbers and strings keep their form. */
  protected verbatim(span: Span): Layout {
    return this.leaf(this.source.slice(span), span.start)
  }

  /** `∅`, `nothing` or `()`, whichever it was; there may be a comment in the parentheses. */
  protected nothingText(span: Span): string {
    const text = this.source.slice(span)
    return text.startsWith('(') ? '()' : text
  }

  /** Things between brackets, with commas between them, on one line or each on its own. */
  protected bracketed<T extends { readonly span: Span }>(
    { open, close, end }: Brackets,
    items: readonly T[],
    layOut: (item: T) => Layout,
  ): Layout {
    const [first] = items
    if (first === undefined) return this.empty({ open, close, end })
    const head = this.comments.trailing(first.span.start)
    const inside = this.separated(items, layOut)
    return group(open, head, indent(softLine, inside, this.comments.closing(end)), softLine, close)
  }

  /** The brackets of something that stands between them as a whole. */
  protected around(span: Span, [open, close]: readonly [string, string]): Brackets {
    return { open: this.leaf(open, span.start), close, end: span.end - close.length }
  }

  /** Brackets with nothing between them but perhaps comments. */
  protected empty({ open, close, end }: Brackets): Layout {
    if (!this.comments.has(end)) return row(open, close)
    return group(open, indent(this.comments.closing(end, { isFirst: true })), softLine, close)
  }

  protected separated<T extends { readonly span: Span }>(
    items: readonly T[],
    layOut: (item: T) => Layout,
  ): Layout {
    const parts: Layout[] = []
    items.forEach((item, index) => {
      const { start } = item.span
      if (index > 0) parts.push(',', this.comments.trailing(start), line)
      parts.push(this.comments.leading(start), layOut(item))
    })
    return row(parts)
  }

  protected patterns(patterns: readonly Pattern[]): Layout {
    return this.separated(patterns, (pattern) => this.pattern(pattern))
  }

  protected pattern(pattern: Pattern): Layout {
    const { start } = pattern.span
    switch (pattern.kind) {
      case 'rest-pattern':
        return this.leaf(`${pattern.isQuestionMark ? '?' : ''}${pattern.name.text}`, start)
      case 'counted-pattern':
        return row(this.pattern(pattern.pattern), '^', this.expression(pattern.multiplicity))
      case 'tuple-pattern':
        return this.joined(pattern.fields.map((field) => this.pattern(field)))
      case 'group-pattern':
        return this.bracketed(this.around(pattern.span, ['(', ')']), [pattern.pattern], (inside) =>
          this.pattern(inside),
        )
      case 'solution-pattern': {
        const brackets = pattern.brackets === '<>' ? (['<', '>'] as const) : (['⟨', '⟩'] as const)
        return this.bracketed(this.around(pattern.span, brackets), pattern.patterns, (each) =>
          this.pattern(each),
        )
      }
      case 'list-pattern':
        return this.bracketed(this.around(pattern.span, ['[', ']']), pattern.items, (item) =>
          this.pattern(item),
        )
      case 'literal-pattern':
        return row(
          this.leaf(pattern.isNegative ? '-' : '', start),
          this.verbatim(pattern.literal.span),
        )
      case 'wildcard-pattern':
        return this.leaf(`_${this.typing(pattern)}`, start)
      case 'variable-pattern':
        return this.leaf(`${pattern.name.text}${this.typing(pattern)}`, start)
      case 'symbol-pattern':
        return this.leaf(pattern.name, start)
      case 'constant-pattern':
        return this.leaf(pathText(pattern.path), start)
      case 'caught-rule-pattern':
        return this.leaf(`${pathText(pattern.rule)} = ${pattern.variable.text}`, start)
      case 'nothing-pattern':
      case 'error':
        return this.verbatim(pattern.span)
    }
  }

  private typing({ type }: { readonly type?: Type }): string {
    return type === undefined ? '' : `::${typeText(type)}`
  }

  /** Fields of a tuple. */
  protected joined(fields: readonly Layout[]): Layout {
    const parts = fields.flatMap((field, index) => (index === 0 ? [field] : [':', softLine, field]))
    return group(indent(parts))
  }
}
