import { propensityOf } from './network.ts'
import type { Network, NetworkMethod } from './network.ts'
import { SumTree } from './sum-tree.ts'

/**
 * The same for many reactions: propensities in a tree of sums, of which a reaction renews only those that
 * depend on it. The state must be that of the last go.
 */
export function treeMethod(network: Network): NetworkMethod {
  const { reactions, dependents, isSigned } = network
  const sums = new SumTree()
  let isFilled = false
  return ({ counts, clock }, { until, reactions: most, random, mayReact }) => {
    if (!isFilled)
      for (const [i, reaction] of reactions.entries())
        sums.set(i, propensityOf(reaction, counts, isSigned))
    isFilled = true
    let done = 0
    while (done < most && (clock[1] ?? 0) <= until && sums.total < Infinity) {
      const at = sums.leafAt(random.float() * sums.total)
      if (mayReact?.(at) === false) break
      clock[0] = clock[1] ?? 0
      clock[2] = at
      for (const { species, by } of reactions[at]?.changes ?? [])
        counts[species] = (counts[species] ?? 0) + by
      for (const i of dependents[at] ?? []) {
        const reaction = reactions[i]
        if (reaction !== undefined) sums.set(i, propensityOf(reaction, counts, isSigned))
      }
      const { total } = sums
      clock[1] = total > 0 ? clock[0] - Math.log(1 - random.float()) / total : Infinity
      done++
    }
    return done
  }
}
