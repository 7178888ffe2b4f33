import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Source, renderAll } from '../../grammar/index.ts'
import { diagnosticsOf, firstSolution, lowerSource } from '../../interpreter/index.ts'
import type { ModuleLoader } from '../../interpreter/index.ts'
import { root } from '../../scripts/tools.ts'
import { standardModules } from '../../stdlib/index.ts'
import { arbitraryProgram, arbitraryText, mutated } from '../support/arbitrary-programs.ts'
import { diagnosticGoldens } from '../support/diagnostic-goldens.ts'
import { goldensUnder } from '../support/goldens.ts'
import { testHost } from '../support/host.ts'

/*
 * Whatever text it is given, the checker says what is wrong and comes back: it never throws, and takes
 * no longer than a person waits.
 */

const longest = 10_000

const modules: ModuleLoader = {
  standard: (path) => {
    const text = standardModules.get(path)
    return text === undefined ? undefined : new Source(path, text)
  },
  file: () => undefined,
  standardNames: [...standardModules.keys()],
}

const corpus = [
  ...goldensUnder(`${root}/test/conformance`).map(({ source }) => source.text),
  ...diagnosticGoldens('HOCL').map(({ text }) => text),
]

/** A text in which a piece of another one stands in place of a piece of it. */
const grafted = fc
  .tuple(
    fc.constantFrom(...corpus),
    fc.constantFrom(...corpus),
    fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
  )
  .map(([host, guest, [from = 0, width = 0, at = 0, length = 0]]) => {
    const start = from % (host.length + 1)
    const piece = guest.slice(at % (guest.length + 1)).slice(0, length % 60)
    return host.slice(0, start) + piece + host.slice(start + (width % 40))
  })

describe.each([
  ['a grammatical program', arbitraryProgram(), 600],
  ['a damaged program', mutated(arbitraryProgram()), 600],
  ['a damaged program of the corpus', mutated(fc.constantFrom(...corpus)), 1_500],
  ['two programs of the corpus in one', grafted, 1_000],
  ['a text without grammar', arbitraryText(), 600],
] as const)('%s', (_, texts, numRuns) => {
  test('is checked in a bounded time', () => {
    const law = fc.property(texts, (text) => {
      const start = performance.now()
      const program = lowerSource(new Source('fuzz.hocl', text), { host: testHost, modules })
      const diagnostics = diagnosticsOf(program)
      const hasErrors = diagnostics.some(({ severity }) => severity === 'error')
      if (!hasErrors && program.solution !== undefined) firstSolution(program, 1)
      renderAll(diagnostics)
      expect(performance.now() - start).toBeLessThan(longest)
      for (const { labels } of diagnostics)
        for (const { span, source } of labels) {
          expect(span.start).toBeLessThanOrEqual(span.end)
          expect(span.end).toBeLessThanOrEqual(source.text.length)
        }
    })
    fc.assert(law, { numRuns })
  })
})
