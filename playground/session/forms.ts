import {
  SolutionValue,
  holdsSolution,
  isRule,
  shapeOf,
  solutionsIn,
} from '../../interpreter/index.ts'
import type { Entry, Molecule, Rule, Solution } from '../../interpreter/index.ts'
import { labelForm } from './diagnostic-form.ts'
import type { KindCount, MoleculeForm, RuleForm, SolutionForm } from './messages.ts'
import { briefly, groupOf, kindOf } from './molecule-words.ts'
import type { Numbering } from './numbering.ts'

/** So many kinds are counted one by one. */
const MOST_KINDS = 200

interface Waiting {
  readonly solution: Solution
  readonly put: (form: SolutionForm) => void
}

/**
 * A solution as data. So many entries at most, those of the outermost solution first, so that a large
 * solution costs no more than the counting of its kinds.
 */
export function solutionForm(
  outermost: Solution,
  most: number,
  { numbering, isInert }: { readonly numbering: Numbering; readonly isInert: boolean },
): SolutionForm {
  let left = most
  let result: SolutionForm | undefined
  const waiting: Waiting[] = [{ solution: outermost, put: (form) => (result = form) }]
  // Solution by solution, from the outside: nesting may be too deep for recursion.
  for (let at = 0; at < waiting.length; at++) {
    const { solution, put } = waiting[at] as Waiting
    const shown: Entry[] = []
    const { kinds, distinct, molecules } = counted(solution, (entry) => {
      if (left <= 0) return
      left--
      shown.push(entry)
    })
    const entries = shown.map(([molecule, copies]) =>
      moleculeForm(molecule, Number(copies), { numbering, inside: waiting, canGoOn: left > 0 }),
    )
    put({ isInert: isInert || isInertByItself(solution), distinct, molecules, entries, kinds })
  }
  if (result === undefined) throw new Error('a solution has a form')
  return result
}

interface Around {
  readonly numbering: Numbering
  /** Solutions that are still to be given a form. */
  readonly inside: Waiting[]
  readonly canGoOn: boolean
}

function moleculeForm(molecule: Molecule, copies: number, around: Around): MoleculeForm {
  const plain = plainForm(molecule, copies, around.numbering)
  if (!around.canGoOn || !holdsSolution(molecule)) return plain
  const inside: SolutionForm[] = []
  for (const { solution } of [...solutionsIn(molecule)].sort(byPath)) {
    const index = inside.length
    inside.push(EMPTY)
    around.inside.push({ solution, put: (form) => (inside[index] = form) })
  }
  return { ...plain, inside }
}

const EMPTY: SolutionForm = { isInert: true, distinct: 0, molecules: 0, entries: [], kinds: [] }

interface Placed {
  readonly path: readonly number[]
}

function byPath({ path: one }: Placed, { path: other }: Placed): number {
  for (const [i, index] of one.entries())
    if (index !== other[i]) return index - (other[i] ?? Infinity)
  return 0
}

/** A molecule without what is inside. */
export function plainForm(molecule: Molecule, copies: number, numbering: Numbering): MoleculeForm {
  const form = { id: numbering.of(molecule), kind: kindOf(molecule), text: briefly(molecule) }
  return { ...form, group: groupOf(molecule), copies }
}

function isInertByItself(solution: Solution): boolean {
  return (
    solution instanceof SolutionValue && (solution.isPassive || solution.inertFor !== undefined)
  )
}

interface Count {
  kind: KindCount['kind']
  molecules: number
}

function counted(
  solution: Solution,
  show: (entry: Entry) => void,
): { kinds: readonly KindCount[]; distinct: number; molecules: number } {
  const counts = new Map<string, Count>()
  let [distinct, molecules] = [0, 0]
  for (const entry of solution.contents().entries()) {
    const copies = Number(entry[1])
    distinct++
    molecules += copies
    show(entry)
    const group = groupOf(entry[0])
    const known = counts.get(group)
    if (known === undefined) counts.set(group, { kind: kindOf(entry[0]), molecules: copies })
    else known.molecules += copies
  }
  const all = [...counts].map(([group, count]) => ({ group, ...count }))
  all.sort((one, other) => other.molecules - one.molecules)
  return {
    kinds: shortened(all),
    distinct,
    molecules: Number.isNaN(molecules) ? Infinity : molecules,
  }
}

function shortened(kinds: readonly KindCount[]): readonly KindCount[] {
  if (kinds.length <= MOST_KINDS) return kinds
  const rest = kinds.slice(MOST_KINDS - 1).reduce((sum, { molecules }) => sum + molecules, 0)
  return [
    ...kinds.slice(0, MOST_KINDS - 1),
    { group: '…', kind: 'tuple', molecules: Number.isNaN(rest) ? Infinity : rest },
  ]
}

/** A rule that floats. */
export function ruleForm(rule: Rule, numbering: Numbering): RuleForm {
  const { shape } = rule
  const { isCatalytic, place } = shapeOf(rule)
  const text = shape.text(rule.captured, (molecule) => briefly(molecule))
  return {
    id: numbering.of(rule),
    name: shape.name ?? '',
    text: text.length > 200 ? `${text.slice(0, 199)}…` : text,
    shots: shape.shots,
    isCatalytic,
    at: labelForm(place, ''),
  }
}

/** The named rules that float in a solution, at any depth that is looked at. */
export function rulesOf(solution: Solution, numbering: Numbering, most = 200): readonly RuleForm[] {
  const found: RuleForm[] = []
  const names = new Set<string>()
  const waiting: Molecule[] = [solution]
  let looks = 0
  for (let next = waiting.pop(); next !== undefined && ++looks < 20_000; next = waiting.pop()) {
    if (isRule(next)) {
      const { name } = next.shape
      if (name === undefined || names.has(name)) continue
      names.add(name)
      found.push(ruleForm(next, numbering))
      if (found.length >= most) break
    } else if (holdsSolution(next) || next === solution) {
      for (const { solution: inner } of solutionsIn(next))
        for (const molecule of inner.molecules()) waiting.push(molecule)
    }
  }
  return found
}
