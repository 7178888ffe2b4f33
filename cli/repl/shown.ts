import type { Diagnostic } from '../../grammar/index.ts'

/** What a command prints on; the loop owns the terminal. */
export interface Shown {
  print(text: string): void
  tell(text: string): void
  /** Warnings and hints, as pictures. */
  warn(diagnostics: readonly Diagnostic[]): void
  showSolution(): void
}
