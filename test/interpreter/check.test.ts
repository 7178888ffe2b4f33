import { describe, expect, test } from 'vitest'
import { Source } from '../../grammar/index.ts'
import { checkProgram, lowerSource, noModules } from '../../interpreter/index.ts'
import type { CheckOptions } from '../../interpreter/index.ts'
import { testHost } from '../support/host.ts'

/** What the checker warns of, each as its code. */
function warnings(text: string, options?: CheckOptions): readonly string[] {
  const program = lowerSource(new Source('test.hocl', text), { host: testHost, modules: noModules })
  const errors = program.diagnostics.filter(({ severity }) => severity === 'error')
  expect(errors.map(({ title }) => title)).toEqual([])
  return checkProgram(program, options).map(({ code }) => code)
}

describe('a rule that can never react (HOCL304)', () => {
  test.each([
    ['a symbol that is not there', '<A, replace B by C>'],
    ['a tuple of another length', '<A:1, replace A:x:y by x + y>'],
    ['a field of another type', '<A:1, replace A:x::String by x>'],
    ['an inner solution that is not there', '<1, 2, replace <x> by x>'],
    ['a list that is not there', '<1, 2, replace [x] by x>'],
    ['a literal of another type', '<1.0, replace 1 by ONE>'],
    ['a rule that is in no solution', 'let r = one X by Y in <1, A:r, replace <r = q> by q>'],
  ])('%s', (_, text) => {
    expect(warnings(text)).toContain('HOCL304')
  })

  test.each([
    ['a product makes it', '<A, (one A by B:1), replace B:x by x>'],
    ['a product of a product makes it', '<A, (one A by (one B by C)), B, one C by D>'],
    ['it comes out of an inner solution', '<<B:1>, (one <ω> by ω), replace B:x by x>'],
    ['it comes out of a list', '<[B], (one [x] by x), replace B by C>'],
    ['it comes out of a tuple', '<T:B, (one T:x by x), replace B by C>'],
    ['it is in the rest of a list', '<[A, B], (one [x, ω] by ω), replace B by C>'],
    ['a rest becomes a list', '<<B>, (one <ω> by [ω]), replace [B] by C>'],
    ['a list is made of a rest', '<<B>, (one <ω> by list(ω)), replace [B] by C>'],
    ['it is spread', '<...[A, B], replace A by C>'],
    ['a list becomes a tuple', '<tuple([1, 2]), one x::Tuple by x>'],
    ['lists are put together', '<concat([1], [2]), one x::List by x>'],
    ['a host function may give it', '<1, (one x::Int by echo(x)), replace B:x by x>'],
    ['an answer may be rejected', '<1, (one x::Int by later(x)), replace ERROR:m:<x> by m>'],
    ['an inner rule makes it', '<<A, (one A by B)>, replace <B> by C>'],
    ['arithmetic gives it', '<1, 2, (one x::Int by x / 2.0), replace y::Float by F>'],
    ['a string is joined', '<1, (one x::Int by "n" + x), replace s::String by S>'],
    ['a captured value is used', '<A:B, (one A:v by (one GO by v)), GO, replace B by C>'],
    [
      'a rule of the definition makes it',
      'let f(x) = one x::Int by T:x in <1, (replace T:_ by D), f(1)>',
    ],
    ['it takes nothing', '<1, one ∅ by 2>'],
    ['a rule is data for another one', '<<(one A by B)>, replace-one <r::Rule> by FOUND>'],
    ['a rule is data in a tuple', '<DO:(one A by B)>'],
    ['only rules are there: data will come', '<replace LINE:x by x>'],
    ['a comment feeds it', '// hocl run a.hocl --in LINE=a.txt\n<N:0, replace LINE:x by x>'],
  ])('is not one where %s', (_, text) => {
    expect(warnings(text)).not.toContain('HOCL304')
  })

  test('nothing is said where molecules come from outside', () => {
    expect(warnings('<A, replace B by C>', { isOpen: true })).toEqual([])
  })

  test('nothing is said of a library', () => {
    expect(warnings('let r = replace B by C in')).toEqual([])
  })
})

