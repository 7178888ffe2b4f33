import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unary } from '../../interpreter/arithmetic.ts'
import { equal, EvaluationFailure, Float, prelude } from '../../interpreter/index.ts'
import type { HostFunction, Molecule } from '../../interpreter/index.ts'
import { fromJson, parseJson, jsonText } from '../../interpreter/json.ts'
import { data } from '../support/molecules.ts'

const functions: readonly HostFunction[] = [
  ...prelude.functions.values(),
  ...[...prelude.namespaces.values()].flatMap((namespace) => [...namespace.functions.values()]),
  ...[...prelude.classes.values()].map((each) => each.make),
  // What `invoke` gives is what another function gives, or a rejection.
].filter((each) => each.name !== 'new Object' && each.name !== 'invoke')

/** What a function is most likely to take, so that more than refusals is tried. */
const likely = fc.oneof(
  data,
  fc.integer({ min: -3, max: 40 }),
  fc.double({ min: -4, max: 4, noNaN: true }).map((value) => new Float(value)),
  fc.string({ maxLength: 6 }),
)

function outcome(each: HostFunction, args: readonly Molecule[]): Molecule | undefined {
  try {
    const result = each.apply(args, { random: () => 0.5 })
    if (result instanceof Promise) throw new Error('it answers later')
    return result
  } catch (error) {
    if (error instanceof EvaluationFailure) return undefined
    throw error
  }
}

test.each(functions.map((each) => [each.name, each] as const))(
  '%s gives a molecule, the same each time, or says why not',
  (_, each) => {
    const [least, most] = each.arity
    const args = fc.array(likely, { minLength: least, maxLength: Math.min(most, 4) })
    fc.assert(
      fc.property(args, (given) => {
        const result = outcome(each, given)
        if (result === undefined) return
        // In canonical form: what is written and read is in it.
        expect(equal(fromJson(parseJson(jsonText(result))), result)).toBe(true)
        const again = outcome(each, given)
        expect(again !== undefined && equal(again, result)).toBe(true)
      }),
      { numRuns: 60 },
    )
  },
)

test('signs and negation', () => {
  expect(unary('-', 5)).toBe(-5)
  expect(Object.is(unary('-', 0), 0)).toBe(true)
  expect(unary('-', new Float(0))).toEqual(new Float(0))
  expect(unary('+', 5)).toBe(5)
  expect(unary('!', true)).toBe(false)
  expect(() => unary('!', 1)).toThrow('`!` takes true or false, not 1')
  expect(() => unary('-', 'a')).toThrow('`-` takes a number, not "a"')
  expect(() => unary('+', 'a')).toThrow('`+` takes a number, not "a"')
})
