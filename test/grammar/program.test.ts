import { describe, expect, test } from 'vitest'
import { complaints, molecules, tree } from '../support/notation.ts'

describe('a program is imports, definitions and one solution', () => {
  test.each([
    ['<>', '<>'],
    ['', ''],
    ['let a = 1 in', '(let a 1)'],
    ['let a = 1', '(let a 1)'],
    ['let a = 1 in let b = 2 in <a, b>', '(let a 1) (let b 2) <a b>'],
    ['package a.b; <1>', '(package a.b) <1>'],
    ['// nothing but a comment', ''],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected)
  })

  test.each([
    ['1, 2', ['HOCL126 1']],
    ['<1> <2>', ['HOCL117 >']],
    ['let a = 1 let b = 2 in <a>', ['HOCL116 let']],
    ['package a <1>', ['HOCL114 <']],
  ])('refused: %s', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })
})

describe('an import names a module, a file or Java', () => {
  test.each([
    ['import hocl.sets;', '(import hocl.sets)'],
    ['import java.util.*;', '(import java.util.*)'],
    ['import static java.lang.Math.max;', '(import static java.lang.Math.max)'],
    ['import static.a;', '(import static.a)'],
    ['import hocl.in.new;', '(import hocl.in.new)'],
    ['import "./a.hocl" as b;', '(import "./a.hocl" as b)'],
    ['import a as as;', '(import a as as)'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected)
  })

  test.each([
    ['import ;', ['HOCL114 ;']],
    ['import a', ['HOCL114 ']],
    ['import a as B; <1>', ['HOCL110 B']],
    ['import a import b; <1>', ['HOCL114 import']],
  ])('refused: %s', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })
})

describe('a definition names a tuple', () => {
  test.each([
    ['let a = 1:2 in', '(let a (: 1 2))'],
    ['let rec f = replace x by f in', '(let rec f (replace [x] by [f]))'],
    ['let f(a, b) = a + b in', '(let f(a b) (+ a b))'],
    ['let m = max = replace x by x in', '(let m (= max (replace [x] by [x])))'],
    ["let x' = 1 in", "(let x' 1)"],
    ['/// one\n/// two\nlet a = 1 in', '(let a 1 ["one","two"])'],
    ['/// far\n// near\nlet a = 1 in', '(let a 1)'],
    ['//// ruler\nlet a = 1 in', '(let a 1)'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected)
  })

  test.each([
    ['let = 1 in', ['HOCL114 =']],
    ['let one = 1 in', ['HOCL109 one']],
    ['let F() = 1 in', ['HOCL110 F']],
    ['let f() = 1 in', ['HOCL114 )']],
    ['let ω = 1 in', ['HOCL114 ω']],
    ['let a 1 in', ['HOCL114 1']],
    ['let a = 1, 2 in', ['HOCL116 ,']],
    ['let f(a = 1 in', ['HOCL118 (']],
  ])('refused: %s', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })

  test('stands before an element, in scope to the end of its molecules', () => {
    expect(molecules('let a = 1 in a, let b = 2 in b')).toBe('(let a 1) a (let b 2) b')
    expect(molecules('(let a = 1 in a, a)')).toBe('{(let a 1) a a}')
    expect(tree('<let a = 1 in>')).toBe('HOCL111')
  })
})

describe('molecules stand between commas', () => {
  test.each([
    ['1, 2', '1 2'],
    ['∅, nothing, ()', '∅ ∅ ∅'],
    ['...xs, ...[1, 2]', '(... xs) (... [1 2])'],
    ['A:B^2', '(^ (: A B) 2)'],
    ['1+2^2', '(^ (+ 1 2) 2)'],
    ['-3^4', '(^ (- 3) 4)'],
    ['x^-1, x^∞, x^-∞', '(^ x (- 1)) (^ x ∞) (^ x (- ∞))'],
    ['(1, 2), ((1, 2))', '{1 2} {{1 2}}'],
    ['<1>, ⟨2⟩', '<1> ⟨2⟩'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(molecules(text)).toBe(expected)
  })

  test.each([
    ['<1,>', ['HOCL111 >']],
    ['<, 1>', ['HOCL114 ,']],
    ['<1 2>', ['HOCL117 2']],
    ['<A:∅>', ['HOCL111 ∅']],
    ['<1 + (2, 3)>', ['HOCL123 (2, 3)']],
    ['<(2, 3)^2>', ['HOCL123 (2, 3)']],
    ['<f(())>', ['HOCL123 ()']],
    ['<[...x]>', ['HOCL114 ...']],
    ['<1⟩', ['HOCL120 ⟩']],
    ['⟨1>', ['HOCL120 >']],
  ])('refused: %s', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })
})

