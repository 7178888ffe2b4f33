import { describe, expect, test } from 'vitest'
import { shapeOf } from '../../../interpreter/index.ts'
import type { Rule } from '../../../interpreter/index.ts'
import { planOf } from '../../../vm/kinetics/rule-plan.ts'
import { first, propensity } from '../../support/simulations.ts'

/*
 * Propensity is rate times number of ways: what a rule has to count in a solution, written as the number
 * that comes out, in the general way and, where the solution is a network, in that.
 */

/** A solution, a rule for it, and rate times ways. */
type Count = readonly [solution: string, rule: string, propensity: number]

function counts(cases: readonly Count[]): void {
  test.each(cases)('<%s> with %s: %d', (solution, rule, expected) => {
    const program = `< ${solution}${solution === '' ? '' : ', '}(${rule}) >`
    expect(propensity(program, { method: 'general' })).toBeCloseTo(expected, 9)
    expect(propensity(program)).toBeCloseTo(expected, 9)
  })
}

describe('each choice of copies is a way', () => {
  counts([
    ['X^5', 'replace X by ∅ @ 1', 5],
    ['X^5', 'replace X by ∅ @ 3', 15],
    ['X^5', 'replace X by ∅ @ 0.5', 2.5],
    ['X^5, Y^4', 'replace X, Y by ∅ @ 2', 40],
    ['X^1000000000, Y^1000000000', 'replace X, Y by X, Y @ 1', 1e18],
    ['', 'replace ∅ by X @ 7', 7],
    ['X', 'replace X, Y by ∅ @ 1', 0],
    ['A:1^2, A:2^3, B:1', 'replace A:n by A:(n + 1) if n > 0 && n < 3 @ 1', 5],
    ['1^2, 2^3, "a"^7', 'replace x::Int by ∅ @ 1', 5],
  ])
})

describe('equal reactants are chosen without order', () => {
  counts([
    ['X^5', 'replace X, X by ∅ @ 1', 10],
    ['X^5', 'replace X^2 by ∅ @ 1', 10],
    ['X^5', 'replace X^3 by ∅ @ 1', 10],
    ['X^5', 'replace X, X, X by ∅ @ 1', 10],
    ['X^2', 'replace X^3 by ∅ @ 1', 0],
    ['X^5, Y^3', 'replace X, Y, X by ∅ @ 1', 30],
    ['1^5', 'replace x::Int^2 by x @ 1', 10],
    ['1^5, 2^4', 'replace x::Int^2 by x @ 1', 16],
    ['1^5, 2^4', 'replace x, x by x @ 1', 16],
    ['1:2^3', 'replace x:y, x:z by x @ 1', 3],
  ])
})

describe('what patterns can exchange is divided by', () => {
  counts([
    ['1, 2, 3', 'replace x::Int, y::Int by x + y @ 1', 3],
    ['5^4', 'replace x::Int, y::Int by x + y @ 1', 6],
    ['1, 2, 3', 'replace x::Int, y::Int by x:y @ 1', 6],
    ['1, 2, 3', 'replace x::Int, y::Int by x, y, 4 @ 1', 3],
    ['1, 2, 3', 'replace x::Int, y::Int by x, y, x @ 1', 6],
    ['1, 2, 3, 4', 'replace _::Int, _::Int by ∅ @ 1', 6],
    ['1, 2, 3, 4', 'replace _::Int, _::Int, _::Int by ∅ @ 1', 4],
    ['1, 2, 3, 4', 'replace x::Int, y::Int, z::Int by [x, y, z] @ 1', 24],
    ['1, 2, 3, 4', 'replace x::Int, y::Int, z::Int by x:y, y:z, z:x @ 1', 8],
    ['1, 2, 3, 4', 'replace x::Int, y::Int, z::Int by x + y + z @ 1', 4],
    ['1.5, 2.5', 'replace x::Float, y::Float by x * y @ 1', 1],
    ['1, 2, 4', 'replace x::Int, y::Int by ∅ if abs(x - y) == 1 @ 1', 1],
    ['1, 2, 4', 'replace x::Int, y::Int by ∅ if x > 0 && y > 0 @ x * y', 14],
    ['1, 2, 4', 'replace x::Int, y::Int by x if x != y @ 1', 6],
    ['A:1, A:2, B:1, B:2', 'replace A:x, A:y, B:x, B:y by x, y @ 1', 1],
    ['A:1, A:2, B:1, B:2', 'replace A:x, A:y, B:x, B:y by x @ 1', 2],
  ])
})

