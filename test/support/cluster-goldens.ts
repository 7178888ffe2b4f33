import { join } from 'node:path'
import { Blueprint } from '../../distribution/blueprint.ts'
import { Source } from '../../grammar/index.ts'
import {
  SolutionValue,
  equal,
  firstSolution,
  moleculesOf,
  prelude,
} from '../../interpreter/index.ts'
import { root } from '../../scripts/tools.ts'
import { goldensUnder, programOf } from './goldens.ts'
import type { Golden } from './goldens.ts'
import { testHost } from './host.ts'

/** Goldens that become inert by themselves, and whose results a cluster must give, too. */
export const clusterGoldens: readonly Golden[] = goldensUnder(
  join(root, 'test/conformance'),
).filter(
  (golden) =>
    golden.refusal === undefined &&
    golden.endless === undefined &&
    golden.injections.length === 0 &&
    golden.result.length + golden.results.length > 0 &&
    golden.area !== 'printing' &&
    golden.area !== 'async' &&
    !isAsynchronous(golden) &&
    !isOfIdentity(golden) &&
    Object.keys(golden.limits).length === 0,
)

/** Answers that come later have no place in a simulation without time. */
function isAsynchronous({ source, usesHost }: Golden): boolean {
  return usesHost && /\b(later|never|slow|reject\w*)\(/.test(source.text)
}

/** A plain object is equal to itself only, and a record knows no selves: who reads it makes another one. */
function isOfIdentity({ name }: Golden): boolean {
  return name === 'object-with-itself'
}

/** How a golden is spread over so many shards. */
export function goldenBlueprint(golden: Golden, shards: number, seed: number): Blueprint {
  const program = programOf(golden)
  const { value, diagnostic } = firstSolution(program, seed)
  if (value === undefined) throw new Error(diagnostic.title)
  const host = golden.usesHost ? testHost : prelude
  return new Blueprint({ program, host, first: value, shards, seed })
}

/** Whether a golden may end so. */
export function isResult(golden: Golden, result: SolutionValue): boolean {
  const program = programOf(golden)
  return [...golden.result, ...golden.results].some((text) => {
    const { molecules } = program.molecules(new Source('mark', text))
    const [only] = moleculesOf(molecules, 1).value ?? []
    if (!(only?.[0] instanceof SolutionValue)) throw new Error(`${text} is no solution`)
    return equal(only[0], result)
  })
}
