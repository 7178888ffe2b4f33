import type { Molecule } from '../molecule.ts'

/* What a rule is written in: text, and what stands between it. `writer.ts` writes it. */

export type Piece = string | Variable | Word | Reference | Hole

export interface Variable {
  readonly kind: 'variable'
  /** The slot, after those of the rules around it. */
  readonly id: string
  readonly name: string
}

/** A name that means something outside the rule, as that of a function: no variable may have it in print. */
export interface Word {
  readonly kind: 'word'
  readonly text: string
}

/** A recursive rule that is being written already: its closed form would not end. */
export interface Reference {
  readonly kind: 'reference'
  readonly name: string
  /** Which of the recursive rules of this closed form, in the order in which they are met. */
  readonly index: number
}

/**
 * A literal, a captured value, or a tuple, list, solution or rule of nothing else: that is one value, the
 * same whether its parts were captured or it was written so.
 */
export interface Hole {
  readonly kind: 'hole'
  readonly value: ValueOf
  readonly place: HolePlace
}

/**
 * What must stand in parentheses there. `whole`: nothing, not even a tuple · `field`: a tuple · `operand`: a
 * solution, too, since its `>` before an operator would compare · `cast`: what begins as an operator could ·
 * `receiver`, before a dot or index: what has a sign, and what could be the name of a class or rule.
 */
export type HolePlace = 'whole' | 'field' | 'operand' | 'cast' | 'receiver'

/** What a closed expression stands for in an instance with these captured values. */
export type ValueOf = (captured: readonly Molecule[]) => Molecule | undefined

/** The value of a hole, in parentheses where its place asks for them. */
export function holeText(value: Molecule, place: HolePlace, text: string): string {
  return needsParentheses(value, place, text) ? `(${text})` : text
}

function needsParentheses(value: Molecule, place: HolePlace, text: string): boolean {
  const kind = typeof value === 'object' ? value.kind : undefined
  switch (place) {
    case 'whole':
      return false
    case 'field':
      return kind === 'tuple'
    case 'operand':
      return kind === 'tuple' || kind === 'solution'
    case 'cast':
      return /^[-[<]/.test(text) || kind === 'tuple'
    case 'receiver':
      return /^[-<\p{Lu}\p{Lt}]/u.test(text) || kind === 'tuple' || kind === 'rule'
  }
}
