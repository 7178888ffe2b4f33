import type { Comment, Expression, Pattern, Type } from './ast.ts'
import { CommentPlacer } from './comment-placer.ts'
import { group, indent, line, row, softLine, type Layout } from './layout.ts'
import type { Source, Span } from './source.ts'
import { pathText, typeText } from './type-text.ts'

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
    brackets: readonly [open: string, close: string],
    around: Span,
    items: readonly T[],
    layOut: (item: T) => Layout,
  ): Layout {
    const [open, close] = brackets
    const end = around.end - close.length
    const start = this.leaf(open, around.start)
    const inside = this.separated(items, layOut)
    return group(start, indent(softLine, inside, this.comments.closing(end)), softLine, close)
  }

  protected separated<T extends { readonly span: Span }>(
    items: readonly T[],
    layOut: (item: T) => Layout,
  ): Layout {
    const parts: Layout[] = []
    items.forEach((item, index) => {
      const { start } = item.span
      if (index > 0) parts.push(',', this.comments.trailing(start), line)
      else parts.push(this.comments.trailing(start))
      parts.push(this.comments.leading(start), layOut(item))
    })
    return row(...parts)
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
        return this.bracketed(['(', ')'], pattern.span, [pattern.pattern], (inside) =>
          this.pattern(inside),
        )
      case 'solution-pattern': {
        const brackets = pattern.brackets === '<>' ? (['<', '>'] as const) : (['⟨', '⟩'] as const)
        return this.bracketed(brackets, pattern.span, pattern.patterns, (each) =>
          this.pattern(each),
        )
      }
      case 'list-pattern':
        return this.bracketed(['[', ']'], pattern.span, pattern.items, (item) => this.pattern(item))
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
    return group(indent(...parts))
  }
}