describe('a rule that reacts for ever (HOCL305)', () => {
  test.each([
    ['counting', '<1, replace x::Int by x + 1>'],
    ['turning', '<1, replace x::Int by 1 - x>'],
    ['growing', '<A, replace A by A, B>'],
    ['exchanging', '<1, 2, replace x::Int, y::Int by y, x>'],
    ['wrapping', '<1, replace x by [x]>'],
    ['out of nothing', '<1, replace ∅ by A>'],
    ['a tuple', '<N:1, replace N:k by N:(k + 1)>'],
  ])('%s', (_, text) => {
    expect(warnings(text)).toEqual(['HOCL305'])
  })

  test.each([
    ['it has a condition', '<1, replace x::Int by x + 1 if x < 9>'],
    ['it is one-shot', '<1, replace-one x::Int by x + 1>'],
    ['it has a rate', '<A, replace A by A, A @ 2>'],
    ['it makes less', '<1, 2, replace x::Int, y::Int by x + y>'],
    ['it makes something else', '<1, 2, replace x::Int by "n" + x>'],
    ['another rule takes it away', '<1, (up = replace x::Int by x + 1), one up = u, x::Int by x>'],
    [
      'another rule takes its molecules',
      '<1, (replace x::Int by x + 1), one x::Int by DONE if x > 9>',
    ],
    ['its molecules must be equal', '<1, 2, replace x::Int, x by x, x + 1>'],
    ['only a copy of itself is there', '<r = replace x by x, x>'],
  ])('is not one where %s', (_, text) => {
    expect(warnings(text)).not.toContain('HOCL305')
  })
})

describe('a supply that never runs out (HOCL306)', () => {
  test.each([
    '<9^∞, replace x, y by x if x >= y>',
    '<A^∞, 1, replace A by B>',
    '<<A^∞, replace A by B>>',
    '<1^∞, 2^∞, replace x::Int, y::Int by x:y if x < y>',
    '<9^∞, FUEL, replace 9, FUEL by FUEL>',
    '<9^∞, 8^∞, 3, FUEL:1, replace x::Int, y::Int, FUEL:n by FUEL:1, x:y:n if x > y>',
  ])('%s', (text) => {
    expect(warnings(text)).toEqual(['HOCL306'])
  })

  test.each([
    '<9^∞, 1, replace x::Int, y::Int by x if x > y>',
    '<1^∞, FUEL, replace 1, FUEL by DONE>',
    '<1^∞, FUEL, replace 1, FUEL by FUEL^0>',
    '<1^∞, FUEL, FUEL, replace 1, FUEL, FUEL by FUEL>',
    '<1^∞, FUEL, (replace 1, FUEL by FUEL), replace FUEL by ASH>',
    '<1^∞, FUEL, STOP, (r = replace 1, FUEL by FUEL), replace-one STOP, r = q by ASH>',
    '<1^∞, FUEL, FUEL^-1, replace 1, FUEL by FUEL>',
    '<A^∞, one A by B>',
    '<A^∞, replace A^k by k>',
    '<A^∞, (r = replace A by B), one r = q by STOPPED>',
  ])('not %s', (text) => {
    expect(warnings(text)).toEqual([])
  })
})

describe('a rule that another one shadows (HOCL307)', () => {
  test.each([
    '<0, 1, (replace 0 by A), replace x::Int by B:x>',
    '<A:1, A:2, (replace A:1 by B), replace A:x by x>',
    '<1, 2, (replace x::Int by A:x if x > 1), replace x::Int by B:x>',
    '<1, 1, (replace x::Int, x::Int by A:x), replace x::Int, y::Int by B:x:y>',
  ])('%s', (text) => {
    expect(warnings(text)).toEqual(['HOCL307'])
  })

  test.each([
    '<COIN, (replace COIN by HEAD), replace COIN by TAIL>',
    '<0, 1, (replace 0 by A), replace x::Int by B:x if x != 0>',
    '<0, 1, (replace 0 by A), one x::Int by B:x>',
    '<0, A, (replace 0 by A:1), replace x::Symbol by B:x>',
    '<0, 1, (replace 0 by A:1), replace x::Int, y::Int by B:x:y>',
  ])('not %s', (text) => {
    expect(warnings(text)).toEqual([])
  })
})

