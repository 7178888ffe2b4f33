import { expect, test } from 'vitest'
import { PLAIN_VIEW, rowsOf, windowOf } from '../../../playground/table/rows.ts'
import type { TableView } from '../../../playground/table/rows.ts'
import { moleculeOf, solutionOf, solutionWith } from '../support/forms.ts'

const solution = solutionOf([10, 9, 'A', ['CELL:', [3, 'B', ['', ['C']]]]])

function lines(view: Partial<TableView> = {}): readonly string[] {
  return rowsOf(solution, { ...PLAIN_VIEW, ...view }).map(
    ({ level, text }) => `${'  '.repeat(level - 1)}${text}`,
  )
}

test('what is in a solution follows the molecule that holds it', () => {
  expect(lines()).toEqual(['9', '10', 'A', 'CELL:<3, B, <C>>', '  <C>', '    C', '  3', '  B'])
})

test('a line that is closed hides what is inside', () => {
  const key = rowsOf(solution, PLAIN_VIEW).find(({ text }) => text.startsWith('CELL'))!.key
  expect(lines({ closed: new Set([key]) })).toEqual(['9', '10', 'A', 'CELL:<3, B, <C>>'])
})

test('a filter leaves what it is in, and the solutions around', () => {
  expect(lines({ filter: 'c' })).toEqual(['CELL:<3, B, <C>>', '  <C>', '    C'])
  expect(lines({ filter: 'symbol' })).toEqual(['A', 'CELL:<3, B, <C>>', '  <C>', '    C', '  B'])
  expect(lines({ filter: 'nothing has this' })).toEqual([])
})

test('lines are sorted by number of copies, an endless supply above all', () => {
  const copies = solutionWith([moleculeOf(1, 5), moleculeOf(2, Infinity), moleculeOf(3, -2)])
  const view: TableView = { ...PLAIN_VIEW, sortedBy: 'copies', isDescending: true }
  expect(rowsOf(copies, view).map(({ text }) => text)).toEqual(['2', '1', '3'])
})

test('what is not listed is there with its count', () => {
  const many = solutionWith(
    Array.from({ length: 300 }, (_, i) => moleculeOf(i)),
    { most: 100 },
  )
  const rows = rowsOf(many, PLAIN_VIEW)
  expect(rows).toHaveLength(101)
  expect(rows.at(-1)).toMatchObject({ kind: 'omitted', text: '… more Int', copies: 200 })
})

test('only the lines that are seen are there, and some around them', () => {
  expect(windowOf(10_000, { top: 30_000, height: 300, row: 30 })).toEqual({
    first: 992,
    last: 1_018,
  })
  expect(windowOf(5, { top: 0, height: 300, row: 30 })).toEqual({ first: 0, last: 5 })
  expect(windowOf(0, { top: 900, height: 300, row: 30 })).toEqual({ first: 0, last: 0 })
})
