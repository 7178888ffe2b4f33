import { isSymbol } from '../../interpreter/index.ts'
import type { Expression, Pattern } from '../../interpreter/index.ts'
import type { Head } from './heads.ts'
import type { ClassTable, MoleculeClass } from '../store/molecule-class.ts'

/*
 * What is known of a molecule's class before there is one: then its store and columns need not be looked for.
 */

/** The one class of what a pattern takes; undefined where there may be several. */
export function classOfPattern(pattern: Pattern, classes: ClassTable): MoleculeClass | undefined {
  switch (pattern.kind) {
    case 'tuple': {
      const [first] = pattern.fields
      const arity = pattern.fields.length
      if (first?.kind === 'constant' && isSymbol(first.value))
        return classes.tagged(first.value, arity) ?? classes.untagged(arity)
      return first !== undefined && (isNoSymbol(first) || !hasTags(arity, classes))
        ? classes.untagged(arity)
        : undefined
    }
    case 'constant':
      return typeof pattern.value === 'object' && pattern.value.kind === 'tuple'
        ? undefined
        : classes.of(pattern.value)
    case 'variable':
    case 'wildcard':
      return isAtomic(pattern.type?.kind) ? classes[pattern.type.kind] : undefined
    case 'list':
    case 'solution':
    case 'rule':
      return undefined
  }
}

type Atomic = 'int' | 'float' | 'string' | 'boolean' | 'symbol'

function isAtomic(kind: string | undefined): kind is Atomic {
  return kind !== undefined && ['int', 'float', 'string', 'boolean', 'symbol'].includes(kind)
}

function hasTags(arity: number, classes: ClassTable): boolean {
  return classes.untagged(arity).apart.size > 0
}

/** Whether what a pattern takes cannot be a tag. */
function isNoSymbol(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'constant':
      return !isSymbol(pattern.value)
    case 'variable':
    case 'wildcard':
      return isAtomic(pattern.type?.kind) && pattern.type.kind !== 'symbol'
    case 'tuple':
    case 'list':
    case 'solution':
    case 'rule':
      return true
  }
}

/**
 * The class of what an expression gives; undefined where it cannot be told. Of an expression that may
 * give an Int it is that of Ints: whether it does must be tested.
 */
export function classOfExpression(
  expression: Expression,
  heads: readonly Head[],
  classes: ClassTable,
): MoleculeClass | undefined {
  switch (expression.kind) {
    case 'tuple': {
      const [first] = expression.fields
      const arity = expression.fields.length
      if (first?.kind === 'constant' && isSymbol(first.value))
        return classes.tagged(first.value, arity) ?? classes.untagged(arity)
      return first !== undefined && (cannotBeSymbol(first, heads) || !hasTags(arity, classes))
        ? classes.untagged(arity)
        : undefined
    }
    case 'constant': {
      const { value } = expression
      const isAtom = typeof value !== 'object' || value.kind === 'symbol' || value.kind === 'float'
      return isAtom ? classes.of(value) : undefined
    }
    case 'binary':
      return isArithmetic(expression.operator) ? classes.int : undefined
    case 'slot': {
      const pattern = variableOf(expression.slot, heads)
      return pattern?.type?.kind === 'int' ? classes.int : undefined
    }
    default:
      return undefined
  }
}

function isArithmetic(operator: string): boolean {
  return ['+', '-', '*', '/', '%'].includes(operator)
}

function cannotBeSymbol(expression: Expression, heads: readonly Head[]): boolean {
  if (expression.kind === 'constant') return !isSymbol(expression.value)
  if (expression.kind === 'binary' || expression.kind === 'unary') return true
  if (expression.kind !== 'slot') return false
  const pattern = variableOf(expression.slot, heads)
  return pattern !== undefined && isNoSymbol(pattern)
}

/** Where a slot is first bound. */
function variableOf(
  slot: number,
  heads: readonly Head[],
): Extract<Pattern, { kind: 'variable' }> | undefined {
  for (const { reactant } of heads) {
    const found = variableIn(reactant.pattern, slot)
    if (found !== undefined) return found
  }
  return undefined
}

function variableIn(
  pattern: Pattern,
  slot: number,
): Extract<Pattern, { kind: 'variable' }> | undefined {
  if (pattern.kind === 'variable') return pattern.slot === slot ? pattern : undefined
  if (pattern.kind !== 'tuple') return undefined
  for (const field of pattern.fields) {
    const found = variableIn(field, slot)
    if (found !== undefined) return found
  }
  return undefined
}
