import { describe, expect, test } from 'vitest'
import {
  call,
  copies,
  equal,
  float,
  hostFunction,
  isRule,
  listOf,
  print,
  rule,
  shapeOf,
  solutionOf,
  spread,
  symbol,
  tupleOf,
  v,
} from '../../interpreter/index.ts'
import type { Rule } from '../../interpreter/index.ts'
import { Reactor, hocl, parse } from '../../vm/index.ts'

const [x, y, n, p] = [v('x'), v('y'), v('n'), v('p')]
const ω = v('ω').rest
const max = rule({ name: 'max', take: [x.int, y.int], give: x, when: x.int.ge(y.int) })

/** Rules that are built, and their texts. */
const table: readonly (readonly [Rule, string])[] = [
  [max, 'max = replace x::Int, y::Int by x if x >= y'],
  [rule({ take: [x], give: [] }), 'replace x by ∅'],
  [rule({ take: [v('_').int, x], give: x, shots: 'one' }), 'one _::Int, x by x'],
  [
    rule({ take: [], give: [1, 2.5, 'a', true, 10n ** 20n] }),
    'replace ∅ by 1, 2.5, "a", true, 100000000000000000000',
  ],
  [
    rule({ take: [tupleOf(symbol('JOB'), n.int)], give: tupleOf(symbol('DONE'), n.int.times(2)) }),
    'replace JOB:n::Int by DONE:(n * 2)',
  ],
  [
    rule({ take: [tupleOf(x, tupleOf(y, -1)), x], give: tupleOf(y, listOf(x, float(2)), 'a b') }),
    'replace x:(y:-1), x by y:[x, 2.0]:"a b"',
  ],
  [
    rule({ take: [listOf(x, ω, y)], give: listOf(y, ω, x), when: x.ne(y) }),
    'replace [x, ω, y] by [y, ω, x] if x != y',
  ],
  [
    rule({ take: [solutionOf(x.int, ω)], give: [ω, solutionOf(copies(ω, 2)), call('size', ω)] }),
    'replace <x::Int, ω> by ω, <ω^2>, size(ω)',
  ],
  [
    rule({
      take: [copies(x, n), copies('a', 2), copies(tupleOf(y, 1), -1)],
      give: tupleOf(x, n.int, y),
    }),
    'replace x^n, "a"^2, (y:1)^-1 by x:n:y',
  ],
  [
    rule({ take: [x.list], give: [spread(x.list), x.list.at(0)], when: x.list.is('List') }),
    'replace x::List by ...x, x[0] if x instanceof List',
  ],
  [
    rule({
      take: [x.int, y.float, p.string],
      give: p.string.plus(x.int.plus(y.float).over(3).minus(x.int).modulo(7).negated()),
    }),
    'replace x::Int, y::Float, p::String by p + -(((x + y) / 3 - x) % 7)',
  ],
  [
    rule({
      take: [x.number, y.number],
      give: x.number.lt(y.number).choose(x.number, y.number),
      when: x.number.divides(y.number).not().and(x.number.gt(1)).or(y.number.le(2).and(true)),
    }),
    'replace x::Number, y::Number by x < y ? x : y if !(x divides y) && x > 1 || y <= 2 && true',
  ],
  [
    rule({ take: [x.bool, y.symbol, n.tuple, p.solution], give: [p, n, y, x] }),
    'replace x::Bool, y::Symbol, n::Tuple, p::Solution by p, n, y, x',
  ],
  [
    rule({ take: [v('m').caught('max'), x.rule], give: v('m'), keep: true }),
    'with max = m, x::Rule inject m',
  ],
  [
    rule({ take: [x.int], give: call('Math.max', x.int, call('abs', -5)), rate: x.int.times(0.5) }),
    'replace x::Int by Math.max(x, abs(-5)) @ x * 0.5',
  ],
  [
    rule({ take: [symbol('GO')], give: max, shots: 'one' }),
    'one GO by (max = replace x::Int, y::Int by x if x >= y)',
  ],
]

