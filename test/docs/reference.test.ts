import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reference } from '../../scripts/build-reference.ts'
import { root } from '../../scripts/tools.ts'

/* The pages of docs/api/ say what the doors export now: `npm run reference` writes them anew. */

const { pages, silent } = reference()

test('each exported name has a comment', () => {
  expect(silent).toEqual([])
})

test('there is a page for each door, and no other', () => {
  const committed = readdirSync(join(root, 'docs/api')).map((file) => `docs/api/${file}`)
  expect(committed.sort()).toEqual([...pages.keys()].sort())
})

test.each([...pages])('%s is up to date', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n')).toBe(text)
})
