import type {
  BinaryExpression,
  CallExpression,
  Expression,
  IndexExpression,
  InstanceofExpression,
  MemberExpression,
  Molecules,
  NewExpression,
  RuleExpression,
} from './ast.ts'
import { PatternFormatter, type Brackets } from './format-patterns.ts'
import { group, indent, line, row, softLine, type Layout } from './layout.ts'
import { precedences } from './operators.ts'
import { typeText } from './type-text.ts'

/** Lays out expressions. Chains of operators and calls, which may be long, are walked in loops. */
export abstract class ExpressionFormatter extends PatternFormatter {
  protected abstract molecules(molecules: Molecules): Layout
  protected abstract rule(rule: RuleExpression): Layout

  protected expression(expression: Expression): Layout {
    const { start } = expression.span
    switch (expression.kind) {
      case 'name':
      case 'symbol':
      case 'rest':
        return this.leaf(expression.name, start)
      case 'unary': {
        const { operator, operand } = expression
        // `--` and `++` would be other marks.
        const gap = operand.kind === 'unary' && operand.operator === operator ? ' ' : ''
        return row(this.leaf(`${operator}${gap}`, start), this.expression(operand))
      }
      case 'cast':
        return row(
          this.leaf(`(${typeText(expression.type)}) `, start),
          this.expression(expression.operand),
        )
      case 'binary':
      case 'instanceof':
        return this.chain(expression)
      case 'call':
      case 'member':
      case 'index':
      case 'new':
        return this.postfix(expression)
      case 'conditional': {
        const test = this.expression(expression.test)
        const then = row('? ', this.expression(expression.then))
        return group(test, indent(line, then, line, ': ', this.expression(expression.else)))
      }
      case 'list':
        return this.listed(this.around(expression.span, ['[', ']']), expression.items)
      case 'solution': {
        const brackets =
          expression.brackets === '<>' ? (['<', '>'] as const) : (['⟨', '⟩'] as const)
        return this.enclosed(this.around(expression.span, brackets), expression.molecules)
      }
      case 'group':
        return this.enclosed(this.around(expression.span, ['(', ')']), expression.molecules)
      case 'tuple':
        return this.joined(expression.fields.map((field) => this.expression(field)))
      case 'named-rule': {
        const { name, rule } = expression
        return row(this.leaf(`${name.text} = `, name.span.start), this.rule(rule))
      }
      case 'rule':
        return this.rule(expression)
      case 'integer':
      case 'float':
      case 'string':
      case 'boolean':
      case 'infinity':
      case 'null':
      case 'error':
        return this.verbatim(expression.span)
    }
  }

  private listed(brackets: Brackets, items: readonly Expression[]): Layout {
    return this.bracketed(brackets, items, (item) => this.expression(item))
  }

  /** Arguments or an index. A comment before the bracket goes into it, as no space stands there. */
  private suffixed(
    [open, close]: readonly [string, string],
    end: number,
    items: readonly Expression[],
  ): Layout {
    return this.listed({ open, close, end: end - close.length }, items)
  }

  private enclosed(brackets: Brackets, molecules: Molecules): Layout {
    const { open, close, end } = brackets
    const [first] = molecules.items
    if (first === undefined) return this.empty(brackets)
    const head = this.comments.trailing(first.span.start)
    const inside = this.molecules(molecules)
    return group(open, head, indent(softLine, inside, this.comments.closing(end)), softLine, close)
  }

  /** Operators of one precedence that lean to the left stand in one group. */
  private chain(whole: BinaryExpression | InstanceofExpression): Layout {
    const precedence = precedences[whole.kind === 'binary' ? whole.operator : 'instanceof']
    const links: (BinaryExpression | InstanceofExpression)[] = []
    let first: Expression = whole
    while (
      (first.kind === 'binary' && precedences[first.operator] === precedence) ||
      (first.kind === 'instanceof' && precedences.instanceof === precedence)
    ) {
      links.unshift(first)
      first = first.kind === 'binary' ? first.left : first.operand
    }
    const parts = [this.expression(first)]
    for (const link of links) {
      if (link.kind === 'binary') {
        parts.push(row(line, `${link.operator} `, this.expression(link.right)))
      } else {
        const type = this.leaf(typeText(link.type), link.type.span.start)
        parts.push(row(line, 'instanceof ', type))
      }
    }
    const [head = '', ...rest] = parts
    return group(head, indent(rest))
  }

  /** Calls and indexes after one another. */
  private postfix(
    whole: CallExpression | MemberExpression | IndexExpression | NewExpression,
  ): Layout {
    const suffixes: (MemberExpression | IndexExpression)[] = []
    let base: Expression = whole
    while (base.kind === 'member' || base.kind === 'index') {
      suffixes.unshift(base)
      base = base.object
    }
    const parts = [this.postfixBase(base)]
    for (const suffix of suffixes) {
      const { end } = suffix.span
      if (suffix.kind === 'index') {
        parts.push(this.suffixed(['[', ']'], end, [suffix.index]))
        continue
      }
      const { member, arguments: args } = suffix
      parts.push(this.leaf(`.${member.text}`, member.span.start))
      if (args !== undefined) parts.push(this.suffixed(['(', ')'], end, args))
    }
    return row(parts)
  }

  private postfixBase(base: Expression): Layout {
    if (base.kind === 'call') {
      const name = this.leaf(base.callee.text, base.callee.span.start)
      return row(name, this.suffixed(['(', ')'], base.span.end, base.arguments))
    }
    if (base.kind === 'new') {
      const head = this.leaf(`new ${typeText(base.type)}`, base.span.start)
      return row(head, this.suffixed(['(', ')'], base.span.end, base.arguments))
    }
    return this.expression(base)
  }
}
