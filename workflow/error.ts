/** Where in a text: lines and columns count from 1. */
export interface SourcePlace {
  readonly line: number
  readonly column: number
}

/** A description or a function of which no workflow can be made, or a workflow that failed. Says where, and what to do instead. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError'
  readonly place: SourcePlace | undefined
  readonly hint: string | undefined

  constructor(
    message: string,
    more: { place?: SourcePlace | undefined; hint?: string; cause?: unknown } = {},
  ) {
    const { place, hint, cause } = more
    const where = place === undefined ? '' : ` (${String(place.line)}:${String(place.column)})`
    super(
      `${message}${where}${hint === undefined ? '' : `; ${hint}`}`,
      cause === undefined ? undefined : { cause },
    )
    this.place = place
    this.hint = hint
  }
}
