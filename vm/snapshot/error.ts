/**
 * What is wrong: `malformed` for what is no snapshot or not all of one, `altered` where it is not what was
 * written, `newer` for one of a later version, `program` where the program in it is none any more,
 * `unknown-host` for a function or class of the host that is not there, `not-portable` for a solution that
 * cannot be put into one, `busy` in the middle of a reaction.
 */
export type SnapshotProblem =
  'malformed' | 'altered' | 'newer' | 'program' | 'unknown-host' | 'not-portable' | 'busy'

/** A snapshot that cannot be taken or restored. Nothing was restored then, and nothing was changed. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
  readonly code: SnapshotProblem
  /** Where in the snapshot, `machine.membranes[0].ready`; empty where it is about all of it. */
  readonly place: string
  /** What to do instead. */
  readonly hint: string

  constructor(
    code: SnapshotProblem,
    message: string,
    more: { readonly place?: string; readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    const { place = '', hint = HINTS[code], cause } = more
    super(
      `${place === '' ? '' : `${place}: `}${message}; ${hint}`,
      cause === undefined ? undefined : { cause },
    )
    this.code = code
    this.place = place
    this.hint = hint
  }
}

const HINTS: Readonly<Record<SnapshotProblem, string>> = {
  malformed: 'restore from a whole snapshot, as `snapshot()` gave it',
  altered: 'restore from the snapshot as it was written',
  newer: 'update hocl here, or take the snapshot with this version',
  program: 'restore with the version of hocl that took it',
  'unknown-host': 'give `restore` the host that the program ran with',
  'not-portable': 'take the molecule out before a snapshot is taken',
  busy: 'take it after a step, or between two turns of a run',
}
