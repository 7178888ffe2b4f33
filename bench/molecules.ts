import { Tuple, isInt, print } from '../interpreter/index.ts'
import type { Molecule, SolutionValue } from '../interpreter/index.ts'

/** `tag:a:b`, for data. */
export function tuple(...fields: readonly Molecule[]): Molecule {
  return new Tuple(fields)
}

/** The only number that is left beside rules. */
export function onlyNumber(left: SolutionValue): string {
  const found: string[] = []
  for (const molecule of left.molecules()) if (isInt(molecule)) found.push(String(molecule))
  return found.join(' ')
}

/** The only `tag:number` that is left beside rules. */
export function onlyTagged(left: SolutionValue, tag: string): string {
  const [values = []] = left.columns(tag, 1)
  return Array.from(values, (value) => print(value)).join(' ')
}

/** How many tuples there are with a tag and so many fields beside it. */
export function amount(left: SolutionValue, tag: string, width: number): string {
  return String(left.columns(tag, width)[0]?.length)
}

// Beside peers, making the data counts. `Array.from` of a length takes ten times as long as a loop.

/** One after the other, so many. */
export function each(count: number, value: (index: number) => number = (i) => i): number[] {
  const values: number[] = []
  for (let i = 0; i < count; i++) values.push(value(i))
  return values
}

/** Integers drawn one after the other. */
export function drawn(amount: number, draw: (index: number) => number): Int32Array {
  const values = new Int32Array(amount)
  for (let i = 0; i < amount; i++) values[i] = draw(i)
  return values
}
