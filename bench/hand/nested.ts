/** The sum of the largest number of each group; number k belongs to group k mod `groups`. */
export function sumOfLargest(groups: number, numbers: Int32Array): number {
  const largest = new Int32Array(groups)
  for (let k = 0, group = 0; k < numbers.length; k++) {
    const n = numbers[k]!
    if (n > largest[group]!) largest[group] = n
    if (++group === groups) group = 0
  }
  let sum = 0
  for (let group = 0; group < groups; group++) sum += largest[group]!
  return sum
}
