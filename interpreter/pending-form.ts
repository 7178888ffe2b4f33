import type { Entry } from './molecule.ts'

/** What belongs to a pending element when it is written and read, beside its text. */
export interface PendingForm {
  /** What the idempotency keys of its calls begin with. */
  readonly key: string
  /** What the reaction took. */
  readonly reactants: readonly Entry[]
}
