import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SolutionValue, Tuple, print, symbol } from '../../interpreter/index.ts'
import type { Entry, Molecule } from '../../interpreter/index.ts'
import { Reactor, hocl, table } from '../../vm/index.ts'
import { laws } from '../support/laws.ts'

/*
 * Molecules that come as columns are the same molecules as those that come one by one, and columns read
 * out of a solution hold what its molecules hold.
 */

const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -3, max: 3 }) },
  fc.constantFrom<unknown>(
    2 ** 31,
    -(2 ** 40),
    10n ** 20n,
    0.5,
    Infinity,
    'a',
    true,
    [1, [2]],
    null,
  ),
)

/** Rows of as many values each; most columns are Ints. */
const rows = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, count]) =>
    fc.tuple(
      ...Array.from({ length: width }, () =>
        fc.oneof(
          fc.array(fc.integer({ min: -3, max: 3 }), { minLength: count, maxLength: count }),
          fc.array(value, { minLength: count, maxLength: count }),
        ),
      ),
    ),
  )

const tag = fc.constantFrom(undefined, 'A', 'B', 'C')

/** Rules that give some tags classes of their own, and add up what they can. */
const PROGRAMS = [
  '<>',
  '<7, A:1, B:2:3, "text", A:9:9>',
  '<replace A:x::Int, A:y::Int by A:(x + y), replace x::Int, y::Int by x if x < y>',
  '<replace A:x:y, B:x by x:y, replace x::Int:y, x:y by x:y>',
]

function valuesOf(columns: readonly (readonly unknown[])[]): unknown[][] {
  return (columns[0] ?? []).map((_, row) => columns.map((column) => column[row]))
}

/** What `hocl` makes of the same values, one molecule after the other. */
function oneByOne(first: string | undefined, columns: readonly (readonly unknown[])[]): Entry[] {
  return valuesOf(columns).flatMap((values): Entry[] => {
    const molecules = values.map((each) => onlyMolecule([...hocl`${each}`]))
    const fields = first === undefined ? molecules : [symbol(first), ...molecules]
    return [[fields.length === 1 ? fields[0]! : new Tuple(fields), 1]]
  })
}

function onlyMolecule(entries: readonly Entry[]): Molecule {
  const [entry] = entries
  if (entry === undefined) throw new Error('a value gives one molecule')
  return entry[0]
}

describe('what a table puts in', () => {
  test.each(PROGRAMS)('is what its molecules one by one put in: %s', async (text) => {
    const pairs: [Reactor, Reactor][] = []
    laws(
      150,
      fc.property(tag, rows, (first, columns) => {
        const [whole, single] = [Reactor.create(text), Reactor.create(text)]
        whole.inject(first === undefined ? table(...columns) : table(first, ...columns))
        single.inject(oneByOne(first, columns))
        expect(print(whole.solution)).toBe(print(single.solution))
        pairs.push([whole, single])
      }),
    )
    for (const [whole, single] of pairs) {
      const [a, b] = [await whole.run(), await single.run()]
      expect([a.kind, print(a.solution), a.reactions]).toEqual([
        b.kind,
        print(b.solution),
        b.reactions,
      ])
    }
  })

  test('is there beside what came before, in whatever columns that needs', () => {
    const reactor = Reactor.create('<A:1:1, A:"x":2>')
    reactor.inject(
      table(
        'A',
        new Int32Array(20).fill(3),
        Float64Array.from({ length: 20 }, () => 2 ** 40),
      ),
    )
    reactor.inject(
      table(
        'A',
        Array.from({ length: 20 }, () => 'y'),
        new Int32Array(20),
      ),
    )
    expect(print(reactor.solution)).toBe('<A:1:1, A:3:1099511627776^20, A:"x":2, A:"y":0^20>')
  })

  test('can be taken away again', () => {
    const reactor = Reactor.create('<5>')
    const numbers = table([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    reactor.inject(numbers)
    reactor.remove(numbers)
    expect(print(reactor.solution)).toBe('<5>')
  })
})

describe('what is no table', () => {
  test('columns of different lengths', () => {
    expect(() => table('A', [1, 2], [1])).toThrow(
      new RangeError('column 2 has 1 values, and column 1 has 2'),
    )
  })

  test('no column', () => {
    expect(() => table('A')).toThrow(new RangeError('a table has one column at least'))
  })

  test('a value that is no molecule', () => {
    expect(() => table('A', [1, () => 2])).toThrow(TypeError)
    expect(() => table('A', [1, () => 2])).toThrow('value 2 of column 1')
  })
})

describe('columns of a solution', () => {
  test('hold the fields of its tuples', () => {
    laws(
      300,
      fc.property(
        tag,
        rows,
        fc.constantFrom('<>', '<A:7:8, B:7, 3, C:[1]>', PROGRAMS[3]!),
        (first, columns, text) => {
          const reactor = Reactor.create(text)
          // Enough that a result is read in columns.
          for (let i = 0; i < 8; i++)
            reactor.inject(first === undefined ? table(...columns) : table(first, ...columns))
          for (const wanted of ['A', 'B', 'C', undefined])
            for (const width of [1, 2, 3]) {
              if (wanted === undefined && width === 1) continue
              const { solution } = reactor
              expect(valuesRead(solution.columns(wanted, width))).toEqual(
                valuesOfTuples(solution, wanted, width),
              )
            }
        },
      ),
    )
  })

  test('are typed arrays where many numbers are alone', () => {
    const reactor = Reactor.create('<replace DIST:x:0 by x>')
    reactor.inject(
      table(
        'DIST',
        Array.from({ length: 1000 }, (_, i) => i),
        new Int32Array(1000).fill(1),
      ),
    )
    const columns = reactor.solution.columns('DIST', 2)
    expect(columns).toHaveLength(2)
    for (const column of columns) expect(column).toBeInstanceOf(Int32Array)
  })

  test('show each copy', () => {
    expect(SolutionValue.of([[new Tuple([symbol('A'), 1]), 3]]).columns('A', 1)).toEqual([
      [1, 1, 1],
    ])
  })

  test('are not there for endless or missing copies', () => {
    const endless = SolutionValue.of([[new Tuple([symbol('A'), 1]), Infinity]])
    expect(() => endless.columns('A', 1)).toThrow(RangeError)
    const missing = SolutionValue.of([[new Tuple([symbol('A'), 1]), -1]])
    expect(() => missing.columns('A', 1)).toThrow(RangeError)
    expect(missing.columns('B', 1)).toEqual([[]])
  })
})

function valuesRead(columns: readonly ArrayLike<Molecule>[]): string[] {
  return Array.from(columns[0] ?? [], (_, row) =>
    columns.map((column) => print(column[row]!)).join(' '),
  ).sort()
}

function valuesOfTuples(
  solution: SolutionValue,
  wanted: string | undefined,
  width: number,
): string[] {
  const found: string[] = []
  for (const [molecule, copies] of solution.contents().entries()) {
    if (!(molecule instanceof Tuple)) continue
    const { fields } = molecule
    const isTagged =
      wanted !== undefined && fields[0] === symbol(wanted) && fields.length === width + 1
    const isPlain = wanted === undefined && fields.length === width
    if (!isTagged && !isPlain) continue
    const text = fields
      .slice(isTagged ? 1 : 0)
      .map((field) => print(field))
      .join(' ')
    for (let i = 0; i < Number(copies); i++) found.push(text)
  }
  return found.sort()
}
