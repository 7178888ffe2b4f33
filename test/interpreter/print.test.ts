import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equal, Float, List, SolutionValue, symbol, Tuple } from '../../interpreter/index.ts'
import type { HostValue, Molecule, Pending, Rule } from '../../interpreter/index.ts'
import { print, printBriefly, printed, printField, printInline } from '../../interpreter/print.ts'
import { data, molecule, nested, readHocl, solutions } from '../support/molecules.ts'

test('what is printed reads back as the same molecule', () => {
  fc.assert(
    fc.property(data, fc.constantFrom(Infinity, 100, 30, 1), (each, width) => {
      expect(equal(molecule(print(each, { width })), each)).toBe(true)
    }),
  )
})

test('a solution reads back with its multiplicities', () => {
  fc.assert(
    fc.property(solutions, fc.constantFrom(100, 20), (each, width) => {
      expect(equal(molecule(print(each, { width })), each)).toBe(true)
    }),
  )
})

describe('a molecule is printed in canonical form', () => {
  test.each([
    ['1:"a":X', '1:"a":X'],
    ['(1:2):3', '(1:2):3'],
    ['1:(2:3)', '1:(2:3)'],
    ['A:-3', 'A:-3'],
    ['[-3, 2.50, 1e21, 1e-7, 100.0]', '[-3, 2.5, 1e21, 1e-7, 100.0]'],
    ["'x'", '"x"'],
    ['null', 'NULL'],
    ['0xFF:1_000:5f', '255:1000:5.0'],
    ['"tab\\there"', '"tab\\there"'],
    ['∞', '∞'],
    ['<-∞>', '<-∞>'],
    ['⟨ 1 , 2 ⟩', '<1, 2>'],
    ['[1:2, (3:4):5]', '[1:2, (3:4):5]'],
  ])('%s', (written, canonical) => {
    expect(print(molecule(written))).toBe(canonical)
  })
})

test('up to three copies are printed one by one, four and more with their multiplicity', () => {
  expect(print(readHocl('7, 7, 8^3, 9^4, -3^4, A^-1, B:1^∞, C^-∞'))).toBe(
    '<-3^4, 7, 7, 8, 8, 8, 9^4, A^-1, C^-∞, B:1^∞>',
  )
})

test('a string that normalisation would change is printed in escapes', () => {
  expect(print('e\u0301')).toBe('"e\\u0301"')
  expect(print('\u00e9')).toBe('"\u00e9"')
})

test('control and direction characters are printed in escapes', () => {
  expect(print('\u001b[31m\u009b\u202e\u007f')).toBe('"\\u001b[31m\\u009b\\u202e\\u007f"')
})

test('what does not fit on a line has a line for each molecule', () => {
  const text = 'T1:<SRC:<T2, T3>, SRV:"merge">, T2:<SRC:<>, DST:<T1, T3>>, [1, 2, 3]:4'
  expect(print(readHocl(text), { width: 30 })).toBe(
    [
      '<',
      '  T1:<',
      '    SRC:<T2, T3>,',
      '    SRV:"merge"',
      '  >,',
      '  T2:<DST:<T1, T3>, SRC:<>>,',
      '  [1, 2, 3]:4',
      '>',
    ].join('\n'),
  )
  expect(print(readHocl(text))).toBe(
    '<T1:<SRC:<T2, T3>, SRV:"merge">, T2:<DST:<T1, T3>, SRC:<>>, [1, 2, 3]:4>',
  )
})

test('a line is longer than the width only where it has no place to break', () => {
  fc.assert(
    fc.property(solutions, (each) => {
      const lines = print(each, { width: 60 }).split('\n')
      for (const line of lines.filter(({ length }) => length > 60)) {
        const withoutStrings = line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
        expect(withoutStrings).not.toMatch(/[<[](?![>\]]|$)/)
      }
    }),
  )
})

test('colour changes neither text nor layout', () => {
  // Control characters never stand in printed text themselves.
  const colour = (kind: string, text: string) => `\u0001${kind}\u0002${text}\u0003`
  fc.assert(
    fc.property(solutions, (each) => {
      const coloured = print(each, { width: 40, colour })
      // eslint-disable-next-line no-control-regex
      expect(coloured.replaceAll(/\u0001[a-z]+\u0002|\u0003/g, '')).toBe(print(each, { width: 40 }))
    }),
  )
  expect(print(5, { colour })).toBe('\u0001number\u00025\u0003')
})

