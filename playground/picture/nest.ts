import type { KindCount, MoleculeForm, MoleculeKind, SolutionForm } from '../session/messages.ts'
import { counted, omittedIn, shellOf } from './contents.ts'

/*
 * What is drawn of a solution, before anything has a place: which molecules are bubbles of their own, and which are
 * shown together.
 */

/** A molecule, or many that are shown as one. */
export interface Drop {
  /** The number that its session gives it; 0 for a group. */
  readonly molecule: number
  /** The same for what looks the same. */
  readonly key: string
  readonly text: string
  readonly group: string
  readonly kind: MoleculeKind
  /** 1 for a molecule of its own; else how many it stands for. */
  readonly copies: number
  /** Whether it stands for different molecules of one group. */
  readonly isGroup: boolean
  readonly r: number
}

/** A solution with what is in it. */
export interface Nest {
  readonly molecule: number
  readonly key: string
  /** The molecule that it is, with `<…>` for what is inside. */
  readonly shell: string
  readonly text: string
  readonly group: string
  readonly copies: number
  readonly isInert: boolean
  readonly depth: number
  readonly drops: Drop[]
  readonly nests: Nest[]
}

/** So many bubbles are drawn one by one. */
export const MOST_BUBBLES = 2_000
/** So many copies of one molecule are. */
const MOST_COPIES = 24
/** So many like membranes in one place are. */
const MOST_MEMBRANES = 60
/** Rules are kept apart where everything else is shown by group. */
const MOST_RULES = 40

/** What is drawn of a solution, and whether molecules are shown by group, being too many. */
export function nested(solution: SolutionForm): {
  readonly nest: Nest
  readonly isGrouped: boolean
} {
  const plain = nestOf(solution, { isGrouped: false, depth: Infinity })
  if (plain !== undefined) return { nest: plain, isGrouped: false }
  for (let depth = 6; ; depth--) {
    const nest = nestOf(solution, { isGrouped: true, depth })
    if (nest !== undefined) return { nest, isGrouped: true }
  }
}

interface Detail {
  readonly isGrouped: boolean
  /** Solutions further inside are shown as molecules. */
  readonly depth: number
}

/** Undefined where that would be too many bubbles; at a depth of 0 it never is. */
function nestOf(solution: SolutionForm, detail: Detail): Nest | undefined {
  const root = outermost(solution)
  const waiting = [{ nest: root, solutions: [solution] as readonly SolutionForm[] }]
  let room = MOST_BUBBLES
  for (let at = 0; at < waiting.length; at++) {
    const next = waiting[at]
    if (next === undefined) break
    const { nest, solutions } = next
    const entries = solutions.flatMap((each) => each.entries)
    const [inner, others] = divided(entries, nest.depth < detail.depth)
    for (const molecule of inner) {
      const shown = detail.isGrouped ? 1 : copiesShown(molecule.copies)
      for (let i = 0; i < shown; i++) {
        const each = nestFor(molecule, shown > 1 ? 1 : molecule.copies, nest.depth + 1)
        nest.nests.push(each)
        waiting.push({ nest: each, solutions: molecule.inside ?? [] })
      }
    }
    const omitted = solutions.flatMap(omittedIn)
    nest.drops.push(
      ...(detail.isGrouped
        ? grouped(others, omitted)
        : [...others.flatMap(dropsOf), ...grouped([], omitted)]),
    )
    room -= nest.drops.length + nest.nests.length
    if (room < 0 && detail.depth > 0) return undefined
  }
  return root
}

function outermost({ isInert }: SolutionForm): Nest {
  const nothing = { molecule: 0, key: '', shell: '', text: '', group: '' }
  return { ...nothing, copies: 1, isInert, depth: 0, drops: [], nests: [] }
}

function nestFor(molecule: MoleculeForm, copies: number, depth: number): Nest {
  const { id, text, group, inside = [] } = molecule
  const isInert = inside.every((inner) => inner.isInert)
  const about = { molecule: id, key: String(id), shell: shellOf(molecule), text, group }
  return { ...about, copies, isInert, depth, drops: [], nests: [] }
}

/** What is drawn as membranes, and the others; where there are too many alike, they are others. */
function divided(
  molecules: readonly MoleculeForm[],
  isNested: boolean,
): [MoleculeForm[], MoleculeForm[]] {
  const inner: MoleculeForm[] = []
  const others: MoleculeForm[] = []
  const alike = new Map<string, number>()
  for (const molecule of molecules)
    if (molecule.inside !== undefined) {
      const shell = shellOf(molecule)
      alike.set(shell, (alike.get(shell) ?? 0) + copiesShown(molecule.copies))
    }
  for (const molecule of molecules) {
    const isMembrane =
      isNested &&
      molecule.inside !== undefined &&
      (alike.get(shellOf(molecule)) ?? 0) <= MOST_MEMBRANES
    if (isMembrane) inner.push(molecule)
    else others.push(molecule)
  }
  return [inner, others]
}

function copiesShown(copies: number): number {
  return copies > 1 && copies <= MOST_COPIES ? copies : 1
}

/** Copies one by one, or in one bubble where they are many, endless or negative. */
function dropsOf({ id, text, kind, group, copies }: MoleculeForm): Drop[] {
  const common = { molecule: id, text, group, kind, isGroup: false }
  const r = radiusOf(text, kind)
  const shown = copiesShown(copies)
  if (shown === copies)
    return Array.from({ length: copies }, () => ({ ...common, key: String(id), copies: 1, r }))
  const size = Number.isFinite(copies) ? counted(copies) : 1_000
  return [
    { ...common, key: `${String(id)}^`, copies, r: r * Math.min(4, 1 + Math.log10(size) * 0.55) },
  ]
}

/** Long texts get a little more room. */
function radiusOf(text: string, kind: MoleculeKind): number {
  return (kind === 'rule' ? 13 : 9.5) + Math.min(Math.max(0, text.length - 1), 11) * 0.8
}

/** One bubble a group, with an area for what it stands for. Rules keep bubbles of their own. */
function grouped(molecules: readonly MoleculeForm[], omitted: readonly KindCount[]): Drop[] {
  const groups = new Map<string, { group: string; kind: MoleculeKind; molecules: number }>()
  const rules: Drop[] = []
  const add = ({ group, kind, molecules: copies }: KindCount): void => {
    const name = `${kind} ${group}`
    const known = groups.get(name) ?? { group, kind, molecules: 0 }
    known.molecules += copies
    groups.set(name, known)
  }
  for (const molecule of molecules) {
    const { kind, group, copies } = molecule
    if (kind === 'rule' && rules.length < MOST_RULES) rules.push(...dropsOf(molecule))
    else add({ kind, group, molecules: copies })
  }
  omitted.forEach(add)
  return [
    ...rules.slice(0, MOST_RULES),
    ...[...groups].map(([name, { group, kind, molecules: copies }]): Drop => {
      const size = Number.isFinite(copies) ? counted(copies) : 10_000
      const r = Math.max(10, Math.min(260, 3.2 * Math.sqrt(size)))
      return { molecule: 0, key: `all ${name}`, text: group, group, kind, copies, isGroup: true, r }
    }),
  ]
}
