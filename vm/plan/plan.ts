import type { Expression, Pattern, Slot, Symbol } from '../../interpreter/index.ts'
import type { Anatomy, Conjunct, Head, Opened, Split } from './heads.ts'

/**
 * The order in which a rule looks for its reactants once one of its heads is given. A match plan is
 * data: `show.ts` prints it, `vm/code/` turns it into code.
 */
export interface MatchPlan {
  readonly anatomy: Anatomy
  /** The head that the activated molecule is tried as; undefined when the rule itself is new. */
  readonly active: Head | undefined
  readonly steps: readonly PlanStep[]
}

export type PlanStep =
  /** The activated molecule must look like the active head. */
  | { readonly kind: 'take'; readonly head: Head }
  /** Look for a molecule. */
  | { readonly kind: 'find'; readonly head: Head; readonly access: Access }
  /** Split a list with several rests in every way. */
  | { readonly kind: 'split'; readonly split: Split }
  /** All molecules wanted from an opened solution are found: what is left is the rest, or must be nothing. */
  | { readonly kind: 'close'; readonly opened: Opened }
  /** A part of the condition. */
  | { readonly kind: 'check'; readonly conjunct: Conjunct }

/** How candidates are found. */
export type Access =
  /** With `instead`, by that once looking at each has turned out to take long. */
  | { readonly kind: 'scan'; readonly instead?: OrderedAccess | ContentAccess }
  | OrderedAccess
  | ContentAccess
  /** By fields whose values are known. */
  | { readonly kind: 'fields'; readonly keys: readonly FieldKey[] }
  /** By the whole molecule, which is known. */
  | { readonly kind: 'whole'; readonly value: KnownValue }
  /** By the value of an expression over the wanted molecule's own variables: `own == known` is in the condition. */
  | {
      readonly kind: 'functional'
      readonly own: Expression
      readonly known: Expression
      readonly pattern: Pattern
    }

/** By the order of one field: `own side known` is in the condition. */
export interface OrderedAccess {
  readonly kind: 'ordered'
  readonly column: number
  readonly side: '<' | '<=' | '>' | '>='
  readonly known: Expression
}

/** By a field of a molecule inside a solution: `GET:k, <K:k, ω>` finds the solutions that hold a `K:k`. */
export interface ContentAccess {
  readonly kind: 'content'
  /** The fields that lead to the solution: none where it is the molecule itself. */
  readonly path: readonly number[]
  /** A tuple inside: its first field where that is a symbol, and how many it has. */
  readonly tag: Symbol | undefined
  readonly arity: number
  readonly key: FieldKey
}

/** The plan with what costs more to keep in place of each scan that has it; undefined where none has. */
export function withoutScans(plan: MatchPlan): MatchPlan | undefined {
  if (!plan.steps.some(hasInstead)) return undefined
  return {
    ...plan,
    steps: plan.steps.map((step) =>
      hasInstead(step) ? { ...step, access: step.access.instead } : step,
    ),
  }
}

type ReplaceableFind = Extract<PlanStep, { kind: 'find' }> & {
  readonly access: { readonly kind: 'scan'; readonly instead: OrderedAccess | ContentAccess }
}

function hasInstead(step: PlanStep): step is ReplaceableFind {
  return step.kind === 'find' && step.access.kind === 'scan' && step.access.instead !== undefined
}

export interface FieldKey {
  readonly column: number
  readonly value: KnownValue
}

/** A value that is known when a search begins. */
export type KnownValue =
  | { readonly kind: 'slot'; readonly slot: Slot }
  | { readonly kind: 'constant'; readonly pattern: Extract<Pattern, { kind: 'constant' }> }
  /** The other side of an equation in the condition; nothing fits where it has no value. */
  | { readonly kind: 'expression'; readonly expression: Expression }
