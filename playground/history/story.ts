import type { MoleculeForm, MoleculeKind, ReactionForm, SolutionForm } from '../session/messages.ts'

/*
 * Which molecule came from which. A solution does not tell equal molecules apart, so a story does: what comes about at
 * once is a lot with a number of its own, and of equal ones the oldest is taken first. That is one of the stories that
 * the reactions allow; all others differ in nothing but which of equal molecules it was.
 */

/** Equal molecules that came about together. */
export interface Lot {
  readonly id: number
  /** The number of the molecule in its session; it changes where something reacts in it. */
  molecule: number
  text: string
  readonly group: string
  readonly kind: MoleculeKind
  /** How many of them are left. */
  copies: number
  /** The reaction that gave it; 0 where it was there before. */
  readonly from: number
  /** The lot that it was in when it was first seen; undefined in the outermost solution. */
  readonly within: number | undefined
  /** The reactions that took of it, and those that needed it and left it. */
  readonly taken: number[]
  readonly kept: number[]
  /** The reactions in its solutions. */
  readonly inside: number[]
  readonly cells: Cell[]
}

/** The lots of one solution. */
interface Cell {
  readonly lots: Map<number, Lot[]>
  readonly within: number | undefined
}

/** A reaction with the lots that took part. */
export interface Deed {
  readonly number: number
  readonly rule: string
  readonly taken: readonly number[]
  readonly kept: readonly number[]
  readonly given: readonly number[]
  /** The lots in whose solutions it happened, the outermost first. */
  readonly within: readonly number[]
  readonly time: number | undefined
}

/** Follows a run from its first solution. */
export class Story {
  readonly #lots = new Map<number, Lot>()
  readonly #deeds = new Map<number, Deed>()
  readonly #first: SolutionForm
  readonly #start: number
  #root: Cell
  #last: number
  #next = 1
  #noted: ReactionForm[] = []

  /** `position`: so many reactions happened before, of which nothing is known. */
  constructor(first: SolutionForm, position = 0) {
    this.#first = first
    this.#start = position
    this.#last = position
    this.#root = this.#cellOf(first, undefined)
  }

  /** The number of the last reaction that it knows. */
  get last(): number {
    return this.#last
  }

  get start(): number {
    return this.#start
  }

  get reactions(): readonly ReactionForm[] {
    return this.#noted
  }

  lot(id: number): Lot | undefined {
    return this.#lots.get(id)
  }

  deed(number: number): Deed | undefined {
    return this.#deeds.get(number)
  }

  /** The lots that are there, at every depth, in no order. */
  *living(): Generator<Lot> {
    const waiting = [this.#root]
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop())
      for (const lots of cell.lots.values())
        for (const lot of lots) {
          yield lot
          waiting.push(...lot.cells)
        }
  }

