import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { LLkLookaheadStrategy } from 'chevrotain'
import { expect, test } from 'vitest'
import { Source } from '../../grammar/index.ts'
import { lex } from '../../grammar/lexer.ts'
import { Parser } from '../../grammar/parser.ts'
import { starts } from '../../grammar/starts.ts'
import { startsText } from '../../scripts/build-lookahead.ts'
import { root } from '../../scripts/tools.ts'

test('the grammar passes the validations that are left out when it is used', () => {
  expect(analysed).not.toThrow()
})

test('what Chevrotain finds out about the grammar is in grammar/starts.ts', () => {
  expect(readFileSync(join(root, 'grammar/starts.ts'), 'utf8')).toBe(startsText())
})

test('no rule has more choices of a kind than grammar/lookahead.ts makes room for', () => {
  const places = Object.values(starts).flatMap((choices) => Object.keys(choices))
  expect(places.filter((place) => !/^(OR|OPTION|MANY)[1-7]?$/.test(place))).toEqual([])
})

test('a parser reads every golden as one does that Chevrotain has analysed', () => {
  const [ours, theirs] = [new Parser(new Source('none', '')), analysed()]
  const folders = ['test/conformance', 'test/diagnostics']
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.hocl'))
      .map((file) => join(root, folder, file)),
  )
  expect(files.length).toBeGreaterThan(300)
  for (const file of files) {
    const source = new Source(file, readFileSync(file, 'utf8'))
    expect(read(ours, source), file).toEqual(read(theirs, source))
  }
})

function analysed(): Parser {
  return new Parser(new Source('none', ''), {
    lookaheadStrategy: new LLkLookaheadStrategy({ maxLookahead: 1 }),
  })
}

/** The tree and the complaints; what abandons the parser, if anything does. */
function read(parser: Parser, source: Source): unknown {
  parser.begin(source, lex(source))
  try {
    return { tree: parser.program(), found: parser.found }
  } catch (error) {
    return { error, found: parser.found }
  }
}
