import { addInt, negateInt } from '../interpreter/index.ts'
import type { Int } from '../interpreter/index.ts'

/** A molecule as its exchange form, which equal molecules have in common, and how many copies of it. */
export type Copies = readonly [molecule: string, copies: Int]

/** Molecules by their exchange form. None stands there with 0 copies. */
export type Amounts = Map<string, Int>

/** Adds copies, which may be negative. */
export function addCopies(amounts: Amounts, molecule: string, copies: Int): void {
  const sum = addInt(amounts.get(molecule) ?? 0, copies)
  if (sum === 0) amounts.delete(molecule)
  else amounts.set(molecule, sum)
}

/** Takes copies away. All of endless ones can go, too. */
export function removeCopies(amounts: Amounts, molecule: string, copies: Int): void {
  if (amounts.get(molecule) === copies) amounts.delete(molecule)
  else addCopies(amounts, molecule, negateInt(copies))
}

/** Whether so many copies, or missing ones, are there to be taken. */
export function has(amounts: Amounts, molecule: string, copies: Int): boolean {
  const there = amounts.get(molecule) ?? 0
  return copies > 0 ? there >= copies : there <= copies
}

/** What changed: copies that were taken, or missing ones that were filled, and copies that came. */
export interface Change {
  readonly removed: readonly Copies[]
  readonly added: readonly Copies[]
}

/** What has to be taken and added to come from some amounts to others. */
export function changeBetween(before: Amounts, after: Amounts): Change {
  const removed: Copies[] = []
  const added: Copies[] = []
  const note = (molecule: string, had: Int, has: Int): void => {
    if (had === has) return
    const isSameSide = had !== 0 && has !== 0 && had > 0 === has > 0
    if (!isSameSide) {
      if (had !== 0) removed.push([molecule, had])
      if (has !== 0) added.push([molecule, has])
    } else if (has > had === has > 0) added.push([molecule, addInt(has, negateInt(had))])
    else removed.push([molecule, addInt(had, negateInt(has))])
  }
  for (const [molecule, had] of before) note(molecule, had, after.get(molecule) ?? 0)
  for (const [molecule, has] of after) if (!before.has(molecule)) note(molecule, 0, has)
  return { removed, added }
}

/** How many bytes these are in a record, about. */
export function sizeOf(molecules: readonly Copies[]): number {
  let size = 0
  for (const [molecule] of molecules) size += lengthOf(molecule)
  return size
}

/** How many bytes one is in a record, about and rather more: its text, without what all tuples have in common. */
export function lengthOf(molecule: string): number {
  return molecule.startsWith('{"tuple":[') ? molecule.length - 10 : molecule.length + 2
}
