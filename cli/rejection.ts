import type { Diagnostic } from '../grammar/index.ts'

/** The program is wrong, or text that was given with it: nothing runs. Exit code 1. */
export class Rejection extends Error {
  override readonly name = 'Rejection'
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    super('rejected')
    this.diagnostics = diagnostics
  }
}

/** Whether something among these keeps a program from running. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === 'error')
}