  /** The latest lot of a molecule, living or gone; undefined where it was never there. */
  lotOf(molecule: number): Lot | undefined {
    let found: Lot | undefined
    for (const lot of this.#lots.values()) if (lot.molecule === molecule) found = lot
    for (const lot of this.living()) if (lot.molecule === molecule) return lot
    return found
  }

  /**
   * A reaction happened. Where it is none that comes after the last one, what is known from its number on did not
   * happen: another course was taken. False where reactions are missing in between.
   */
  note(reaction: ReactionForm): boolean {
    const known = this.#noted[reaction.number - this.#start - 1]
    if (known !== undefined) {
      if (isSame(known, reaction)) return true
      this.#goBack(reaction.number - 1)
    }
    if (reaction.number !== this.#last + 1) return false
    this.#noted.push(reaction)
    this.#last = reaction.number
    this.#take(reaction)
    return true
  }

  #goBack(last: number): void {
    const kept = this.#noted.filter(({ number }) => number <= last)
    this.#lots.clear()
    this.#deeds.clear()
    this.#noted = []
    this.#next = 1
    this.#last = this.#start
    this.#root = this.#cellOf(this.#first, undefined)
    for (const each of kept) this.note(each)
  }

  /**
   * What is there now, after the last reaction: where something was put in or taken out, or came from outside, it is
   * noted as such. Nothing is done where not all that is there is listed.
   */
  compare({ distinct, entries }: SolutionForm): void {
    if (distinct > entries.length) return
    const there = new Map(entries.map((form) => [form.id, form]))
    for (const [molecule, lots] of [...this.#root.lots]) {
      const copies = lots.reduce((sum, lot) => sum + lot.copies, 0)
      const more = (there.get(molecule)?.copies ?? 0) - copies
      const [lot] = lots
      if (lot === undefined || !(more < 0)) continue
      const { text, group, kind } = lot
      this.#removed(this.#root, { id: molecule, text, group, kind, copies: -more })
    }
    for (const form of entries) {
      const lots = this.#root.lots.get(form.id) ?? []
      const more = form.copies - lots.reduce((sum, lot) => sum + lot.copies, 0)
      if (more > 0) this.#put(this.#root, { ...form, copies: more }, 0)
    }
  }

  #take(reaction: ReactionForm): void {
    const { number, rule, taken, given, time } = reaction
    const { cell, within } = this.#place(reaction)
    const part = { taken: new Set<number>(), kept: new Set<number>(), given: new Set<number>() }
    const left = new Map<number, number>()
    if (!rule.isCatalytic)
      for (const { id, copies } of given) left.set(id, (left.get(id) ?? 0) + copies)
    for (const form of taken) {
      const back = rule.isCatalytic ? form.copies : sameSign(form.copies, left.get(form.id) ?? 0)
      if (!rule.isCatalytic) left.set(form.id, (left.get(form.id) ?? 0) - back)
      for (const lot of this.#lotsFor(cell, { ...form, copies: back })) part.kept.add(lot.id)
      for (const lot of this.#removed(cell, { ...form, copies: form.copies - back }))
        part.taken.add(lot.id)
    }
    for (const form of rule.isCatalytic
      ? given
      : [...new Map(given.map((g) => [g.id, g])).values()]) {
      const copies = rule.isCatalytic ? form.copies : (left.get(form.id) ?? 0)
      const lot = copies === 0 ? undefined : this.#put(cell, { ...form, copies }, number)
      if (lot !== undefined) part.given.add(lot.id)
    }
    this.#useRule(reaction, cell, part)
    for (const id of part.taken) this.#lots.get(id)?.taken.push(number)
    for (const id of part.kept) this.#lots.get(id)?.kept.push(number)
    this.#deeds.set(number, {
      ...{ number, rule: rule.name === '' ? rule.text : rule.name, within, time },
      ...{ taken: [...part.taken], kept: [...part.kept], given: [...part.given] },
    })
  }

  #useRule(
    { rule }: ReactionForm,
    cell: Cell,
    part: { readonly taken: Set<number>; readonly kept: Set<number> },
  ): void {
    const form = {
      id: rule.id,
      text: rule.name,
      group: rule.name,
      kind: 'rule',
      copies: 1,
    } as const
    if (rule.id === 0) return
    if (rule.shots === 'one') for (const lot of this.#removed(cell, form)) part.taken.add(lot.id)
    else for (const lot of this.#lotsFor(cell, form)) part.kept.add(lot.id)
  }

  /** The solution where a reaction happened; what is around it becomes another molecule. */
  #place({ membrane, level, taken, number }: ReactionForm): {
    cell: Cell
    within: readonly number[]
  } {
    if (level === 0) return { cell: this.#root, within: [] }
    if (membrane === undefined) return this.#search(level, taken)
    let cell = this.#root
    const within: number[] = []
    for (const { before, after, index } of membrane) {
      const lot = this.#single(cell, before)
      lot.inside.push(number)
      lot.molecule = after
      listIn(cell.lots, after).push(lot)
      within.push(lot.id)
      while (lot.cells.length <= index) lot.cells.push({ lots: new Map(), within: lot.id })
      cell = lot.cells[index] ?? cell
    }
    return { cell, within }
  }

  /** One copy of a molecule with a solution in it, apart from the others and taken out of its place. */
  #single(cell: Cell, molecule: number): Lot {
    const unknown = {
      id: molecule,
      text: '<…>',
      group: '<…>',
      kind: 'solution',
      copies: 1,
    } as const
    const lot = cell.lots.get(molecule)?.[0] ?? this.#put(cell, unknown, 0)
    if (lot === undefined) throw new Error('what is put in is there')
    if (lot.copies === 1 || !Number.isFinite(lot.copies) || lot.copies < 0) {
      this.#drop(cell, molecule, lot)
      return lot
    }
    lot.copies--
    const id = this.#next++
    const single = { ...lot, id, copies: 1, taken: [], kept: [], inside: [...lot.inside] }
    const made: Lot = { ...single, cells: lot.cells.map((each) => this.#copy(each, id)) }
    this.#lots.set(id, made)
    return made
  }

  #copy({ lots }: Cell, within: number): Cell {
    const copy: Cell = { lots: new Map(), within }
    for (const [molecule, each] of lots)
      for (const lot of each) {
        const id = this.#next++
        const cells = lot.cells.map((cell) => this.#copy(cell, id))
        const made = { ...lot, id, within, taken: [], kept: [], inside: [], cells }
        this.#lots.set(id, made)
        listIn(copy.lots, molecule).push(made)
      }
    return copy
  }

  /** A solution so many levels inside that has all that was taken. */
  #search(
    level: number,
    taken: readonly MoleculeForm[],
  ): { cell: Cell; within: readonly number[] } {
    let places: { cell: Cell; within: readonly number[] }[] = [{ cell: this.#root, within: [] }]
    for (let depth = 0; depth < level; depth++)
      places = places.flatMap(({ cell, within }) =>
        [...cell.lots.values()]
          .flat()
          .flatMap(({ id, cells }) =>
            cells.map((inner) => ({ cell: inner, within: [...within, id] })),
          ),
      )
    const found = places.find(({ cell }) => taken.every(({ id }) => cell.lots.has(id)))
    return found ?? { cell: { lots: new Map(), within: undefined }, within: [] }
  }

  /** So many copies, the oldest first, without taking them. */
  #lotsFor(cell: Cell, form: MoleculeForm): readonly Lot[] {
    if (form.copies === 0) return []
    const lots = cell.lots.get(form.id) ?? []
    if (lots.length === 0) {
      const made = this.#put(cell, form, 0)
      return made === undefined ? [] : [made]
    }
    const found: Lot[] = []
    let left = Math.abs(form.copies)
    for (const lot of lots) {
      if (left <= 0) break
      found.push(lot)
      left -= Math.abs(lot.copies)
    }
    return found
  }

  #removed(cell: Cell, form: MoleculeForm): readonly Lot[] {
    const found = this.#lotsFor(cell, form)
    let left = Math.abs(form.copies)
    for (const lot of found) {
      lot.text = form.text
      if (!Number.isFinite(lot.copies) && Number.isFinite(left)) continue
      const gone = Math.min(left, Math.abs(lot.copies))
      left -= gone
      lot.copies = Number.isFinite(gone) ? lot.copies - Math.sign(lot.copies) * gone : 0
      if (lot.copies === 0) this.#drop(cell, form.id, lot)
    }
    return found
  }

  #drop(cell: Cell, molecule: number, lot: Lot): void {
    const left = (cell.lots.get(molecule) ?? []).filter((each) => each !== lot)
    if (left.length === 0) cell.lots.delete(molecule)
    else cell.lots.set(molecule, left)
  }

  /** Molecules and anti-molecules undo one another. Undefined where nothing is left of it. */
  #put(cell: Cell, form: MoleculeForm, from: number): Lot | undefined {
    let { copies } = form
    for (const lot of cell.lots.get(form.id) ?? []) {
      if (Math.sign(lot.copies) === Math.sign(copies) || copies === 0) continue
      const undone = Math.min(Math.abs(lot.copies), Math.abs(copies))
      if (!Number.isFinite(undone)) break
      lot.copies -= Math.sign(lot.copies) * undone
      copies -= Math.sign(copies) * undone
      if (lot.copies === 0) this.#drop(cell, form.id, lot)
    }
    if (copies === 0) return undefined
    return this.#add(cell, { ...form, copies }, from)
  }

