import { withReactantsGiven } from '../kept-reactants.ts'
import { inside, isRule, isSymbol, symbol } from '../molecule.ts'
import type { Molecule, Skeleton } from '../molecule.ts'
import { Book } from './book.ts'
import { holeText } from './pieces.ts'
import type { Piece, Variable } from './pieces.ts'
import type { Environment } from '../evaluate.ts'
import type { Unformed } from './pattern-writer.ts'
import { Writer } from './writer.ts'
import { skeletonOf } from '../rule.ts'
import type {
  ClosedForm,
  Element,
  Expression,
  Pattern,
  ReactantPattern,
  RuleParts,
  RuleShape,
} from '../rule.ts'

/*
 * A rule written out from its lowered form: definitions put in, captured values in their places. Pieces
 * of text alternate with holes. With variables numbered and every literal a hole, the text is the rule's
 * skeleton and the holes are its values: two rules are equal when both are. With variables by name, the
 * same pieces print.
 */

/** The closed form of a rule that is being made. Worked out when it is first asked for. */
export function closedForm(parts: Omit<RuleParts, 'form'>): ClosedForm {
  const compared = new Form(parts, 'compared')
  const shown = new Form(parts, 'shown')
  return {
    skeleton: (captured) => compared.skeleton(captured),
    values: (captured) => compared.pieces(captured).flatMap((piece) => valuesOf(piece, captured)),
    text: (captured, print) => {
      // Only rules that use themselves or one another are printed in another way than they are compared.
      const pieces = compared.pieces(captured)
      return named(compared.isRecursive ? shown.pieces(captured) : pieces, captured, print)
    },
    repeated: () => {
      const many = { identity: undefined, shots: 'many', printsInFull: true } as const
      const again = { ...withReactantsGiven(parts), ...many }
      return { ...again, form: closedForm(again) }
    },
  }
}

/** The pieces of a rule: the same for all instances, or for each its own where its values decide what is written. */
class Form {
  readonly #parts: Omit<RuleParts, 'form'>
  readonly #purpose: Book['purpose']
  #pieces: readonly Piece[] | undefined
  #skeleton: Skeleton | undefined
  #dependsOnValues = false
  isRecursive = false

  constructor(parts: Omit<RuleParts, 'form'>, purpose: Book['purpose']) {
    this.#parts = parts
    this.#purpose = purpose
  }

  pieces(captured: readonly Molecule[]): readonly Piece[] {
    if (this.#pieces !== undefined) return this.#pieces
    const book = new Book(this.#purpose, this.#dependsOnValues ? captured : undefined)
    const pieces = new Writer(this.#parts, book).rule()
    this.isRecursive = book.isRecursive
    if (this.#dependsOnValues) return pieces
    if (book.dependsOnValues) {
      this.#dependsOnValues = true
      return this.pieces(captured)
    }
    if (!book.isUnfinished) this.#pieces = pieces
    return pieces
  }

  skeleton(captured: readonly Molecule[]): Skeleton {
    if (this.#skeleton !== undefined) return this.#skeleton
    const { name, shots } = this.#parts
    const text = numbered(this.pieces(captured))
    const skeleton = skeletonOf(`${name ?? ''} ${shots} ${text}`)
    if (this.#pieces !== undefined) this.#skeleton = skeleton
    return skeleton
  }
}

/** The text with its variables numbered as they come: a slot may have been left out, that of a `let` with a known value. */
function numbered(pieces: readonly Piece[]): string {
  const numbers = new Map<string, number>()
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      switch (piece.kind) {
        case 'variable': {
          const number = numbers.get(piece.id) ?? numbers.size
          numbers.set(piece.id, number)
          return `$${String(number)}`
        }
        case 'word':
          return piece.text
        case 'reference':
          return `@${String(piece.index)}`
        case 'hole':
          return '#'
      }
    })
    .join('')
}

function valuesOf(piece: Piece, captured: readonly Molecule[]): readonly Molecule[] {
  if (typeof piece === 'string' || piece.kind !== 'hole') return []
  const value = piece.value(captured)
  return value === undefined ? [] : [value]
}

function named(
  pieces: readonly Piece[],
  captured: readonly Molecule[],
  print: (molecule: Molecule) => string,
): string {
  const names = new DistinctNames(pieces, captured)
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      switch (piece.kind) {
        case 'variable':
          return names.of(piece)
        case 'word':
          return piece.text
        case 'reference':
          return piece.name
        case 'hole': {
          const value = piece.value(captured)
          return value === undefined ? '' : holeText(value, piece.place, print(value))
        }
      }
    })
    .join('')
}

/**
 * Names for the variables of a rule, each another. Two definitions put into one rule may bring in
 * parameters of the same name, and no variable may hide what a name in the rule means outside: a
 * function, another rule, or a symbol in the values.
 */
class DistinctNames {
  readonly #byId = new Map<string, string>()
  readonly #taken = new Set<string>()

  constructor(pieces: readonly Piece[], captured: readonly Molecule[]) {
    const variables = new Set<string>()
    for (const piece of pieces)
      if (typeof piece === 'object' && piece.kind === 'variable') variables.add(piece.name)
    for (const piece of pieces) {
      if (typeof piece === 'string' || piece.kind === 'variable') continue
      if (piece.kind === 'word') this.#taken.add(piece.text)
      else if (piece.kind === 'reference') this.#taken.add(piece.name)
      else
        for (const name of namesIn(piece.value(captured)))
          if (variables.has(name)) this.#taken.add(name)
    }
  }

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

/** The names of rules and symbols in a molecule, at any depth. */
function* namesIn(root: Molecule | undefined): Generator<string> {
  if (typeof root !== 'object') return
  const seen = new Set<Molecule>()
  const waiting: Molecule[] = [root]
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    if (typeof top !== 'object' || seen.has(top)) continue
    seen.add(top)
    if (isSymbol(top)) yield top.name
    else if (isRule(top) && top.shape.name !== undefined) yield top.shape.name
    for (const inner of inside(top) ?? []) if (typeof inner === 'object') waiting.push(inner)
  }
}

/** A part of a rule as people read it, captured values by their names. */
export function patternText(
  shape: RuleShape,
  pattern: ReactantPattern | Pattern,
  print: (molecule: Molecule) => string,
): string {
  const writer = new Writer(shape.parts, new Book('shown', undefined))
  return named(writer.patternPieces(pattern), shape.capturedNames.map(symbol), print)
}

/** An element of a product, with what its variables and captured values stand for put in. */
export function elementText(
  element: Element,
  { slots, captured }: Pick<Environment, 'slots' | 'captured'>,
  print: (molecule: Molecule) => string,
): string {
  const source: Unformed = {
    name: undefined,
    identity: undefined,
    printsInFull: true,
    shots: 'one',
    isCatalytic: false,
    patterns: [],
    topRests: [],
    condition: undefined,
    rate: undefined,
    product: { bindings: [], elements: [element] },
    slotNames: [],
    captured: captured.map((_, index) => ({ name: String(index) })),
    place: element.place,
  }
  const known = new Map<number, Molecule>()
  for (const [slot, value] of slots.entries()) if (value !== undefined) known.set(slot, value)
  const writer = new Writer(source, new Book('shown', captured), { known })
  return named(writer.bareProduct(), captured, print)
}

/** An expression of a rule as people read it, captured values by their names. */
export function expressionText(
  shape: RuleShape,
  expression: Expression,
  print: (molecule: Molecule) => string,
): string {
  const writer = new Writer(shape.parts, new Book('shown', undefined))
  return named(writer.bareExpression(expression), shape.capturedNames.map(symbol), print)
}
