import type { Diagnostic } from '../../grammar/index.ts'
import { diagnosticsOf } from '../../interpreter/index.ts'
import type { Program } from './program.ts'

/**
 * What is likely to be wrong with a program without keeping it from running: what `hocl check` warns of, by place. It
 * is looked for when it is asked for; an application that never asks loads nothing of it.
 */
export function warningsOf({ lowered }: Program): readonly Diagnostic[] {
  return diagnosticsOf(lowered)
}