describe('a rule takes patterns and makes molecules', () => {
  test.each([
    ['replace x by x', '(replace [x] by [x])'],
    ['replace-one x by ∅', '(replace-one [x] by [∅])'],
    ['one x by x, y', '(one [x] by [x y])'],
    ['with x inject y', '(with [x] inject [y])'],
    ['replace x by (x, 1)', '(replace [x] by [{x 1}])'],
    ['replace x by x if x > 0 @ 2', '(replace [x] by [x] if (> x 0) @ 2)'],
    ['replace x by x @ 2 if x > 0, 1', '(replace [x] by [x] if (> x 0) @ 2) 1'],
    ['replace x by x, 1', '(replace [x] by [x 1])'],
    ['(replace x by x), 1', '{(replace [x] by [x])} 1'],
    ['replace x by replace y by y if b', '(replace [x] by [(replace [y] by [y] if b)])'],
    ['max = replace x by x', '(= max (replace [x] by [x]))'],
    ['A:1:f = one x by x', '(: A 1 (= f (one [x] by [x])))'],
    ['replace x by let y = x in y', '(replace [x] by [(let y x) y])'],
    ['(one x by y)^∞', '(^ {(one [x] by [y])} ∞)'],
    ['replace-one2', 'HOCL112'],
  ])('%s', (text, expected) => {
    expect(molecules(text)).toBe(expected)
  })

  test.each([
    ['<replace x inject y>', ['HOCL115 inject']],
    ['<with x by y>', ['HOCL115 by']],
    ['<replace x y>', ['HOCL115 >']],
    ['<replace by x>', ['HOCL112 by']],
    ['<replace x by>', ['HOCL111 >']],
    ['<replace x by x if a if b>', ['HOCL125 if']],
    ['<1 + replace x by x>', ['HOCL111 replace']],
    ['<x = 5>', ['HOCL124 5']],
    ['<one, 2>', ['HOCL112 ,']],
  ])('refused: %s', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })
})

test('a rule with a condition needs no parentheses around its comparison', () => {
  expect(tree('<1, replace x by x - 1 if x > 0>')).toBe('<1 (replace [x] by [(- x 1)] if (> x 0))>')
})

test('a forgotten comma after a solution is explained where it compares', () => {
  expect(complaints('<<1> 2>')).toEqual(['HOCL117 >'])
  expect(complaints('<A:<1> B:<2>>')).toEqual(['HOCL117 >'])
})

test('programs of the Inria compiler parse as they are', () => {
  const text = `
    package fr.inria.hocl;
    import java.util.List;
    import static java.lang.Math.*;
    let dec = replace-one X::Integer, ?w by X - 1, w if X.equals(b) in
    let neg = replace x::String[], y::java.util.Map<String, ? extends List<?>> by new Integer(3) in
    < dec, 5f, 3L, (String) x, (int) 2.5, "a".contains("b"), 'c' >`
  expect(tree(text)).toBe(
    [
      '(package fr.inria.hocl)',
      '(import java.util.List)',
      '(import static java.lang.Math.*)',
      '(let dec (replace-one [X::Integer ?w] by [(- X 1) w] if (. X equals (b))))',
      '(let neg (replace [x::String[] y::java.util.Map<String, ? extends List<?>>] by [(new Integer 3)]))',
      `<dec 5.0 3 (cast String x) (cast int 2.5) (. "a" contains ("b")) 'c'>`,
    ].join(' '),
  )
})

test('the n-shot rule of the reference parses', () => {
  expect(tree('let rec f = replace-one P by M, f if C in <f>')).toBe(
    "(let rec f (replace-one ['P] by [M f] if C)) <f>",
  )
})
