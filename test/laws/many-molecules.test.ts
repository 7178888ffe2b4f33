import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Verifier } from '../../interpreter/index.ts'
import { engines } from '../support/engines.ts'
import { firstOf, lowered, options } from '../support/runs.ts'

/*
 * With many molecules a machine searches by indexes that it does without for a few. Each reaction and
 * the end must still be right: what is called inert must be so.
 */

/** Each finds by another way: keys, several keys, functions, orders, and what is inside a solution. */
const rules = [
  'replace GET:k, K:k:v by v',
  'replace A:k:m, K:k:m by B:k:m',
  'replace A:k:m, B:n:k by K:m:n if k != n',
  'replace x::Int, y::Int by x if x > y',
  'replace x::Int, y::Int by x if y == x + 3',
  'replace K:k:v, GET:j by A:v:k if j > k + 20',
  'replace GET:k, <K:k, ω> by <V:k, ω>',
  'replace GET:k, S:<K:k, V:v, ω> by GOT:k:v, <ω>',
  'replace <K:k, ω>, <V:k, ω2> by S:<K:k, V:k, ω>, <ω2>',
  'replace n::Int, S:<K:k, ω> by S:<K:n, n, ω>, GET:k if n >= k',
  'replace-one GET:k, GET:k by S:<K:k, V:k>',
]

const number = fc.nat(40).map(String)
const inside = fc.array(
  fc.oneof(
    number.map((k) => `K:${k}`),
    number.map((k) => `V:${k}`),
    number,
  ),
  { maxLength: 3 },
)

const molecule = fc.oneof(
  number,
  number.map((k) => `GET:${k}`),
  fc.tuple(fc.constantFrom('A', 'B', 'K'), number, number).map((fields) => fields.join(':')),
  inside.map((held) => `<${held.join(', ')}>`),
  inside.map((held) => `S:<${held.join(', ')}>`),
)

const program = fc
  .tuple(
    fc.array(molecule, { minLength: 100, maxLength: 300, size: 'max' }),
    fc.subarray(rules, { minLength: 1, maxLength: 3 }),
  )
  .map(([molecules, some]) => `<${[...molecules, ...some.map((rule) => `(${rule})`)].join(', ')}>`)

const [vm] = engines.slice(-1)

test.runIf(vm?.name === 'vm')(
  'of many molecules each reaction is right, and so is the end',
  () => {
    fc.assert(
      fc.property(program, fc.constantFrom('fast', 'random'), (text, strategy) => {
        const first = firstOf(lowered(text))
        fc.pre(vm !== undefined && first !== undefined)
        const verifier = new Verifier()
        const machine = vm.make(first, options({ seed: 1, strategy }))
        let step = machine.step()
        for (let n = 0; step.kind === 'reacted' && n < 400; n++) {
          expectNothing(verifier.reaction(step.reaction))
          step = machine.step()
        }
        if (step.kind === 'inert') expectNothing(verifier.end(machine.solution))
      }),
    )
  },
  300_000,
)

function expectNothing(trouble: string | undefined): void {
  expect(trouble?.slice(0, 500)).toBeUndefined()
}
