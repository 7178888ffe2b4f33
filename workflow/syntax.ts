import { parseExpressionAt } from 'acorn'
import type { AnyNode, ArrowFunctionExpression, FunctionExpression } from 'acorn'
import { WorkflowError } from './error.ts'
import type { SourcePlace } from './error.ts'

/** A function as its text says it. */
export interface FunctionSyntax {
  readonly node: FunctionExpression | ArrowFunctionExpression
  readonly source: FunctionSource
}

/** The text of a function, for places and labels. */
export class FunctionSource {
  readonly #text: string
  // What was put before the text so that it is an expression.
  readonly #shift: number

  constructor(text: string, shift: number) {
    this.#text = text
    this.#shift = shift
  }

  place({ loc }: AnyNode): SourcePlace | undefined {
    if (loc === undefined || loc === null) return undefined
    const { line, column } = loc.start
    return { line, column: column + 1 - (line === 1 ? this.#shift : 0) }
  }

  /** On one line, and short enough for a picture. */
  label({ start, end }: AnyNode): string {
    const text = this.#text.slice(start, end).replace(/\s+/g, ' ')
    return text.length > 40 ? `${text.slice(0, 39)}…` : text
  }

  /** What is to be thrown at a part that cannot be a part of a workflow. */
  refusal(node: AnyNode, message: string, hint?: string): WorkflowError {
    return new WorkflowError(message, {
      place: this.place(node),
      ...(hint !== undefined && { hint }),
    })
  }
}

/** Reads a function's text. It is never run. */
export function parseFunction(text: string): FunctionSyntax {
  const isMethod = !/^(async\b\s*)?(function\b|\(|[\p{L}_$][\p{L}\p{Nd}_$]*\s*=>)/u.test(text)
  const before = isMethod ? '({' : '('
  const whole = `${before}${text}${isMethod ? '})' : ')'}`
  const source = new FunctionSource(whole, before.length)
  let parsed: AnyNode
  try {
    parsed = parseExpressionAt(whole, 0, { ecmaVersion: 'latest', locations: true })
  } catch (error) {
    throw new WorkflowError('this function cannot be read', {
      hint: 'a function of the language itself, or a bound one, has no text',
      cause: error,
    })
  }
  const [property] = parsed.type === 'ObjectExpression' ? parsed.properties : []
  const node: AnyNode = property?.type === 'Property' ? property.value : parsed
  if (node.type !== 'FunctionExpression' && node.type !== 'ArrowFunctionExpression')
    throw source.refusal(node, 'expected a function')
  if (node.generator)
    throw source.refusal(node, 'a generator cannot become a workflow', 'write an `async function`')
  return { node, source }
}

/** The parts of a node, in order. */
export function* partsOf(node: AnyNode): Generator<AnyNode> {
  for (const value of Object.values(node) as unknown[]) {
    const parts: readonly unknown[] = Array.isArray(value) ? value : [value]
    for (const part of parts) if (isNode(part)) yield part
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}