describe('a condition chooses among ordered pairs', () => {
  counts([
    ['3, 5', 'replace x, y by x if x >= y @ 1', 1],
    // Each of two equal copies can stand first: exchanging them makes another rule.
    ['5, 5', 'replace x, y by x if x >= y @ 1', 2],
    ['1, 2, 3', 'replace x, y by x if x > y @ 1', 3],
  ])
})

describe('text is joined in an order, numbers are added in none', () => {
  counts([
    ['"a", "b"', 'replace x::String, y::String by x + y @ 1', 2],
    ['1, 2', 'replace x::Number, y::Number by x + y @ 1', 1],
    // What is not known to be a number might be text.
    ['1, 2', 'replace x, y by x + y if x > 0 && y > 0 @ 1', 2],
  ])
})

describe('an endless supply is one way', () => {
  counts([
    ['X^∞', 'replace X by Y @ 2', 2],
    ['X^∞', 'replace X^3 by Y @ 2', 2],
    ['X^∞', 'replace X, X by Y @ 2', 2],
    ['X^∞, Y^3', 'replace X, Y by Y @ 2', 6],
    ['1^∞', 'replace x::Int, y::Int by 0 @ 1', 1],
    // One with itself, one with each of two, and those two.
    ['1^∞, 2^2', 'replace x::Int, y::Int by 0 @ 1', 4],
    ['1^∞, 2^2', 'replace x::Int, y::Int by x:y @ 1', 7],
    ['1^∞, 2^∞', 'replace x::Int, y::Int, z::Int by x + y + z @ 1', 4],
  ])
})

describe('anti-copies count as copies do', () => {
  counts([
    ['X^-5', 'replace X^-1 by Y @ 1', 5],
    ['X^-5', 'replace X^-2 by Y @ 1', 10],
    ['X^-∞', 'replace X^-2 by Y @ 1', 1],
    ['X^-5', 'replace X by Y @ 1', 0],
    ['X^5', 'replace X^-1 by Y @ 1', 0],
    ['1^-2, 2^-3, 3', 'replace x::Int^-1 by Y @ 1', 5],
  ])
})

describe('all copies of a kind are one way', () => {
  counts([
    ['1^3, 2^2', 'replace x::Int^k by k @ 1', 2],
    ['1^3, 2^2', 'replace x::Int^k by k @ k', 5],
    ['1^3, 2^2, 3^-4', 'replace x::Int^k by k if k > 0 @ 1', 2],
    ['1^∞', 'replace x::Int^k by A @ 1', 1],
    // The other pattern takes one of them first.
    ['1^3', 'replace x::Int^k, 1 by k @ k', 6],
    ['1', 'replace x::Int^k, 1 by k @ 1', 0],
    ['1^3, 2^3, 4^2', 'replace x::Int^k, y::Int^k by k @ 1', 1],
  ])
})

describe('a rule counts once, and never takes itself', () => {
  test.each([
    ['< X^5, (replace X by ∅ @ 1)^3 >', 5],
    ['< X^5, (one X by ∅ @ 1)^3 >', 5],
    ['< X^5, (one X by ∅ @ 1)^∞ >', 5],
    ['< X^5, (replace X by ∅ @ 1)^-2 >', 0],
    ['< (replace r::Rule by ∅ @ 1) >', 0],
    ['< (replace r::Rule by ∅ @ 1)^2 >', 1],
    ['< (replace r::Rule by ∅ @ 1)^3, (replace X by Y) >', 3],
    ['< X^5, (replace X by ∅ @ 1), (replace X by Y @ 1) >', 10],
  ])('%s: %d', (program, expected) => {
    expect(propensity(program)).toBeCloseTo(expected, 9)
  })
})

