/** What is on and around the table at the end. */
export interface Table {
  readonly fed: number
  readonly forks: number
}

/** Philosophers at a round table who eat so many meals each, in turns, every fork taken and put back. */
export function dinner(philosophers: number, meals: number): Table {
  const left = new Int32Array(philosophers).fill(meals)
  const isFree = new Uint8Array(philosophers).fill(1)
  let uneaten = philosophers * meals
  while (uneaten > 0) {
    for (let i = 0; i < philosophers; i++) {
      const right = i + 1 === philosophers ? 0 : i + 1
      const hungry = left[i]!
      if (hungry === 0 || isFree[i] === 0 || isFree[right] === 0) continue
      isFree[i] = 0
      isFree[right] = 0
      left[i] = hungry - 1
      uneaten--
      isFree[i] = 1
      isFree[right] = 1
    }
  }
  let fed = 0
  let forks = 0
  for (let i = 0; i < philosophers; i++) {
    if (left[i] === 0) fed++
    forks += isFree[i]!
  }
  return { fed, forks }
}
