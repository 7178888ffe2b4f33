import type { Span } from '../grammar/index.ts'
import { influences } from '../interpreter/index.ts'
import type { Influence } from '../interpreter/index.ts'
import type { Document } from './document.ts'
import { locationIn } from './meaning.ts'
import type { Location } from './meaning.ts'

/** What is said above a rule: which others make what it takes, and which take what it makes. */
export interface RuleLens {
  /** The first word of the rule, or its name. */
  readonly span: Span
  readonly title: string
  /** The rules that can make what this one takes. */
  readonly fedBy: readonly Location[]
  /** The rules that can take what this one makes. */
  readonly feeds: readonly Location[]
}

/** The lenses of a text, one for each rule that has to do with another. */
export function codeLenses(document: Document): readonly RuleLens[] {
  const found = influences(document.program).filter(({ from, to }) => from !== to)
  const rules = new Set(found.flatMap(({ from, to }) => [from, to]))
  return [...rules]
    .map((rule) => lens(document, rule, found))
    .sort((a, b) => a.span.start - b.span.start)
}

type Rule = Influence['from']

function lens(document: Document, rule: Rule, found: readonly Influence[]): RuleLens {
  const before = found.filter(({ to }) => to === rule).map(({ from }) => from)
  const after = found.filter(({ from }) => from === rule).map(({ to }) => to)
  const place = (each: Rule): Location => locationIn(document, nameSpan(document, each))
  const parts = [
    ...(before.length > 0 ? [`fed by ${named(before)}`] : []),
    ...(after.length > 0 ? [`feeds ${named(after)}`] : []),
  ]
  return {
    span: document.outward(nameSpan(document, rule)),
    title: parts.join(' · '),
    fedBy: before.map(place),
    feeds: after.map(place),
  }
}

function nameSpan({ names }: Document, { place }: Rule): Span {
  const declaration = names.declarations.find(({ body }) => body?.span.start === place.span.start)
  return declaration?.span ?? { start: place.span.start, end: place.span.start }
}

function named(rules: readonly Rule[]): string {
  const names = [...new Set(rules.map(({ name }) => name ?? 'an unnamed rule'))]
  const shown = names.slice(0, MOST_NAMED)
  return shown.join(', ') + (names.length > shown.length ? ' and others' : '')
}

const MOST_NAMED = 4
