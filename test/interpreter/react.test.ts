import { describe, expect, test } from 'vitest'
import { react, results, stopped, told } from '../support/react.ts'

describe('a reaction', () => {
  test('takes two molecules and leaves the larger', () => {
    expect(react('<1, 2, max>')).toBe('<2, max>')
  })

  test('needs a molecule for each pattern', () => {
    expect(react('<1, max>')).toBe('<1, max>')
  })

  test('never takes the rule itself', () => {
    expect(react('<replace x by GONE>')).toBe('<(replace x by GONE)>')
  })

  test('may take another copy of the rule', () => {
    expect(react('<drop, eat = one r::Rule by EATEN>')).toBe('<EATEN>')
    expect(react('<(one r::Rule by EATEN)^2>')).toBe('<EATEN>')
  })

  test('leaves everything as it was when its product fails', () => {
    expect(react('<0, A, one x::Int by 1 / x>')).toMatch(/^failed: .*division by zero/)
  })

  test('does not happen where its condition fails', () => {
    expect(react('<0, one x::Int by A if 1 / x > 0>')).toBe(
      '<0, (replace-one x::Int by A if 1 / x > 0)>',
    )
  })
})

describe('an inner solution', () => {
  test('is matched only when inert', () => {
    expect(results('<<1, 2, 3, sum>, one <x::Int, ω> by x>')).toEqual(['<6>'])
  })

  test('is matched as a whole', () => {
    expect(react('<<A, B>, one <A> by FOUND>')).toBe('<<A, B>, (replace-one <A> by FOUND)>')
  })

  test('is opened by a rest', () => {
    expect(react('<<A, B>, open>')).toBe('<A, B>')
  })

  test('is not there as long as something in it is active', () => {
    expect(results('<A:<1, 2, sum>, one A:s by GOT>')).toEqual(['<GOT>'])
  })
})

describe('a rest', () => {
  test('takes what is left, signed multiplicities included', () => {
    expect(react('<<A, B^-2, C^∞>, open>')).toBe('<A, B^-2, C^∞>')
  })

  test('may be empty', () => {
    expect(react('<<A>, one <A, ω> by REST:size(ω)>')).toBe('<REST:0>')
  })

  test('that stands twice in patterns must be equal', () => {
    expect(react('<<A, 1>, <B, 1>, one <A, ω>, <B, ω> by SAME>')).toBe('<SAME>')
    expect(results('<<A, 1>, <B, 2>, (one <A, ω>, <B, ω> by SAME if 1 == 1)>')).toEqual([
      '<<1, A>, <2, B>, (replace-one <A, ω>, <B, ω> by SAME if 1 == 1)>',
    ])
  })

  test('outside of < > takes nothing', () => {
    expect(told('<1, one x::Int, ω by ω>')).toContain('HOCL303')
  })
})

describe('multiplicities', () => {
  test('add without any reaction', () => {
    expect(react('<A, A^-1, B^-2, B>')).toBe('<B^-1>')
  })

  test('that are infinite are not used up', () => {
    expect(react('<A^∞, drop>')).toBe('<A^∞>')
  })

  test('that are negative are not there for a plain pattern', () => {
    expect(react('<A^-1, drop>')).toBe('<A^-1, drop>')
  })

  test('are bound by x^k', () => {
    expect(react('<A^3, one x::Symbol^k by x:k>')).toBe('<A:3>')
  })

  test('of x^k are those that the other patterns leave', () => {
    expect(react('<A^3, one A, A^k by LEFT:k>')).toBe('<LEFT:2>')
  })

  test('of rules are rules that react once each', () => {
    expect(results('<A^3, drop^2>')).toEqual(['<A>'])
  })

  test('of a solution are solutions that react apart', () => {
    expect(results('<<1, 2, one x::Int, y::Int by x>^2>')).toEqual([
      '<<1>, <1>>',
      '<<1>, <2>>',
      '<<2>, <2>>',
    ])
  })
})

describe('the explorer', () => {
  test('finds every result', () => {
    expect(results('<A, (one A by B), (one A by C)>')).toEqual([
      '<B, (replace-one A by C)>',
      '<C, (replace-one A by B)>',
    ])
  })

  test('finds no result where nothing ends', () => {
    expect(results('<1, replace x::Int by 1 - x>')).toEqual([])
  })
})

describe('a limit', () => {
  test('of reactions stops between two of them', async () => {
    expect(await stopped('<1, 2, 3, sum>', { reactions: 1 })).toMatch(/^reaction-limit </)
  })

  test('that is reached by the last reaction does not show', async () => {
    expect(await stopped('<1, 2, sum>', { reactions: 1 })).toBe('inert <3, sum>')
  })

  test('of molecules counts those inside, too', async () => {
    expect(await stopped('<<1, 2>, A>', { molecules: 3 })).toBe('molecule-limit <A, <1, 2>>')
  })

  test('of depth stops before the reaction that goes deeper', async () => {
    expect(await stopped('<A, replace x by [x]>', { depth: 3 })).toMatch(/^depth-limit /)
  })
})