describe('bindings inside solutions count with their copies', () => {
  counts([
    ['<1, 2, 3>', 'replace <x, ω> by x @ 1', 3],
    ['<1^3, 2>', 'replace <x, ω> by x @ 1', 4],
    ['<1^3, 2>^5', 'replace <x, ω> by x @ 1', 20],
    ['<1, 2>', 'replace <x, y> by x @ 1', 2],
    ['<1, 2>', 'replace <x, y> by x, y @ 1', 1],
    ['<1^4>', 'replace <x, y, ω> by <ω> @ 1', 6],
    ['<1^∞>', 'replace <x, y, ω> by <ω> @ 1', 1],
    ['<1^3>', 'replace <x^k> by k @ 1', 1],
    ['<1, 2>, <3>', 'replace <x, ω>, <y, ω1> by x, y @ 1', 2],
    ['<1>^∞', 'replace <x>, <y> by x, y @ 1', 1],
    ['<1^2>^∞', 'replace <x, y>, <z, w> by ∅ @ 1', 1],
    ['<1^∞>^∞', 'replace <x, ω>, <y, ω1> by ∅ @ 1', 1],
    ['A:<1, 2>:<3^2>', 'replace A:<x, ω>:<y, ω1> by x:y @ 1', 4],
    ['[1, 2, 1]', 'replace [ω, x, ω1] by x @ 1', 3],
    ['<<1>, <2>>', 'replace <<x>, ω> by x @ 1', 2],
  ])
})

describe('a rate reads what is matched, and is summed over it', () => {
  counts([
    ['A:3, A:5', 'replace A:n by ∅ @ n', 8],
    ['A:3^2, A:5', 'replace A:n by ∅ @ n', 11],
    ['A:3, A:5', 'replace A:n by ∅ @ n * 0.5', 4],
    ['1, 2, 3', 'replace x::Int, y::Int by x + y @ x + y', 12],
    ['A:3, A:0', 'replace A:n by ∅ @ n', 3],
    ['A:<1, 2>', 'replace A:<x, ω> by x @ x', 3],
  ])
})

describe('permutations are counted without going through all of them', () => {
  const variables = Array.from({ length: 12 }, (_, i) => `x${String(i)}`)
  const patterns = variables.map((x) => `${x}::Int`).join()

  test.each([
    ['of a product without order', variables.join(), 479_001_600],
    ['of one with an order', `[${variables.join()}]`, 1],
    ['of a cycle', variables.map((x, i) => `${x}:${variables[(i + 1) % 12]!}`).join(), 12],
  ])('%s', (_, product, order) => {
    const [rule] = first(`< replace ${patterns} by ${product} >`).molecules()
    expect(typeof rule === 'object' && rule.kind === 'rule').toBe(true)
    expect(planOf(shapeOf(rule as Rule)).symmetry.order).toBe(order)
  })
})

describe('an equation in a condition is looked up, and holds as it does when it is tried', () => {
  const molecules =
    '1, 2, 3, 1.0, 2.0, 2.5, 3.5, "a", "ab", 9007199254740991, 9007199254740992, -1, 0.1, 0.2, 1.1, 1.2'

  test.each([
    'y == x',
    'y == x + 1',
    'x + 1 == y',
    'y - 1 == x',
    '1 - x == y',
    'y == x + "b"',
    'x + y == 3',
    'x + y == 3.5',
    '2 + x - y == 1 && x != y',
    'y == 2 / x',
    'x + 0.1 == y',
    'x + 1.0 == y',
  ])('%s', (condition) => {
    const rule = (text: string): string =>
      `< ${molecules}, (replace A:x by ∅ @ 0), (replace x::Object, y::Object by ∅ if ${text} @ 1) >`
    expect(propensity(rule(condition))).toBe(propensity(rule(`(${condition}) != false`)))
  })
})
