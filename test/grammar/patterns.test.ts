import { describe, expect, test } from 'vitest'
import { complaints, patterns } from '../support/notation.ts'

describe('patterns', () => {
  test.each([
    ['x, y', 'x y'],
    ['∅', '∅'],
    ['nothing', '∅'],
    ['?w, ω, ω1', '?w ?ω ?ω1'],
    ['x::Int, X::Int, _::Int, _', 'x::Int X::Int _::Int _'],
    ['SRC', "'SRC"],
    ['Q.N, a.b', '(constant Q.N) (constant a.b)'],
    ['max = m', '(= max m)'],
    ['sets.union = u', '(= sets.union u)'],
    ['A:x:1', "(: 'A x 1)"],
    ['A:(x:y)', "(: 'A {(: x y)})"],
    ['<x, ω>, <>, ⟨x⟩', '<x ?ω> <> ⟨x⟩'],
    ['[a, b:c, ω], []', '[a (: b c) ?ω] []'],
    ['1, -2.5, "a", true, null, ∞, -∞', '1 -2.5 "a" true null ∞ -∞'],
    ['x^2, A:x^k, x::Int^-2', "(^ x 2) (^ (: 'A x) k) (^ x::Int (- 2))"],
    ['<x^∞>', '<(^ x ∞)>'],
    ['(x)', '{x}'],
  ])('%s', (text, expected) => {
    expect(patterns(text)).toBe(expected)
  })

  test.each([
    ['<replace x + 1 by x>', ['HOCL115 +']],
    ['<replace x, by x>', ['HOCL112 by']],
    ['<replace A:ω by 1>', ['HOCL129 ω']],
    ['<replace ?W by 1>', ['HOCL110 W']],
    ['<replace [x^2] by 1>', ['HOCL122 ^']],
    ['<replace (x, y) by 1>', ['HOCL114 ,']],
    ['<replace max = M by 1>', ['HOCL110 M']],
    ['<replace a.b::Int by 1>', ['HOCL128 ::']],
    ['<replace -x by 1>', ['HOCL112 x']],
    ['<replace <x by 1>', ['HOCL118 <']],
    ['<replace A:∅ by 1>', ['HOCL112 ∅']],
  ])('refused: %s', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })
})

describe('types', () => {
  test.each([
    ['x::int', 'x::int'],
    ['x::java.util.List<String>', 'x::java.util.List<String>'],
    ['x::Map<?, ? super T, ? extends List<A[]>>', 'x::Map<?, ? super T, ? extends List<A[]>>'],
    ['x::(Int:String), y::<>, z::[]', 'x::(Int:String) y::<> z::[]'],
    ['x::Int[][]', 'x::Int[][]'],
    ['<x::List<Int>>', '<x::List<Int>>'],
    ['x::⟨⟩', 'x::<>'],
  ])('%s', (text, expected) => {
    expect(patterns(text)).toBe(expected)
  })

  test.each([
    ['<replace x:: by 1>', ['HOCL113 by']],
    ['<replace x::(Int) by 1>', ['HOCL114 )']],
    ['<replace x::List<Int by 1>', ['HOCL114 by']],
    ['<replace x::List<> by 1>', ['HOCL113 >']],
  ])('refused: %s', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })
})
