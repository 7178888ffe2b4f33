import { describe, expect, test } from 'vitest'
import { planText, plansOf } from '../../vm/index.ts'
import { lowered } from '../support/runs.ts'

/* What `hocl plan` says of reactions that follow on one another at once. */

const message = `let send = replace LINK:to, SENT:v by SENT:v, VALUE:to:v in
let receive = replace TASK:t:n, VALUE:t:v by TASK:t:(n + v) in`

function agains(text: string): readonly (readonly string[] | undefined)[] {
  return plansOf(lowered(text)).map(({ again }) => again)
}

function handedOn(text: string): readonly string[] {
  return plansOf(lowered(text)).flatMap((plan) =>
    plan.handedOn.map(({ made, to }) => `${plan.rule}: ${made} to ${to}`),
  )
}

describe('made again with the same molecules', () => {
  test.each<[string, string, readonly string[]]>([
    ['a counter, under its condition', '<replace C:n by C:(n + 1) if n < 10>', ['n < 10']],
    ['one without', '<replace C:n, D:k by C:(n + 1), D:k>', []],
    ['what a pattern asks', '<replace C:0:n by C:(n % 2):(n + 1)>', ['field 2 is 0']],
    ['and a type', '<replace C:(n::Int) by C:(n / 2)>', ['field 2 is Int']],
  ])('%s', (_, text, conditions) => {
    expect(agains(text)).toEqual([conditions])
  })

  test.each([
    ['where something goes', '<replace C:n, D:k by C:(n + k)>'],
    ['where something comes', '<replace C:n by C:(n + 1), D:n>'],
    ['where a variable that is written ties two', '<replace C:n, D:n by C:(n + 1), D:n>'],
    [
      'where it makes itself harder',
      '<replace D:u:d, E:u:v:w, D:v:e by D:u:d, E:u:v:w, D:v:(d + w) if d + w < e>',
    ],
    ['where a solution is opened', '<replace <C:n, ω> by <C:(n + 1), ω>>'],
    ['for a one-shot', '<replace-one C:n by C:(n + 1)>'],
  ])('but not %s', (_, text) => {
    expect(agains(text)).toEqual([undefined])
  })
})

describe('taken before it has a place', () => {
  test('what one rule takes with a partner that has its key', () => {
    expect(handedOn(`${message} <send, receive>`)).toEqual(['send: VALUE:_:_ to receive'])
  })

  test.each([
    ['two rules take it', `${message} <send, receive, replace VALUE:_:v by v if v > 3>`],
    ['a rule takes anything', `${message} <send, receive, replace-one x by A>`],
    ['its partner has no key', `${message.replace('TASK:t', 'TASK:s')} <send, receive>`],
    ['it is put into a slot that is there', '<replace A:x by A:(x + 1):0, replace B:x by x>'],
  ])('but not where %s', (_, text) => {
    expect(handedOn(text)).toEqual([])
  })
})

test('the text of a plan says both', () => {
  const text = planText(lowered(`${message} <send, receive, replace C:n by C:(n + 1) if n < 10>`))
  expect(text).toContain('  what it makes is taken before it has a place: VALUE:_:_ by receive\n')
  expect(text).toContain('  again at once with the same molecules, while n < 10\n')
})
