import type { FormName } from '../workload.ts'

/** What a process is to measure. */
export interface MeasureRequest {
  readonly workload: string
  readonly form: FormName
  readonly size: number
  readonly rounds: number
  /** After so long there are no further rounds. */
  readonly milliseconds: number
}

/** What a process says as soon as it knows it, a line of JSON each. Times are CPU milliseconds for one time. */
export type Message =
  | { readonly kind: 'hand'; readonly ms: number }
  | { readonly kind: 'memory'; readonly molecules: number; readonly bytes: number }
  | { readonly kind: 'loading'; readonly ms: number }
  | { readonly kind: 'reacting'; readonly ms: number; readonly reactions: number }
  | { readonly kind: 'wrong'; readonly text: string }