describe('a rule that is built', () => {
  test.each(table.map(([built, text]) => ({ built, text })))(
    'is the rule of its text: $text',
    ({ built, text }) => {
      const [[parsed] = []] = parse('<>').molecules(`(${text})`)
      if (parsed === undefined || !isRule(parsed)) throw new Error('no rule')
      expect(print(built)).toBe(print(parsed))
      expect(equal(built, parsed)).toBe(true)
      expect(built.hashCode()).toBe(parsed.hashCode())
      expect(shapeOf(built).place.source.text).toBe(print(built).replace(/^\((.*)\)$/s, '$1'))
    },
  )

  test('reacts', async () => {
    await using reactor = Reactor.create('<3, 9, 4>')
    reactor.inject(hocl`${max}`)
    await reactor.run()
    expect(print(reactor.solution)).toBe(`<9, ${print(max)}>`)
    reactor.remove('9, max = replace x::Int, y::Int by x if x >= y')
    expect(print(reactor.solution)).toBe('<>')
  })

  test('has no variables of its own names: they are numbered', () => {
    const [a, b] = [v('a').int, v('b').int]
    expect(equal(rule({ name: 'max', take: [a, b], give: a, when: a.ge(b) }), max)).toBe(true)
    expect(equal(rule({ name: 'max', take: [a, b], give: b, when: a.ge(b) }), max)).toBe(false)
    expect(equal(rule({ take: [a, b], give: a, when: a.ge(b) }), max)).toBe(false)
  })

  test('calls functions with their types', async () => {
    const price = hostFunction(
      { name: 'price', takes: ['String', 'Int'], gives: 'Int' },
      async (item, count) => Promise.resolve(item.length * Number(count)),
    )
    const big = hostFunction(
      { name: 'isBig', takes: ['Number'], gives: 'Bool', pure: true },
      (k) => k > 5,
    )
    const ask = rule({
      take: [tupleOf(symbol('ITEM'), p.string)],
      give: tupleOf(symbol('PRICE'), call(price, p.string, 2)),
    })
    const drop = rule({ take: [tupleOf(symbol('PRICE'), n.int)], give: [], when: call(big, n.int) })
    await using reactor = Reactor.create('<ITEM:"ab", ITEM:"abc">')
    reactor.inject([
      [ask, 1],
      [drop, 1],
    ])
    await reactor.run()
    reactor.remove([
      [ask, 1],
      [drop, 1],
    ])
    expect(print(reactor.solution)).toBe('<PRICE:4>')
    const program = parse('<ITEM:"ab">', { host: { isBig: (k: number) => k > 1, pure: ['isBig'] } })
    const own = rule({ take: [n.int], give: [], when: call('isBig', n.int), host: program.host })
    expect(print(own)).toBe('(replace n::Int by ∅ if isBig(n))')
    // @ts-expect-error -- a String was declared
    expect(() => rule({ take: [n.int], give: call(price, n.int, 1) })).not.toThrow()
    // @ts-expect-error -- two arguments were declared
    expect(() => rule({ take: [n.int], give: call(price, 'a') })).toThrow('called with 1 arguments')
  })

  test('that fails says where, in its text', async () => {
    await using reactor = Reactor.create('<1>')
    reactor.inject(hocl`${rule({ name: 'half', take: [x.int], give: x.int.over(0) })}`)
    const { failure } = await reactor.run()
    const { source, span } = failure!.place
    expect([source.name, source.slice(span)]).toEqual([
      'a rule of the host',
      'half = replace x::Int by x / 0',
    ])
  })
})