describe('a rule that tries many combinations (HOCL308)', () => {
  test.each([
    '<1, 2, 3, replace x::Int, y::Int, z::Int by x:y:z if x < y && y < z>',
    '<P:1:2, replace P:a:b, P:c:d, P:e:f, P:g:h by P:a:b if a + c + e + g > 0>',
  ])('%s', (text) => {
    expect(warnings(text)).toEqual(['HOCL308'])
  })

  test.each([
    '<1, 2, replace x, y by x if x >= y>',
    '<1:2, 2:1, replace i:x, j:y by i:y, j:x if i < j && x > y>',
    '<E:1:2, E:2:3, E:3:1, replace E:a:b, E:b:c, E:c:d by T:a:b:c if a < d>',
    '<1, 2, 3, replace x::Int, y::Int, z::Int by x:y:z if x + y == z>',
    '<1, 2, 3, replace x::Int, y::Int, z::Int by x + y + z>',
    '<A:1, B:2, C:3, replace A:x, B:y, C:z by x if x < y && y < z>',
    '<7:1, 8:2, 9:3, replace 7:x, 8:y, 9:z by x if x < y && y < z>',
  ])('not %s', (text) => {
    expect(warnings(text)).toEqual([])
  })
})

test.each([
  ['<A^9, (replace A by B), replace A by B>', ['HOCL309']],
  ['<A^9, (one A by B), one A by B>', []],
  ['<A^9, (one A by B)^2>', []],
  ['<(replace A by B), (replace A by B), one r::Rule^2 by TWO>', []],
])('%s has rules that are there twice: %j', (text, codes) => {
  expect(warnings(text)).toEqual(codes)
})

test.each([
  ['<1, replace x::Int by A if 1 == 1>', ['HOCL311']],
  ['<1, replace x::Int by A:x if x == x>', []],
  ['let on = true in <1, replace x::Int by A:x if on>', []],
  ['let only(c) = replace x::Int by A:x if c in <1, only(true)>', []],
])('%s has a condition that is always the same: %j', (text, codes) => {
  expect(warnings(text)).toEqual(codes)
})

test.each([
  ['<1, replace x::Int by A:x if x == "a">', ['HOCL312']],
  ['<"a", replace x::String by A:(x * 2)>', ['HOCL312']],
  ['<true, replace x::Bool by A:x if x > 1>', ['HOCL312']],
  ['<1, replace x::Int by A:x if x == 1.5>', []],
  ['<"a", replace x::String by A:(x + 2)>', []],
  ['<1, replace x by A:x if x < "a">', []],
  ['<1, "b", replace x::Object by A:x if x == "a">', []],
  ['<1, replace x::Int by A:x if x.foo == 1>'.replace('.foo', ''), []],
])('%s puts together what does not go together: %j', (text, codes) => {
  expect(warnings(text)).toEqual(codes)
})

describe('a mistake of syntax', () => {
  const lowered = (text: string) =>
    lowerSource(new Source('test.hocl', text), { host: testHost, modules: noModules })

  test('is told without what follows from it', () => {
    expect(lowered('<a & b, x>').diagnostics.map(({ code }) => code)).toEqual(['HOCL102'])
    expect(lowered('<replace x, y by x if z = 1>').diagnostics).toHaveLength(1)
  })

  test('in molecules that are added is told alone, too', () => {
    const { diagnostics } = lowered('<1>').molecules(new Source('more', 'x y'))
    expect(diagnostics.map(({ code }) => code)).toEqual(['HOCL117'])
  })
})
