import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  codeActions,
  codeLenses,
  completions,
  definition,
  diagnostics,
  documentSymbols,
  edited,
  folds,
  formatting,
  hover,
  inlayHints,
  prepareRename,
  references,
  rename,
  selections,
  semanticTokens,
  signatureHelp,
  Workspace,
} from '../../editor/index.ts'
import type { Document } from '../../editor/index.ts'
import { format, parse, Source } from '../../grammar/index.ts'
import type { Span } from '../../grammar/index.ts'
import { standardModules } from '../../stdlib/index.ts'
import { root } from '../../scripts/tools.ts'
import { arbitraryProgram, arbitraryText, mutated } from '../support/arbitrary-programs.ts'
import { laws } from '../support/laws.ts'

const workspace = new Workspace()
let version = 0

function documentOf(text: string): Document {
  version += 1
  return workspace.update('file:///any.hocl', version, text)
}

/** Asks everything at a place; gives every span of the text that came out. */
function askAll(document: Document, offset: number): readonly Span[] {
  const whole = { start: 0, end: document.text.length }
  const own = (places: readonly { readonly uri: string; readonly span: Span }[]): readonly Span[] =>
    places.filter(({ uri }) => uri === document.uri).map(({ span }) => span)
  const { span, items } = completions(document, offset)
  for (const item of items.slice(0, 20)) item.documentation()
  signatureHelp(document, offset)
  folds(document)
  const changed = rename(document, offset, 'fresh')
  const prepared = prepareRename(document, offset)
  const hovered = hover(document, offset)
  return [
    span,
    ...diagnostics(document).map((each) => each.span),
    ...semanticTokens(document).map((each) => each.span),
    ...(hovered === undefined ? [] : [hovered.span]),
    ...own(definition(document, offset)),
    ...own(references(document, offset)),
    ...('span' in prepared ? [prepared.span] : []),
    ...('refusal' in changed ? [] : (changed.get(document.uri) ?? []).map((each) => each.span)),
    ...documentSymbols(document).flatMap((each) => [each.span, each.nameSpan]),
    ...selections(document, offset),
    ...formatting(document).map((each) => each.span),
    ...codeActions(document, whole).flatMap(({ edits }) => edits.map((each) => each.span)),
    ...inlayHints(document).map(({ offset: at }) => ({ start: at, end: at })),
    ...codeLenses(document).map((each) => each.span),
  ]
}

const texts = fc.oneof(mutated(arbitraryProgram(2)), arbitraryProgram(2), arbitraryText())

test('whatever the text, everything answers, with places that are in it', () => {
  laws(
    300,
    fc.property(texts, fc.nat(), (text, place) => {
      const document = documentOf(text)
      for (const { start, end } of askAll(document, place % (text.length + 1))) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThanOrEqual(start)
        expect(end).toBeLessThanOrEqual(text.length)
      }
    }),
  )
})

test('a standard module that is cut off anywhere answers, too', () => {
  laws(
    150,
    fc.property(fc.constantFrom(...standardModules.values()), fc.nat(), (text, place) => {
      const end = place % (text.length + 1)
      askAll(documentOf(text.slice(0, end)), end)
    }),
  )
})

test('colours do not overlap and are in order', () => {
  laws(
    200,
    fc.property(texts, (text) => {
      let last = 0
      for (const { span } of semanticTokens(documentOf(text))) {
        expect(span.start).toBeGreaterThanOrEqual(last)
        expect(span.end).toBeGreaterThan(span.start)
        last = span.end
      }
    }),
  )
})

test('the edits of formatting make the text that the formatter writes', () => {
  laws(
    200,
    fc.property(arbitraryProgram(3), (text) => {
      const { source } = documentOf(text)
      const document = documentOf(source.text)
      expect(edited(document.text, formatting(document))).toBe(format(new Source('', text)).text)
    }),
  )
})

const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.hocl'))

test('no name of a program without mistakes is without a meaning', () => {
  for (const name of examples) {
    const text = readFileSync(join(root, 'examples', name), 'utf8')
    const document = documentOf(text)
    if (parse(document.source).diagnostics.length > 0) continue
    const missed = document.names.occurrences.filter(
      ({ role, declaration, span }) =>
        (role === 'uses' || role === 'declares') &&
        declaration === undefined &&
        definition(document, span.start).length === 0,
    )
    expect(missed.map((each) => `${name}: ${each.name}`)).toEqual([])
  }
})
