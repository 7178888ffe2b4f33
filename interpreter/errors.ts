import type { DiagnosticCode } from '../grammar/index.ts'

/** The caller or the world is wrong: a file that cannot be read as data, a host module that does not load. Thrown. */
export class HoclError extends Error {
  override readonly name: string = 'HoclError'
  readonly code: DiagnosticCode
  /** What to do instead, if we know. */
  readonly hint: string | undefined

  constructor(
    code: DiagnosticCode,
    message: string,
    more: { hint?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.hint = more.hint
  }
}

/** Where in a text: lines and columns count from 1, columns in UTF-16 code units. */
export interface TextPlace {
  readonly file: string
  readonly line: number
  readonly column: number
  /** What stands there, where it is known: the line, or the part of a long one that begins at `column`. */
  readonly excerpt?: { readonly text: string; readonly column: number }
}

/** Data that cannot be read, or a solution that cannot be written in a format. `place` is absent where there is no text. */
export class DataError extends HoclError {
  override readonly name = 'DataError'
  readonly place: TextPlace | undefined

  constructor(
    code: DiagnosticCode,
    message: string,
    more: { place?: TextPlace; hint?: string | undefined; cause?: unknown } = {},
  ) {
    super(code, message, more)
    this.place = more.place
  }

  get file(): string | undefined {
    return this.place?.file
  }

  get line(): number | undefined {
    return this.place?.line
  }

  get column(): number | undefined {
    return this.place?.column
  }
}

/** A broken promise of ours: nothing that a program, a host or a file may do should bring it about. */
export class BugError extends Error {
  override readonly name = 'BugError'

  constructor(what: string) {
    super(`${what}; please report`)
  }
}
