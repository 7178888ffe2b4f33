import { describe, expect, test } from 'vitest'
import { complaints, molecules, tree } from '../support/notation.ts'

describe('operators', () => {
  test.each([
    ['1 + 2 * 3', '(+ 1 (* 2 3))'],
    ['1 - 2 - 3', '(- (- 1 2) 3)'],
    ['a || b && c', '(|| a (&& b c))'],
    ['a && b || c', '(|| (&& a b) c)'],
    ['1 + 2 == 3 && x', '(&& (== (+ 1 2) 3) x)'],
    ['a < b == c >= d', '(== (< a b) (>= c d))'],
    ['a divides b % 2', '(divides a (% b 2))'],
    ['x + 1 instanceof Int == y', '(== (instanceof (+ x 1) Int) y)'],
    ['- -1, !!x, +1', '(- (- 1)) (! (! x)) (+ 1)'],
    ['x - -1', '(- x (- 1))'],
    ['a ? b : c', '(? a b c)'],
    ['a ? b : c ? d : e', '(? a b (? c d e))'],
    ['a ? b : c : d', '(: (? a b c) d)'],
    ['a ? b ? c : d : e', '(? a (? b c d) e)'],
    ['(1 + 2) * 3', '(* {(+ 1 2)} 3)'],
  ])('%s', (text, expected) => {
    expect(molecules(text)).toBe(expected)
  })

  test.each([
    ['<1 +>', ['HOCL111 >']],
    ['<1 + * 2>', ['HOCL111 *']],
    ['<a ? b>', ['HOCL114 >']],
    ['<!>', ['HOCL111 >']],
    ['<x instanceof 3>', ['HOCL113 3']],
    ['<x & y>', ['HOCL102 &']],
    ['<x++, --y>', ['HOCL102 ++', 'HOCL102 --']],
    ['<f(x ^ y)>', ['HOCL122 ^']],
    ['<{1, 2}>', ['HOCL102 {']],
    ['<x::Int>', ['HOCL128 ::']],
    ['<?w>', ['HOCL129 ?']],
    ['<1 + ?w>', ['HOCL129 ?']],
  ])('refused: %s', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })
})

describe('`>` compares only before an operand', () => {
  test.each([
    ['<a > b>', '<(> a b)>'],
    ['<a> ', '<a>'],
    ['<a > -b>', '<(> a (- b))>'],
    ['<a > (b)>', '<(> a {b})>'],
    ['<<1> == <1>>', '<(== <1> <1>)>'],
    ['<<1>==<1>>', '<(== <1> <1>)>'],
    ['<<1>, 2>', '<<1> 2>'],
    ['<a > ∞>', '<(> a ∞)>'],
    ['let a = <1> in <a>', '(let a <1>) <a>'],
    ['let f = replace <x> by <x> if x > 0 in', '(let f (replace [<x>] by [<x>] if (> x 0)))'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected)
  })
})

describe('a parenthesis is a cast before an operand, if it holds a class or a primitive', () => {
  test.each([
    ['(String) x', '(cast String x)'],
    ['(int) 2.5', '(cast int 2.5)'],
    ['(a.b.C) (x)', '(cast a.b.C {x})'],
    ['(List<String>) x', '(cast List<String> x)'],
    ['(String[]) x', '(cast String[] x)'],
    ['(A) (B) x', '(cast A (cast B x))'],
    ['(A) - b', '(- {A} b)'],
    ['(A) [1]', '(at {A} 1)'],
    ['(A) < b', '(< {A} b)'],
    ['(A) divides b', '(divides {A} b)'],
    ['(A), b', '{A} b'],
    ['-(String) x', '(- (cast String x))'],
  ])('%s', (text, expected) => {
    expect(molecules(text)).toBe(expected)
  })

  test('a name in lower case is no class', () => {
    expect(complaints('<(a) b>')).toEqual(['HOCL117 b'])
  })
})

describe('primaries and what follows them', () => {
  test.each([
    ['f(x, A:1)', '(call f x (: A 1))'],
    ['f()', '(call f)'],
    ['x.f(y).g', '(. (. x f (y)) g)'],
    ['Math.abs(n)', '(. Math abs (n))'],
    ['x.in.new()', '(. (. x in) new ())'],
    ['5.equals(x)', '(. 5 equals (x))'],
    ['list[0][i + 1]', '(at (at list 0) (+ i 1))'],
    ['new Point(1, 2).x', '(. (new Point 1 2) x)'],
    ['new java.util.ArrayList<Int>()', '(new java.util.ArrayList<Int>)'],
    ['f(replace x by x if b, 1)', '(call f (replace [x] by [x] if b) 1)'],
    ['[1, A:2, ω]', '[1 (: A 2) ?ω]'],
    ['[]', '[]'],
    ['A:<1>:[2]', '(: A <1> [2])'],
    ['a:(b:c)', '(: a {(: b c)})'],
    ['ω, ω1, ω_SRC', '?ω ?ω1 ?ω_SRC'],
  ])('%s', (text, expected) => {
    expect(molecules(text)).toBe(expected)
  })

  test.each([
    ['<x.>', ['HOCL114 >']],
    ['<f(1>', ['HOCL118 (']],
    ['<f(1, )>', ['HOCL111 )']],
    ['<[1, 2>', ['HOCL118 [']],
    ['<[1)>', ['HOCL120 )']],
    ['<new int[3]>', ['HOCL127 [']],
    ['<new Point>', ['HOCL114 >']],
    ['<SRC(1)>', ['HOCL117 (']],
    ['<_>', ['HOCL114 _']],
  ])('refused: %s', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })
})

describe('contextual keywords are names elsewhere', () => {
  test.each([
    ['as, extends, super, divides', 'as extends super divides'],
    ['divides divides divides', '(divides divides divides)'],
    ['inf, x.inf, inf(1)', '∞ (. x inf) (call inf 1)'],
    ['replace inf by inf + 1, inf', '(replace [inf] by [(+ inf 1) inf])'],
    ['let inf = 1 in inf', '(let inf 1) inf'],
    ['<let inf = 1 in inf>, inf', '<(let inf 1) inf> ∞'],
    ['x^inf', '(^ x ∞)'],
  ])('%s', (text, expected) => {
    expect(molecules(text)).toBe(expected)
  })

  test('keywords are no names', () => {
    expect(complaints('<x + rec>')).toEqual(['HOCL109 rec'])
    expect(complaints('<replace new by 1>')).toEqual(['HOCL109 new'])
  })
})
