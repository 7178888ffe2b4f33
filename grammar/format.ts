import type { Definition, Element, Import, Molecules, Program, RuleExpression } from './ast.ts'
import type { Diagnostic } from './diagnostic.ts'
import { ExpressionFormatter } from './format-expressions.ts'
import { group, hardLine, indent, line, print, row, type Layout } from './layout.ts'
import { parse } from './parse.ts'
import { Source } from './source.ts'
import { pathText } from './type-text.ts'

/** Lines are at most so wide, where they can be. */
export const formatWidth = 100

/** What `format` gives. Without syntax errors the text is the formatted one. */
export interface Formatted {
  /** The whole text, with a line break at its end; as it was if it has syntax errors. */
  readonly text: string
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Lays a program out anew. Every token and comment stays, in the same order: only spaces and line
 * breaks change, so the formatted text has the same tree.
 */
export function format(source: Source): Formatted {
  const { program, diagnostics } = parse(source)
  const hasErrors = diagnostics.some((diagnostic) => diagnostic.severity === 'error')
  if (hasErrors) return { text: source.text, diagnostics }
  let text = laidOut(source, program)
  // Where a comment stands decides how the line around it breaks, and the first layout may have moved
  // it: laid out again until nothing moves, so that what is formatted stays as it is.
  for (let i = 0; i < MOST_LAYOUTS; i++) {
    const again = new Source(source.name, text)
    const next = laidOut(again, parse(again).program)
    if (next === text) break
    text = next
  }
  return { text, diagnostics }
}

const MOST_LAYOUTS = 8

function laidOut(source: Source, program: Program): string {
  const layout = new Formatter(source, program.comments).program(program)
  const text = print(layout, formatWidth).trimEnd()
  return text === '' ? '' : `${text}\n`
}

/** A part of a text with its place, for the empty lines between parts. */
interface Section {
  readonly start: number
  readonly layout: () => Layout
}

class Formatter extends ExpressionFormatter {
  program(program: Program): Layout {
    const { package: name, imports, definitions, solution } = program
    const sections: Section[] = []
    if (name !== undefined) {
      const layout = () => {
        const text = this.leaf(`package ${pathText(name)}`, name.span.start)
        return row(
          text,
          this.comments.docsBefore(';', name.span.start, this.source.text.length),
          ';',
        )
      }
      sections.push({ start: name.span.start, layout })
    }
    for (const each of imports) {
      sections.push({ start: each.span.start, layout: () => this.import(each) })
    }
    for (const each of definitions) {
      sections.push({ start: each.span.start, layout: () => this.definition(each) })
    }
    if (solution !== undefined) {
      sections.push({ start: solution.span.start, layout: () => this.expression(solution) })
    }
    const parts: Layout[] = []
    sections.forEach(({ start, layout }, index) => {
      if (index > 0) {
        parts.push(this.comments.trailing(start), hardLine)
        if (this.comments.hasBlankBefore(start)) parts.push(hardLine)
      }
      parts.push(this.comments.leading(start), layout())
    })
    const end = this.source.text.length + 1
    // In a text without anything but comments nothing stands before the first.
    if (sections.length === 0) return row(this.comments.leading(end))
    return row(parts, this.comments.closing(end))
  }

  private import(each: Import): Layout {
    const { target, isStatic, isWildcard, alias, span } = each
    const path = target.kind === 'path' ? pathText(target) : this.source.slice(target.span)
    const word = isStatic ? 'import static' : 'import'
    const all = isWildcard ? '.*' : ''
    const name = alias === undefined ? '' : ` as ${alias.text}`
    const text = this.leaf(`${word} ${path}${all}${name}`, span.start)
    return row(text, this.comments.docsBefore(';', (alias ?? target).span.end, span.end), ';')
  }

  protected definition({ isRecursive, name, parameters, body, span }: Definition): Layout {
    const word = isRecursive ? 'let rec' : 'let'
    const names = parameters?.map((parameter) => parameter.text).join(', ')
    const head = `${word} ${name.text}${names === undefined ? '' : `(${names})`} = `
    const start = this.leaf(head, span.start)
    const content = this.expression(body)
    // Only at the end of a text may the `in` be missing.
    if (span.end === body.span.end) return group(start, content)
    return group(start, content, this.comments.closing(span.end - 'in'.length), line, 'in')
  }

  protected molecules({ items }: Molecules): Layout {
    const parts: Layout[] = []
    items.forEach((item, index) => {
      const { start } = item.span
      const before = items[index - 1]
      if (before !== undefined) {
        if (before.kind !== 'definition') {
          if (item.kind === 'definition') {
            parts.push(this.comments.docsBefore(',', before.span.end, start))
          }
          parts.push(',')
        }
        parts.push(this.comments.trailing(start), line)
        const keepsBlank = this.comments.hasBlankBefore(start)
        if (keepsBlank) parts.push(hardLine)
      }
      parts.push(this.comments.leading(start))
      parts.push(item.kind === 'definition' ? this.definition(item) : this.element(item))
    })
    return row(parts)
  }

  private element(element: Element): Layout {
    switch (element.kind) {
      case 'nothing':
        return this.leaf(this.nothingText(element.span), element.span.start)
      case 'spread':
        return row(this.leaf('...', element.span.start), this.expression(element.expression))
      case 'counted':
        return row(this.expression(element.molecule), '^', this.expression(element.multiplicity))
      default:
        return this.expression(element)
    }
  }

  protected rule(rule: RuleExpression): Layout {
    const { form, keyword, patterns, product, condition, rate } = rule
    const start = this.leaf(`${form} `, keyword.start)
    const taken = this.patterns(patterns)
    const word = form === 'with' ? 'inject' : 'by'
    const docs = this.comments.docsBefore(
      word,
      patterns.at(-1)?.span.end ?? keyword.end,
      product.span.start,
    )
    const made = group(indent(this.molecules(product)))
    const clauses = [
      { word: 'if ', expression: condition },
      { word: '@ ', expression: rate },
    ]
      .flatMap(({ word, expression }) => (expression === undefined ? [] : [{ word, expression }]))
      .sort((one, other) => one.expression.span.start - other.expression.span.start)
      .map(({ word, expression }) => row(line, word, this.expression(expression)))
    return group(start, group(indent(taken)), indent(docs, line, `${word} `, made, ...clauses))
  }
}