  #add(cell: Cell, form: MoleculeForm, from: number): Lot {
    const { text, group, kind, copies } = form
    const id = this.#next++
    const cells = (form.inside ?? []).map((inner) => this.#cellOf(inner, id))
    const about = { id, molecule: form.id, text, group, kind, copies, from, within: cell.within }
    const lot: Lot = { ...about, taken: [], kept: [], inside: [], cells }
    this.#lots.set(id, lot)
    listIn(cell.lots, form.id).push(lot)
    return lot
  }

  #cellOf({ entries }: SolutionForm, within: number | undefined): Cell {
    const cell: Cell = { lots: new Map(), within }
    for (const form of entries) this.#add(cell, form, 0)
    return cell
  }
}

/** Whether it is a reaction that was undone and is made again. */
function isSame(a: ReactionForm, b: ReactionForm): boolean {
  const ids = ({ rule, taken, given }: ReactionForm): string =>
    [rule.id, ...taken.map(({ id }) => id), 0, ...given.map(({ id }) => id)].join()
  return ids(a) === ids(b)
}

/** As many of some copies as there are of others, if they have one sign. */
function sameSign(copies: number, others: number): number {
  if (Math.sign(copies) !== Math.sign(others)) return 0
  return Math.sign(copies) * Math.min(Math.abs(copies), Math.abs(others))
}

function listIn<K, T>(map: Map<K, T[]>, key: K): T[] {
  let list = map.get(key)
  if (list === undefined) {
    list = []
    map.set(key, list)
  }
  return list
}
