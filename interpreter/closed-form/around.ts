import type { Molecule } from '../molecule.ts'
import type { Piece } from './pieces.ts'
import type { Room } from './room.ts'

/** What a captured value of a rule inside is in the rule around it. */
export interface Capture {
  /** By itself. */
  readonly whole: readonly Piece[]
  /** In parentheses where there is no room for it without. */
  readonly within: (room: Room) => readonly Piece[]
}

/** What stands around what is written. */
export interface Within {
  /** Before the numbers of the variables of a rule inside. */
  readonly prefix?: string
  readonly captures?: readonly Capture[]
  /** Values of variables. */
  readonly known?: ReadonlyMap<number, Molecule>
}
