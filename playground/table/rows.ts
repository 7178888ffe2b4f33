import { kindName, omittedIn } from '../picture/contents.ts'
import type { MoleculeForm, SolutionForm } from '../session/messages.ts'

/** A line of the table: a molecule, a solution in one, or what is not listed. */
export interface Row {
  /** The same from state to state, as far as molecules are the same. */
  readonly key: string
  readonly kind: 'molecule' | 'omitted'
  /** 1 for the outermost solution's own. */
  readonly level: number
  readonly text: string
  readonly type: string
  readonly group: string
  readonly copies: number
  /** 0 for what has no number. */
  readonly molecule: number
  /** Undefined where nothing can be opened. */
  readonly isOpen: boolean | undefined
  /** Of a molecule with solutions: whether they are inert. */
  readonly isInert: boolean | undefined
}

export type SortedBy = 'molecule' | 'type' | 'copies'

/** What is seen of a solution as a table. */
export interface TableView {
  readonly sortedBy: SortedBy
  readonly isDescending: boolean
  /** Only what has this text in it, and the solutions around. */
  readonly filter: string
  readonly closed: ReadonlySet<string>
}

export const PLAIN_VIEW: TableView = {
  sortedBy: 'molecule',
  isDescending: false,
  filter: '',
  closed: new Set(),
}

/** The lines of a solution, each solution's after the molecule that holds it. */
export function rowsOf(solution: SolutionForm, view: TableView): readonly Row[] {
  const rows: Row[] = []
  const filter = view.filter.trim().toLowerCase()
  const visit = (solutions: readonly SolutionForm[], level: number, path: string): boolean => {
    let isAny = false
    const entries = solutions.flatMap((each) => each.entries)
    for (const form of sorted(entries, view)) {
      const key = `${path}/${String(form.id)}`
      const at = rows.length
      const inside = form.inside
      const isOpen = inside === undefined ? undefined : filter !== '' || !view.closed.has(key)
      rows.push(rowOf(form, { key, level, isOpen }))
      const isInside = isOpen === true && visit(inside ?? [], level + 1, key)
      const isFound = filter === '' || isInside || matches(form, filter)
      // What is only around something that was looked for stays; the rest goes again.
      if (!isFound) rows.length = at
      isAny ||= isFound
    }
    for (const { group, kind, molecules } of solutions.flatMap(omittedIn)) {
      if (filter !== '' && !group.toLowerCase().includes(filter)) continue
      const about = {
        level,
        text: `… more ${group}`,
        type: kindName(kind),
        group,
        copies: molecules,
      }
      const key = `${path}/+${kind} ${group}`
      rows.push({
        key,
        kind: 'omitted',
        ...about,
        molecule: 0,
        isOpen: undefined,
        isInert: undefined,
      })
      isAny = true
    }
    return isAny
  }
  visit([solution], 1, '')
  return rows
}

function rowOf(
  { id, text, kind, group, copies, inside }: MoleculeForm,
  { key, level, isOpen }: Pick<Row, 'key' | 'level' | 'isOpen'>,
): Row {
  const isInert = inside?.every((each) => each.isInert)
  const about = { text, type: kindName(kind), group, copies, molecule: id }
  return { key, kind: 'molecule', level, ...about, isOpen, isInert }
}

function matches({ text, kind, group }: MoleculeForm, filter: string): boolean {
  return [text, kindName(kind), group].some((each) => each.toLowerCase().includes(filter))
}

const collator = new Intl.Collator('en', { numeric: true })

function sorted(
  entries: readonly MoleculeForm[],
  { sortedBy, isDescending }: TableView,
): readonly MoleculeForm[] {
  const sign = isDescending ? -1 : 1
  const byText = (a: MoleculeForm, b: MoleculeForm): number => collator.compare(a.text, b.text)
  const compare = {
    molecule: byText,
    type: (a: MoleculeForm, b: MoleculeForm) =>
      collator.compare(kindName(a.kind), kindName(b.kind)) ||
      collator.compare(a.group, b.group) ||
      byText(a, b),
    copies: (a: MoleculeForm, b: MoleculeForm) => difference(a.copies, b.copies) || byText(a, b),
  }[sortedBy]
  return [...entries].sort((a, b) => sign * compare(a, b))
}

/** ∞ is no further from ∞. */
function difference(a: number, b: number): number {
  return a === b ? 0 : a - b
}

/** The lines that are seen where so far has been scrolled, and a few around them. */
export function windowOf(
  count: number,
  { top, height, row }: { readonly top: number; readonly height: number; readonly row: number },
): { readonly first: number; readonly last: number } {
  const around = 8
  const first = Math.max(0, Math.floor(top / row) - around)
  const last = Math.min(count, Math.ceil((top + height) / row) + around)
  return { first: Math.min(first, last), last }
}
