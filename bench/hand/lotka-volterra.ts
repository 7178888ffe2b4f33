/** How many there are. */
export interface Population {
  readonly prey: number
  readonly predators: number
}

/** So many events of Gillespie's direct method, from so many of each; fewer only where all died out. */
export function populationAfter(
  events: number,
  start: Population,
  random: () => number,
): Population {
  let { prey, predators } = start
  let time = 0
  for (let event = 0; event < events; event++) {
    const born = 10 * prey
    const eaten = born + 0.001 * prey * predators
    const all = eaten + 10 * predators
    if (all === 0) break
    time -= Math.log(random()) / all
    const drawn = random() * all
    if (drawn < born) prey++
    else if (drawn < eaten) {
      prey--
      predators++
    } else predators--
  }
  // The time is part of the result of a simulation: it must not be optimised away.
  if (Number.isNaN(time)) throw new RangeError('a random number is between 0 and 1')
  return { prey, predators }
}