describe('what cannot be is refused, by the compiler and at run time', () => {
  test('a variable that is not taken', () => {
    // @ts-expect-error -- y is not taken
    expect(() => rule({ take: [x.int], give: y })).toThrow('`y` is not bound')
    // @ts-expect-error -- y is not taken
    expect(() => rule({ take: [x.int], give: x, when: x.int.lt(y.int) })).toThrow(
      '`y` is not bound',
    )
    // @ts-expect-error -- ω is not taken
    expect(() => rule({ take: [solutionOf(x)], give: [x, ω] })).toThrow('`ω` is not bound')
    // @ts-expect-error -- _ is no name
    expect(() => rule({ take: [v('_')], give: v('_') })).toThrow('`_` is not bound')
    // @ts-expect-error -- k is not taken
    expect(() => rule({ take: [x], give: copies(x, v('k').int) })).toThrow('`k` is not bound')
  })

  test('a variable of another type', () => {
    // @ts-expect-error -- it was taken as an Int
    expect(() => rule({ take: [x.int], give: x.string })).toThrow(
      'taken as int, and used as string',
    )
    // @ts-expect-error -- it was taken as anything
    expect(() => rule({ take: [x], give: x.int })).toThrow('taken as any, and used as int')
  })

  test('a rest as a molecule, and a molecule as a rest', () => {
    // @ts-expect-error -- it is a rest
    expect(() => rule({ take: [solutionOf(v('r').rest)], give: v('r') })).toThrow('is a rest')
    // @ts-expect-error -- it is no rest
    expect(() => rule({ take: [x], give: x.rest })).toThrow('used as a rest')
    expect(() => rule({ take: [x, solutionOf(x.rest)], give: [] })).toThrow('at once')
  })

  test('operations that do not fit', () => {
    // @ts-expect-error -- of a string no less
    expect(() => x.string.minus(1)).not.toThrow()
    // @ts-expect-error -- a Bool has no order
    expect(() => x.bool.lt(1)).not.toThrow()
    // @ts-expect-error -- a String cannot be compared with an Int
    expect(() => x.string.lt(1)).not.toThrow()
    // @ts-expect-error -- an Int is no condition
    expect(() => x.bool.and(y.int)).not.toThrow()
    // @ts-expect-error -- an Int is no condition
    expect(() => rule({ take: [x.int], give: x, when: x.int.plus(1) })).not.toThrow()
    // @ts-expect-error -- a Bool cannot be added to an Int
    expect(() => x.int.plus(true)).not.toThrow()
    // @ts-expect-error -- one cannot spread an Int
    expect(() => spread(x.int)).not.toThrow()
    // @ts-expect-error -- a tuple has two fields
    expect(() => tupleOf(x)).toThrow('two fields')
    // @ts-expect-error -- a rest is no field
    expect(() => rule({ take: [x], give: tupleOf(x, ω) })).toThrow('a value in the rule')
  })

  test('patterns that are none', () => {
    expect(() => rule({ take: [x.int.plus(1)], give: [] })).toThrow('a rule takes variables')
    expect(() => rule({ take: [copies(x, 0)], give: [] })).toThrow('cannot take 0 copies')
    expect(() => rule({ take: [copies(x, Infinity)], give: [] })).toThrow('Infinity copies')
    expect(() => rule({ take: [copies(x, n.int.plus(1))], give: [] })).toThrow(TypeError)
  })

  test('names and functions that are none', () => {
    for (const name of ['X', '1', 'a b', '', 'replace', 'x, y'])
      expect(() => v(name)).toThrow('is no name')
    expect(() => rule({ name: 'MAX', take: [], give: [] })).toThrow('is no name')
    expect(() => rule({ take: [x], give: call('nothing', x) })).toThrow('no function `nothing`')
    expect(() => rule({ take: [x], give: call('sqrt', x, x) })).toThrow('2 arguments')
    expect(() => rule({ take: [x], give: x, when: call('random').gt(1) })).toThrow('not pure')
    const unnamed = hostFunction({ takes: [] }, () => 1)
    expect(() => call(unnamed)).toThrow('declare it with one')
    expect(() => rule({ take: [solutionOf(ω)], give: call('sqrt', ω) })).toThrow('only `size`')
    // @ts-expect-error -- a function of JavaScript is no molecule
    expect(() => rule({ take: [x], give: () => 1 })).toThrow('is a function')
  })
})
