import type { Deed, Lot, Story } from './story.ts'

/** A part of a story as a graph: molecules and the reactions between them. */
export interface Causes {
  readonly lots: readonly Lot[]
  readonly deeds: readonly Deed[]
  /** By their numbers: a lot `m3`, a reaction `r7`. */
  readonly arrows: readonly Arrow[]
  /** Whether there is more to tell, before or after. */
  readonly isCut: boolean
}

export interface Arrow {
  readonly from: string
  readonly to: string
  /** `kept`: it was needed and is still there; `inside`: it happened in a solution of the molecule. */
  readonly kind: 'taken' | 'kept' | 'given' | 'inside'
}

/** How much of it is told. */
export interface CausesOptions {
  readonly past: boolean
  readonly future: boolean
  /** So many reactions at most. */
  readonly most: number
}

/** Where a molecule came from, and what became of it. */
export function causesOf(story: Story, lot: Lot, { past, future, most }: CausesOptions): Causes {
  const deeds = new Map<number, Deed>()
  let isCut = false
  const walk = (first: readonly number[], next: (deed: Deed) => readonly number[]): void => {
    const waiting = [...first]
    const seen = new Set(waiting)
    let left = most
    for (let at = 0; at < waiting.length; at++) {
      const deed = story.deed(waiting[at] ?? 0)
      if (deed === undefined) continue
      if (left-- <= 0) {
        isCut = true
        return
      }
      deeds.set(deed.number, deed)
      for (const number of next(deed)) {
        if (seen.has(number)) continue
        seen.add(number)
        waiting.push(number)
      }
    }
  }
  const lotsOf = (ids: readonly number[]): readonly Lot[] =>
    ids.flatMap((id) => story.lot(id) ?? [])
  if (past)
    walk(makersOf(lot), (deed) =>
      lotsOf([...deed.taken, ...deed.kept]).flatMap((each) =>
        makersOf(each).filter((number) => number < deed.number),
      ),
    )
  if (future) walk(usersOf(lot), (deed) => lotsOf(deed.given).flatMap(usersOf))
  return { ...graphOf(story, lot, [...deeds.values()]), isCut }
}

/** The reactions that made it what it is. */
function makersOf({ from, inside }: Lot): readonly number[] {
  return from > 0 ? [from, ...inside] : inside
}

function usersOf({ taken, kept }: Lot): readonly number[] {
  return [...taken, ...kept]
}

function graphOf(story: Story, lot: Lot, deeds: readonly Deed[]): Omit<Causes, 'isCut'> {
  const lots = new Map<number, Lot>([[lot.id, lot]])
  const arrows: Arrow[] = []
  const known = (id: number): boolean => {
    const found = story.lot(id)
    if (found === undefined) return false
    lots.set(id, found)
    return true
  }
  for (const deed of [...deeds].sort((a, b) => a.number - b.number)) {
    const name = `r${String(deed.number)}`
    const arrow = (ids: readonly number[], kind: Arrow['kind']): void => {
      for (const id of ids) {
        // A rule that many reactions need would be tied to all of them; it is named in each.
        if (kind === 'kept' && story.lot(id)?.kind === 'rule' && id !== lot.id) continue
        if (!known(id)) continue
        const molecule = `m${String(id)}`
        const isAfter = kind === 'given' || kind === 'inside'
        arrows.push(
          isAfter ? { from: name, to: molecule, kind } : { from: molecule, to: name, kind },
        )
      }
    }
    arrow(deed.taken, 'taken')
    arrow(deed.kept, 'kept')
    arrow(deed.given, 'given')
    arrow(deed.within, 'inside')
  }
  return { lots: [...lots.values()], deeds, arrows }
}
