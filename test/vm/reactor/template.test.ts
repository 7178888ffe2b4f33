import { expect, test } from 'vitest'
import { Tuple, symbol } from '../../../interpreter/index.ts'
import { ProgramError, Reactor, hocl } from '../../../vm/index.ts'

test.each([
  ['numbers', () => hocl`JOB:${5}, ${2.5}, ${10n ** 20n}`, '2.5, 100000000000000000000, JOB:5'],
  ['text, whatever it says', () => hocl`NAME:${'x", EVIL, "'}`, String.raw`NAME:"x\", EVIL, \""`],
  ['lists and what they hold', () => hocl`${[1, ['a']]}, <...${[1, 2]}>`, '[1, ["a"]], <1, 2>'],
  ['solutions', () => hocl`<${new Set([1, 2])}>, ...${new Set([3])}`, '3, <<1, 2>>'],
  ['objects', () => hocl`USER:${{ age: 3 }}`, 'USER:<"age":3>'],
  ['molecules', () => hocl`${new Tuple([symbol('A'), 1])}^2`, 'A:1, A:1'],
  ['multiplicities', () => hocl`A^${5}`, 'A^5'],
  ['other templates', () => hocl`<...${hocl`A, B`}>, ${hocl`C`}`, '<C>, <A, B>'],
  ['nothing', () => hocl``, ''],
])('a template takes %s', (_, make, text) => {
  expect(String(make())).toBe(text)
})

test('a template is read once and takes other values each time', () => {
  const made = [1, 2, 3].map((n) => String(hocl`N:${n}, M^${n}`))
  expect(made).toEqual(['M, N:1', 'M, M, N:2', 'M, M, M, N:3'])
})

test('what is no molecule is refused, and so is a text that is none', () => {
  expect(() => hocl`A:${() => 1}`).toThrow('value 1 of the template is a function')
  expect(() => hocl`A:${NaN}`).toThrow(TypeError)
  expect(() => hocl`A:${1}, :`).toThrow(ProgramError)
})

test('rules come in as text and take what was given', async () => {
  await using reactor = Reactor.create('<1, 2, 3>')
  reactor.inject(hocl`replace-one x::Int by x + ${10} if x > ${2}`)
  await reactor.run()
  reactor.remove(hocl`13`)
  expect(String(hocl`...${reactor.solution}`)).toBe('1, 2')
})
