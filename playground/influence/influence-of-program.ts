import type { RuleShape } from '../../interpreter/index.ts'
import type { SourceFile } from '../session/messages.ts'
import { PageConsole } from '../session/page-console.ts'
import { readProgram } from '../session/read-program.ts'
import { influencesOf } from './influence.ts'
import type { Influence } from './influence.ts'

/** The rules of a program, and which can enable which. */
export interface InfluenceMap {
  readonly rules: readonly { readonly name: string; readonly text: string }[]
  readonly influences: readonly Influence[]
  /** Rules that are left out, being too many to look at. */
  readonly omitted: number
}

const nothing = (): void => undefined
/** The program is read, and never run. */
const silent = new PageConsole({ output: nothing, question: nothing })

/** More rules are no picture any more. */
const MOST_RULES = 40

/** Loaded when it is first needed: it brings the whole language. Empty for a text that is no program. */
export function influenceOfProgram(files: readonly [SourceFile, ...SourceFile[]]): InfluenceMap {
  const { lowered } = readProgram(files, silent.functions)
  const shapes = distinct(lowered.shapes)
  const own = shapes.filter(({ place }) => place.source === lowered.source)
  const others = shapes.filter(({ place }) => place.source !== lowered.source)
  const shown = [...own, ...others].slice(0, MOST_RULES)
  return {
    rules: shown.map((shape) => {
      const text = shape.text([], () => '…')
      return { name: shape.name ?? text, text }
    }),
    influences: influencesOf(shown, lowered),
    omitted: shapes.length - shown.length,
  }
}

/** Each text once: a definition with parameters has a shape for each use. */
function distinct(shapes: readonly RuleShape[]): readonly RuleShape[] {
  const seen = new Set<string>()
  return shapes.filter(({ place, name }) => {
    const key = `${place.source.name} ${String(place.span.start)} ${name ?? ''}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