test('a large solution comes in pieces', () => {
  const large = SolutionValue.of(Array.from({ length: 50_000 }, (_, i) => [i, 1] as const))
  const pieces = [...printed(large)]
  expect(pieces.length).toBeGreaterThan(3)
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(2 ** 17)
  expect(pieces.join('').split('\n')).toHaveLength(50_002)
})

describe('rules', () => {
  const shape = (name: string | undefined, text: string): Rule['shape'] => ({
    name,
    shots: 'many',
    text: (captured, show) => text.replace('#', captured.map(show).join()),
  })
  const rule = (name: string | undefined, text: string, ...captured: Molecule[]): Rule => ({
    kind: 'rule',
    shape: shape(name, text),
    captured,
    extent: 0,
    hash: 0,
    skeleton: () => ({ text, hash: 1 }),
    values: () => captured,
    equals: () => false,
    hashCode: () => 1,
  })

  test('a named one is printed as its name, an anonymous one as its text in parentheses', () => {
    expect(print(rule('max', 'replace x, y by x'))).toBe('max')
    expect(print(new Tuple([symbol('A'), rule(undefined, 'replace x by 1')]))).toBe(
      'A:(replace x by 1)',
    )
  })

  test('one with captured values is printed in closed form', () => {
    expect(print(new List([rule('add', 'replace x by x + #', 10)]))).toBe(
      '[(add = replace x by x + 10)]',
    )
  })

  test('one whose name would be read as another is printed in closed form, captured ones too', () => {
    const known = rule('max', 'replace x, y by x')
    const other = rule('max', 'replace x, y by y')
    const isKnown = (each: Rule): boolean => each === known
    expect(print(new List([known, other, rule('f', 'g #', other)]), { isKnown })).toBe(
      '[max, (max = replace x, y by y), (f = g (max = replace x, y by y))]',
    )
  })

  test('rules that captured one another 10,000 deep are printed', () => {
    const deep = nested(10_000, (inner) => rule('f', 'g #', inner))
    expect(print(deep)).toHaveLength(10_000 * '(f = g )'.length + 1)
  })
})

describe('host values', () => {
  const host = (className: string, given: readonly Molecule[] | undefined): HostValue => ({
    kind: 'host',
    className,
    value: {},
    toHocl: () => given,
    equals: () => false,
    hashCode: () => 1,
  })

  test('one that tells its constructor arguments is printed with them', () => {
    const point = host('Point', [1, new Tuple([2, 'a'])])
    expect(print(new Tuple([symbol('AT'), host('Line', [point, point])]))).toBe(
      'AT:new Line(new Point(1, 2:"a"), new Point(1, 2:"a"))',
    )
  })

  test('one that does not cannot be read back, and looks like it', () => {
    expect(print(host('Socket', undefined))).toBe('new Socket(…)')
  })
})

test('a pending molecule is a comment, so that the rest can be read back', () => {
  const pending = (id: number): Pending => ({
    kind: 'pending',
    id,
    text: 'RES:invoke(s) */',
    key: '',
    reactants: [],
    closedText: () => '',
    equals: () => false,
    hashCode: () => id,
  })
  const solution = SolutionValue.of([
    [1, 1],
    [pending(1), 1],
    [pending(2), 1],
  ])
  expect(print(solution)).toBe(
    '<1 /* pending: RES:invoke(s) * / */ /* pending: RES:invoke(s) * / */>',
  )
  for (const width of [10, 30, 100]) expect(print(molecule(print(solution, { width })))).toBe('<1>')
})

test('a message shows the start of a large molecule', () => {
  const large = SolutionValue.of(Array.from({ length: 1000 }, (_, i) => [i, 1] as const))
  expect(printBriefly(large, 20)).toBe('<0, 1, 2, 3, 4, 5, …')
  expect(printBriefly(new Float(2))).toBe('2.0')
})

test('as a field or operand a tuple stands in parentheses', () => {
  expect(printField(new Tuple([1, 2]))).toBe('(1:2)')
  expect(printField(3)).toBe('3')
  expect(printInline(new Tuple([1, 2]))).toBe('1:2')
})

test.each<[string, (inner: Molecule) => Molecule]>([
  ['tuples', (inner) => new Tuple([inner, 1])],
  ['lists', (inner) => new List([inner, 2])],
  ['solutions', (inner) => SolutionValue.of([[inner, 4]])],
])('%s 10,000 deep are printed, in space that grows with the depth only', (_, around) => {
  const deep = nested(10_000, around)
  expect(print(deep).length).toBeLessThan(2_000_000)
  expect(printInline(deep).length).toBeLessThan(60_000)
})
