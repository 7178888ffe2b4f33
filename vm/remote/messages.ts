import type {
  CallFailureReason,
  FunctionTypes,
  Int,
  Limits,
  OutcomeKind,
  Strategy,
} from '../../interpreter/index.ts'
import type { ReactorStats } from '../reactor/reactor.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/*
 * What a reactor in another thread and its caller say to each other. Molecules are texts in the exchange
 * form, as threads share no rules: each has read the program for itself.
 */

/** What the thread has to know of a function that stays with the caller. */
export interface FunctionSketch {
  readonly name: string
  readonly arity: readonly [number, number]
  readonly types?: FunctionTypes
}

/** What a reactor is made of. */
export interface Creation {
  readonly kind: 'create'
  readonly name: string
  readonly text: string
  readonly modules: readonly (readonly [string, string])[]
  readonly functions: readonly FunctionSketch[]
  readonly hostModule: string | undefined
  readonly seed: number
  readonly strategy: Strategy
  readonly limits: Partial<Limits>
  readonly run: string | undefined
  readonly history: number | undefined
  /** Where the reactor goes on; it then has the program, the seed and the strategy of this. */
  readonly snapshot: Snapshot | undefined
}

/** What the caller says. */
export type ToReactor =
  | Creation
  | { readonly kind: 'start' | 'abort' }
  | { readonly kind: 'inject'; readonly molecules: string }
  /** To be told of changes: each time one more after `seen`. */
  | { readonly kind: 'watch'; readonly isOn: boolean }
  | { readonly kind: 'seen' }
  | {
      readonly kind: 'observe'
      readonly id: number
      readonly rule: string | undefined
      readonly capacity: number
    }
  /** A stream is closed, or nobody waits any more. */
  | { readonly kind: 'leave'; readonly id: number }
  | { readonly kind: 'more'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly molecule: string }
  | {
      readonly kind: 'no-answer'
      readonly id: number
      readonly reason: CallFailureReason
      readonly message: string
    }
  | ({ readonly kind: 'ask'; readonly id: number } & Question)

/** What is answered. */
export type Question =
  | { readonly what: 'run' | 'step' | 'back' | 'history' | 'stats' | 'solution' | 'snapshot' }
  | { readonly what: 'remove'; readonly molecules: string }
  | { readonly what: 'wait'; readonly patterns: string; readonly when: string | undefined }

/** What the thread says. */
export type FromReactor =
  | { readonly kind: 'ready'; readonly solution: string }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'done'; readonly id: number; readonly answer: SentAnswer }
  | {
      readonly kind: 'failed'
      readonly id: number
      readonly name: string
      readonly message: string
    }
  | { readonly kind: 'changed'; readonly solution: string }
  | {
      readonly kind: 'reactions'
      readonly id: number
      readonly reactions: readonly SentReaction[]
      readonly lost: number
    }
  | {
      readonly kind: 'call'
      readonly id: number
      readonly name: string
      readonly args: readonly string[]
      readonly key: string
    }

/** An answer to a question. */
export type SentAnswer =
  | { readonly what: 'outcome'; readonly outcome: SentOutcome }
  | { readonly what: 'step'; readonly step: SentStep }
  | { readonly what: 'back'; readonly reaction: SentReaction | undefined }
  | { readonly what: 'history'; readonly past: readonly SentPast[] }
  | { readonly what: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly what: 'stats'; readonly stats: ReactorStats }
  | { readonly what: 'solution'; readonly solution: string }
  | {
      readonly what: 'found'
      readonly molecules: readonly (readonly [string, Int])[]
      readonly variables: readonly (readonly [string, string])[]
    }
  | { readonly what: 'nothing' }

/** An outcome on its way. */
export interface SentOutcome {
  readonly kind: OutcomeKind
  readonly solution: string
  readonly reactions: number
  readonly pending: number
  readonly failure?: SentFailure
}

/** A failure on its way. */
export interface SentFailure {
  readonly message: string
  readonly place: {
    readonly name: string
    readonly text: string
    readonly start: number
    readonly end: number
  }
  readonly rule: string
  readonly reactants: string
  readonly call?: {
    readonly functionName: string
    readonly reason: CallFailureReason
    readonly message: string
  }
}

/** A reaction on its way. */
export interface SentReaction {
  readonly number: number
  readonly rule: string
  readonly reactants: string
  readonly products: string
  readonly level: number
}

/** A reaction that can be undone, on its way. */
export interface SentPast {
  readonly reaction: SentReaction
  readonly before: string
}

/** A step on its way. */
export type SentStep =
  | { readonly kind: 'reacted'; readonly reaction: SentReaction }
  | { readonly kind: 'inert' | 'waiting' }
  | { readonly kind: 'stopped'; readonly outcome: SentOutcome }
