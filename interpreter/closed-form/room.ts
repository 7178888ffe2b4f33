import { precedences } from '../../grammar/index.ts'
import type { HolePlace } from './pieces.ts'
import type { Expression } from '../rule.ts'

/** What there is room for: operators that bind so tightly at least, and values that need no parentheses there. */
export interface Room {
  readonly least: number
  readonly place: HolePlace
}

/** The operators before an operand bind more tightly than all between two. */
export const UNARY = 1 + Math.max(...Object.values(precedences))
const POSTFIX = UNARY + 1
/** An element, item or argument, where a tuple stands bare. */
export const WHOLE: Room = { least: 0, place: 'whole' }
/** Before a multiplicity, where an operator would be misread. */
export const COUNTED: Room = { least: UNARY, place: 'whole' }
export const EXPRESSION: Room = { least: 0, place: 'field' }
/** In a tuple, operators have parentheses: they are seldom needed, and always easier to read. */
export const FIELD: Room = { least: UNARY, place: 'field' }
export const EXPONENT: Room = { least: UNARY, place: 'operand' }
export const CAST: Room = { least: POSTFIX, place: 'cast' }
export const RECEIVER: Room = { least: POSTFIX, place: 'receiver' }

/** How tightly an open expression binds; undefined where it needs no parentheses, or has its own. */
export function levelOf(expression: Expression): number | undefined {
  switch (expression.kind) {
    case 'conditional':
      return 0
    case 'binary':
      return precedences[expression.operator]
    case 'instanceof':
      return precedences.instanceof
    case 'unary':
    case 'cast':
      return UNARY
    default:
      return undefined
  }
}
