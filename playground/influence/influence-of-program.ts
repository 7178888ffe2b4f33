import type { RuleShape } from '../../interpreter/index.ts'
import { plansOf } from '../../vm/index.ts'
import type { RulePlan } from '../../vm/index.ts'
import type { SourceFile } from '../session/messages.ts'
import { PageConsole } from '../session/page-console.ts'
import { readProgram } from '../session/read-program.ts'
import { influencesOf } from './influence.ts'
import type { Influence } from './influence.ts'

/** A rule, and how what it takes is looked for. */
export interface MappedRule {
  readonly name: string
  readonly text: string
  /** For each molecule that may be new, the steps of the search that begins with it. */
  readonly searches: RulePlan['searches']
  /** What is done in one go where many molecules are new; undefined where nothing is. */
  readonly inOneGo: string | undefined
}

/** The rules of a program, and which can enable which. */
export interface InfluenceMap {
  readonly rules: readonly MappedRule[]
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
  const plans = plansOf(lowered)
  const shown = [...own, ...others].slice(0, MOST_RULES)
  return {
    rules: shown.map((shape) => {
      const text = shape.text([], () => '…')
      const { searches = [], kernel } = plans[lowered.shapes.indexOf(shape)] ?? {}
      const inOneGo = kernel !== undefined && 'does' in kernel ? kernel.does : undefined
      return { name: shape.name ?? text, text, searches, inOneGo }
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
