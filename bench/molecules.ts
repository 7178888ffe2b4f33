import { Tuple, isInt, print } from '../interpreter/index.ts'
import type { Molecule, Symbol } from '../interpreter/index.ts'

/** `tag:a:b`, for data. */
export function tuple(...fields: readonly Molecule[]): Molecule {
  return new Tuple(fields)
}

/** Each number behind a tag. */
export function* taggedNumbers(tag: Symbol, values: Iterable<number>): Generator<Molecule> {
  for (const value of values) yield new Tuple([tag, value])
}

/** The only number that is left beside rules. */
export function onlyNumber(left: Iterable<Molecule>): string {
  const found: string[] = []
  for (const molecule of left) if (isInt(molecule)) found.push(String(molecule))
  return found.join(' ')
}

/** The only `tag:number` that is left beside rules. */
export function onlyTagged(left: Iterable<Molecule>, tag: Symbol): string {
  const found: string[] = []
  for (const [, value = ''] of tuplesOf(left, tag)) found.push(print(value))
  return found.join(' ')
}

/** The fields of each tuple, or of those that begin with a tag. */
export function* tuplesOf(left: Iterable<Molecule>, tag?: Symbol): Generator<readonly Molecule[]> {
  for (const molecule of left) {
    if (typeof molecule !== 'object' || molecule.kind !== 'tuple') continue
    if (tag === undefined || molecule.fields[0] === tag) yield molecule.fields
  }
}

/** Integers drawn one after the other. */
export function drawn(amount: number, draw: (index: number) => number): Int32Array {
  return Int32Array.from({ length: amount }, (_, i) => draw(i))
}
