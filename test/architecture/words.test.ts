import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { doors, publicNames } from '../../scripts/doors.ts'
import { existing, layers, root } from '../../scripts/tools.ts'

/*
 * One word for each thing: what another name for the same thing would be called is not used in public
 * names or in file names.
 */

/** The word that we do not use, and the one that we do. */
const instead: readonly (readonly [RegExp, string])[] = [
  [/^(bag|soup|pool|space)s?$/, 'solution'],
  [/^(elem|term)s?$/, 'molecule'],
  [/^(qty|quantity)$/, 'multiplicity'],
  [/^(firing|firings|fired)$/, 'reaction'],
  [/^(rewrite|rewriter|rewriting)$/, 'rule or reaction'],
  [/^(guard|guards)$/, 'condition'],
  [/^(lhs|rhs)$/, 'pattern or product'],
  [/^(idle|fixpoint)$/, 'inert'],
  [/^(engine|engines)$/, 'reactor'],
  [/^bytecode$/, 'match plan'],
  [/^(util|utils|helper|helpers|misc|stuff)$/, 'the name of what it does'],
  [/^(manager|impl)$/, 'the name of what it is'],
]

const present = existing(layers.filter((layer) => layer !== 'stdlib'))

test.each(doors())('the public names of $name use our words', (door) => {
  const names = [...publicNames([door]).values()].flat().map(({ name }) => name)
  expect(names.flatMap(betterWords)).toEqual([])
})

test.each(present)('the file names of %s use our words', (layer) => {
  const paths = readdirSync(join(root, layer), { recursive: true, encoding: 'utf8' })
  const names = paths.map((path) => path.replaceAll('\\', '/').replace(/\.[a-z.]+$/, ''))
  expect(names.flatMap(betterWords)).toEqual([])
})

function betterWords(name: string): readonly string[] {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  return words.flatMap((word) => {
    const found = instead.find(([unwanted]) => unwanted.test(word))
    return found === undefined ? [] : [`${name}: say ${found[1]}, not ${word}`]
  })
}
