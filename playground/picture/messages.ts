import type { SolutionForm } from '../session/messages.ts'
import type { ThemeName } from './colours.ts'
import type { Bubble, Membrane } from './scene.ts'

/** What a page says to who draws its picture, in a worker or beside it. */
export type ToStage =
  | { readonly kind: 'canvas'; readonly canvas: OffscreenCanvas }
  | {
      readonly kind: 'size'
      readonly width: number
      readonly height: number
      readonly density: number
    }
  | { readonly kind: 'theme'; readonly name: ThemeName; readonly isStill: boolean }
  | {
      readonly kind: 'show'
      readonly solution: SolutionForm
      /** Texts of rules and catalysts that took part since what was shown before. */
      readonly reacting: readonly string[]
      /** How long the change may take. */
      readonly milliseconds: number
    }
  | { readonly kind: 'zoom'; readonly x: number; readonly y: number; readonly factor: number }
  | { readonly kind: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly kind: 'fit' }
  | { readonly kind: 'ask'; readonly number: number; readonly x: number; readonly y: number }
  | { readonly kind: 'choose'; readonly id: number | undefined }
  /** The next thing to inspect in some direction, for keyboards. */
  | { readonly kind: 'next'; readonly number: number; readonly by: 1 | -1 }
  | { readonly kind: 'measure'; readonly number: number; readonly frames: number }

/** What it answers. */
export type FromStage =
  | { readonly kind: 'found'; readonly number: number; readonly found: Found | undefined }
  | {
      readonly kind: 'shown'
      readonly bubbles: number
      readonly isGrouped: boolean
      readonly colours: readonly ColourOfGroup[]
    }
  | { readonly kind: 'measured'; readonly number: number; readonly intervals: readonly number[] }

/** What was asked for: a molecule, and the membranes around it, the outermost first. */
export interface Found {
  readonly bubble: Bubble | undefined
  readonly way: readonly Membrane[]
  /** How far to the right it is on the canvas, from 0 to 1. */
  readonly x: number
}

/** What a group is drawn in. */
export interface ColourOfGroup {
  readonly group: string
  readonly colour: string
}
