import { symbol } from './molecule.ts'
import type { Molecule, Skeleton } from './molecule.ts'
import { skeletonOf } from './rule.ts'
import type {
  ClosedForm,
  Expression,
  Pattern,
  ReactantPattern,
  RuleParts,
  RuleShape,
} from './rule.ts'

import type { Piece, Variable } from './rule-pieces.ts'
import { holeValue } from './rule-pieces.ts'
import { Writer } from './rule-writer.ts'

/*
 * A rule written out from its lowered form: definitions put in, captured values in their places. Pieces
 * of text alternate with holes. With variables numbered and every literal a hole, the text is the rule's
 * skeleton and the holes are its values: two rules are equal when both are. With variables by name, the
 * same pieces print.
 */

/** The closed form of a rule that is being made. Worked out when it is first asked for. */
export function closedForm(parts: Omit<RuleParts, 'form'>): ClosedForm {
  let pieces: readonly Piece[] | undefined
  let skeleton: Skeleton | undefined
  const all = (): readonly Piece[] => (pieces ??= new Writer(parts, '').rule())
  return {
    skeleton: () =>
      (skeleton ??= skeletonOf(`${parts.name ?? ''} ${parts.shots} ${numbered(all())}`)),
    values: (captured) => all().flatMap((piece) => holeValue(piece, captured)),
    text: (captured, print) => named(all(), captured, print),
    repeated: () => closedForm({ ...parts, shots: 'many', printsInFull: true }),
  }
}

function numbered(pieces: readonly Piece[]): string {
  return pieces.map(numberedPiece).join('')
}

function numberedPiece(piece: Piece): string {
  if (typeof piece === 'string') return piece
  switch (piece.kind) {
    case 'variable':
      return `$${piece.id}`
    case 'reference':
      return piece.identity
    case 'literal':
    case 'captured':
    case 'compound':
      return '#'
  }
}

function named(
  pieces: readonly Piece[],
  captured: readonly Molecule[],
  print: (molecule: Molecule) => string,
): string {
  const names = new DistinctNames()
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      if (piece.kind === 'variable') return names.of(piece)
      if (piece.kind === 'reference') return piece.name
      const [value] = holeValue(piece, captured)
      if (value === undefined) return ''
      return piece.kind === 'compound' && piece.isBare ? print(value) : atomText(value, print)
    })
    .join('')
}

/** Two definitions put into one rule may bring in parameters of the same name. */
class DistinctNames {
  readonly #byId = new Map<string, string>()
  readonly #taken = new Set<string>()

  of(variable: Variable): string {
    const known = this.#byId.get(variable.id)
    if (known !== undefined) return known
    let name = variable.name
    for (let i = 1; this.#taken.has(name); i++) name = `${variable.name}${String(i)}`
    this.#byId.set(variable.id, name)
    this.#taken.add(name)
    return name
  }
}

/** A part of a rule as people read it, captured values by their names. */
export function patternText(
  shape: RuleShape,
  pattern: ReactantPattern | Pattern,
  print: (molecule: Molecule) => string,
): string {
  return named(
    new Writer(shape.parts, '').patternPieces(pattern),
    shape.capturedNames.map(symbol),
    print,
  )
}

/** An expression of a rule as people read it, captured values by their names. */
export function expressionText(
  shape: RuleShape,
  expression: Expression,
  print: (molecule: Molecule) => string,
): string {
  return named(
    new Writer(shape.parts, '').bareExpression(expression),
    shape.capturedNames.map(symbol),
    print,
  )
}

/** A value inside an expression: a tuple or negative number keeps its parentheses. */
function atomText(value: Molecule, print: (molecule: Molecule) => string): string {
  const text = print(value)
  const isTuple = typeof value === 'object' && value.kind === 'tuple'
  const isNegative = text.startsWith('-')
  return isTuple || isNegative ? `(${text})` : text
}
