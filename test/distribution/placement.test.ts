import { describe, expect, test } from 'vitest'
import { placementText } from '../../distribution/index.ts'
import { Source } from '../../grammar/index.ts'
import { firstSolution, lowerSource, noModules, prelude } from '../../interpreter/index.ts'

/** What `hocl plan --cluster` says, a line for each rule. */
function linesOf(text: string): readonly string[] {
  const program = lowerSource(new Source('p.hocl', text), { host: prelude, modules: noModules })
  const { value, diagnostic } = firstSolution(program, 1)
  if (value === undefined) throw new Error(diagnostic.title)
  return placementText(value, program.shapes).trimEnd().split('\n')
}

describe('a rule', () => {
  test.each<[string, string]>([
    ['<r = replace A:x by B:x>', 'r · line 1: local: it takes one molecule, wherever that is'],
    ['<r = replace A:k:x, B:k:y by C:k:x:y>', 'keyed by k'],
    ['<r = replace A:k, k::Int by B:k>', 'keyed by k'],
    ['<r = replace A:j:x, B:k:y by C:j if j == k>', 'keyed by j'],
    ['<r = replace A:x, B:y by C:x:y>', 'at one shard: no variable stands in all that it takes'],
    ['<r = replace x::Int, y::Int by x>', 'at one shard: no variable stands in all that it takes'],
    ['<r = replace-one A:k, B:k by C:k>', 'at one shard: it reacts once'],
    [
      '<r = replace A:k^n, B:k by C:k>',
      'at one shard: it takes all copies of one molecule together',
    ],
    ['<r = replace x, y by x>', 'everything comes to one shard: `r` takes molecules of any sort'],
    ['<r = replace s::Rule by ∅>', 'everything comes to one shard: `r` takes rules'],
    ['<r = replace OUT:x by x>', 'everything comes to one shard: `r` may put rules into'],
    ['<r = replace <ω> by ω>', 'everything comes to one shard: `r` may put rules into'],
    ['<r = replace A:x, ω by B:x, ω>', 'local'],
    ['<r = replace LINE:l by ...split(l, " ")>', 'local'],
    ['<1>', 'no rule acts in the outermost solution'],
  ])('%s', (text, expected) => {
    expect(linesOf(text)[0]).toContain(expected)
  })
})

test('rules that tie the same molecules by different fields cannot both have their way', () => {
  const [first, second] = linesOf(`
    let a = replace P:x:y, Q:x by P:x:y in
    let b = replace P:x:y, R:y by P:x:y in
    <a, b>`)
  const all = [first, second].join(' ')
  expect(all).toContain('other rules tie the same molecules by another field')
  expect(all).toContain('molecules of the sort P/3 come to one shard')
})

test('what one rule wants in the middle others find there only', () => {
  const lines = linesOf(`
    let any = replace P:x:y, P:z:u by P:(x + z):y in
    let keyed = replace P:x:y, Q:x by Q:y in
    <any, keyed>`)
  for (const line of lines) expect(line).toContain('at one shard')
})

describe('solutions inside others react elsewhere', () => {
  test('where everything comes to one shard', () => {
    expect(linesOf('<r = replace <ω> by ω>')[0]).toContain('Solutions inside it react on all nodes')
  })

  test('but not where all copies of a molecule are taken', () => {
    const [head] = linesOf('let all = replace x::Int^n by n in <<all>, r = replace <ω> by ω>')
    expect(head).toContain('safer, and not quicker')
    expect(head).not.toContain('on all nodes')
  })
})
