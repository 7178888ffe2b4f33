import { AT_A_TIME } from '../store/piecewise.ts'

/** Calls between two looks at the clock. */
const CALLS = 4

/*
 * The loops of kernels are called from here and nowhere else, and often, so that V8 compiles them well soon.
 * Called from a generator of its own, a loop becomes part of that, and stays in the code of the middle
 * compiler, two to five times as slow, until the generator is hot itself. And a loop that is long in its
 * first call is compiled before anything is known of what comes after it: that code is thrown away at the
 * end of each call, again and again. Measured in `bench/`: sieve, sort.
 */

/** Does something with n elements, some at a time. */
export function* inPieces(
  n: number,
  piece: (from: number, to: number) => void,
): Generator<undefined, void> {
  for (let from = 0, calls = 1; from < n; from += AT_A_TIME, calls++) {
    piece(from, Math.min(n, from + AT_A_TIME))
    if (calls % CALLS === 0) yield
  }
}

/** The same where each piece tells whether to go on; false where one does not. */
export function* throughout(
  n: number,
  piece: (from: number, to: number) => boolean,
): Generator<undefined, boolean> {
  for (let from = 0, calls = 1; from < n; from += AT_A_TIME, calls++) {
    if (!piece(from, Math.min(n, from + AT_A_TIME))) return false
    if (calls % CALLS === 0) yield
  }
  return true
}

/** The same without an end that is known: each piece takes about so many steps, and tells whether there is more. */
export function* whileMore(piece: (steps: number) => boolean): Generator<undefined, void> {
  for (let calls = 1; piece(AT_A_TIME); calls++) if (calls % CALLS === 0) yield
}
