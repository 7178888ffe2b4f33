import { propensityOf } from './network.ts'
import type { Network, NetworkMethod } from './network.ts'

/**
 * Draws each reaction from all propensities in a row: the direct method, without generated code. Slower,
 * with the same result for the same random numbers.
 */
export function directMethod(network: Network): NetworkMethod {
  const { reactions, dependents, isSigned } = network
  return ({ counts, clock }, { until, reactions: most, random, mayReact }) => {
    const propensities = reactions.map((reaction) => propensityOf(reaction, counts, isSigned))
    let total = sumOf(propensities)
    let done = 0
    while (done < most && (clock[1] ?? 0) <= until && total < Infinity) {
      let target = random.float() * total
      // Rounding may lift it onto the total, where nothing is.
      while (target >= total) target = random.float() * total
      let at = 0
      for (let sum = propensities[0] ?? 0; target >= sum; sum += propensities[at] ?? 0) at++
      if (mayReact?.(at) === false) break
      clock[0] = clock[1] ?? 0
      clock[2] = at
      for (const { species, by } of reactions[at]?.changes ?? [])
        counts[species] = (counts[species] ?? 0) + by
      for (const i of dependents[at] ?? []) {
        const reaction = reactions[i]
        if (reaction !== undefined) propensities[i] = propensityOf(reaction, counts, isSigned)
      }
      total = sumOf(propensities)
      clock[1] = total > 0 ? clock[0] - Math.log(1 - random.float()) / total : Infinity
      done++
    }
    return done
  }
}

function sumOf(propensities: readonly number[]): number {
  let sum = propensities[0] ?? 0
  for (let i = 1; i < propensities.length; i++) sum += propensities[i] ?? 0
  return sum
}
