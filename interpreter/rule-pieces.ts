import type { Molecule } from './molecule.ts'

/* What a rule is written in: text, and what stands between it. `rule-writer.ts` writes it. */

export type Piece = string | Variable | Reference | Hole

export interface Variable {
  readonly kind: 'variable'
  /** The slot, after those of the rules around it. */
  readonly id: string
  readonly name: string
}

/** A recursive definition: its own closed form would not end. */
export interface Reference {
  readonly kind: 'reference'
  readonly name: string
  readonly identity: string
}

export type Hole =
  | { readonly kind: 'literal'; readonly value: Molecule }
  | { readonly kind: 'captured'; readonly index: number }
  /**
   * A tuple, list or solution of nothing but literals and captured values is one value: it is the same
   * whether its parts were captured or it was written so.
   */
  | Compound

export interface Compound {
  readonly kind: 'compound'
  readonly value: ValueOf
  /** Where a tuple needs no parentheses. */
  readonly isBare: boolean
}

/** What a closed expression stands for in an instance with these captured values. */
export type ValueOf = (captured: readonly Molecule[]) => Molecule | undefined

/** The values that a piece stands for in an instance with these captured values: one, or none for text. */
export function holeValue(piece: Piece, captured: readonly Molecule[]): readonly Molecule[] {
  if (typeof piece === 'string' || piece.kind === 'variable' || piece.kind === 'reference')
    return []
  const value = valueOf(piece)(captured)
  return value === undefined ? [] : [value]
}

/** The same as a function, for a piece of a larger value. */
export function valueOf(hole: Hole): ValueOf {
  switch (hole.kind) {
    case 'literal':
      return () => hole.value
    case 'captured':
      return (captured) => captured[hole.index]
    case 'compound':
      return hole.value
  }
}
