import type { Expression, Slot } from '../../interpreter/index.ts'
import type { MoleculeClass } from '../store/molecule-class.ts'
import type { Anatomy, Head } from './heads.ts'

type Kind = MoleculeClass['kind']

const NUMBERS: ReadonlySet<Kind> = new Set<Kind>(['int', 'float'])
const ORDERED: ReadonlySet<Kind> = new Set<Kind>(['int', 'float', 'string'])

/**
 * The classes that a variable's molecule must be of for the rule's condition to hold: what is compared is
 * a number or a string. Undefined where the condition asks nothing of the kind.
 */
export function impliedKinds({ conjuncts }: Anatomy, head: Head): ReadonlySet<Kind> | undefined {
  const { pattern } = head.reactant
  if (pattern.kind !== 'variable') return undefined
  let kinds: ReadonlySet<Kind> | undefined
  for (const { expression } of conjuncts) {
    const asked = askedOf(expression, pattern.slot)
    if (asked !== undefined && kinds !== NUMBERS) kinds = asked
  }
  return kinds
}

/** What working an expression out without a failure asks of a slot. */
function askedOf(expression: Expression, slot: Slot): ReadonlySet<Kind> | undefined {
  if (expression.kind === 'unary') return askedOf(expression.operand, slot)
  if (expression.kind !== 'binary') return undefined
  const { operator, left, right } = expression
  // The right side may not be worked out.
  if (operator === '||' || operator === '&&') return askedOf(left, slot)
  const inside = stricter(askedOf(left, slot), askedOf(right, slot))
  const isOperand = [left, right].some((side) => side.kind === 'slot' && side.slot === slot)
  switch (operator) {
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isOperand ? stricter(inside, ORDERED) : inside
    case '-':
    case '*':
    case '/':
    case '%':
    case 'divides':
      return isOperand ? NUMBERS : inside
    case '+':
    case '==':
    case '!=':
      return inside
  }
}

function stricter(
  a: ReadonlySet<Kind> | undefined,
  b: ReadonlySet<Kind> | undefined,
): ReadonlySet<Kind> | undefined {
  return a === NUMBERS || b === NUMBERS ? NUMBERS : (a ?? b)
}
