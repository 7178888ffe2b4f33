import type { KindCount, MoleculeForm, MoleculeKind, SolutionForm } from '../session/messages.ts'

const TYPES: Readonly<Record<MoleculeKind, string>> = {
  int: 'Int',
  float: 'Float',
  string: 'String',
  boolean: 'Bool',
  symbol: 'Symbol',
  tuple: 'Tuple',
  list: 'List',
  solution: 'Solution',
  rule: 'Rule',
  host: 'Host value',
  pending: 'Waits for an answer',
}

/** What sort of molecule it is, as a person reads it. */
export function kindName(kind: MoleculeKind): string {
  return TYPES[kind]
}

/** A molecule that holds solutions, up to the first of them: `CELL:1:<…>`. Such molecules are alike where this is. */
export function shellOf({ text, kind }: MoleculeForm): string {
  if (kind === 'solution') return '<…>'
  return `${text.slice(0, firstBracket(text))}<…>`
}

/** Where the first solution begins, outside of strings. */
function firstBracket(text: string): number {
  let isString = false
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (letter === '\\' && isString) i++
    else if (letter === '"') isString = !isString
    else if (letter === '<' && !isString) return i
  }
  return text.length
}

/** What is there beside the entries that are listed, by group. */
export function omittedIn({ distinct, entries, kinds }: SolutionForm): readonly KindCount[] {
  if (distinct <= entries.length) return []
  const listed = new Map<string, number>()
  for (const { group, copies } of entries) listed.set(group, (listed.get(group) ?? 0) + copies)
  return kinds.flatMap((each) => {
    const shown = listed.get(each.group) ?? 0
    const molecules = each.molecules === shown ? 0 : each.molecules - shown
    return molecules === 0 ? [] : [{ ...each, molecules }]
  })
}

/** How many molecules there are at every depth that is listed; an endless supply counts as one. */
export function sizeOf(solution: SolutionForm): number {
  let size = 0
  const waiting = [{ solution, times: 1 }]
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    for (const { molecules } of omittedIn(top.solution)) size += counted(molecules) * top.times
    for (const { copies, inside } of top.solution.entries) {
      const times = counted(copies) * top.times
      size += times
      for (const inner of inside ?? []) waiting.push({ solution: inner, times })
    }
  }
  return size
}

/** How many bubbles copies would be: an endless supply, or a debt, is there once at least. */
export function counted(copies: number): number {
  return Number.isFinite(copies) ? Math.max(1, Math.abs(copies)) : 1
}
