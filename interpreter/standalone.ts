import { equal, inside, isRule } from './molecule.ts'
import type { Molecule, Rule, Solution } from './molecule.ts'
import { RuleTexts } from './print-inline.ts'

/** What makes a printed solution a program of its own. */
export interface Standalone {
  /** A `let` for each rule that is printed as its name, each on a line. */
  readonly definitions: string
  /** Whether a rule has a name that no other one in the solution has; the others are printed with their text. */
  readonly isKnown: (rule: Rule) => boolean
}

/** The definitions that a solution needs before it. What rules captured and what their definitions used is written out in them. */
export function standalone(solution: Solution): Standalone {
  const inFull = sharedNames(solution)
  for (;;) {
    const isKnown = ({ shape }: Rule): boolean => !inFull.has(shape.name ?? '')
    const defined = definedRules(solution, { inFull, isKnown })
    if (defined !== undefined) return { definitions: inOrder(defined), isKnown }
  }
}

interface Definition {
  readonly rule: Rule
  readonly text: string
  /** The names of the other rules that stand in its text as names. */
  readonly uses: ReadonlySet<string>
}

/** The names that different rules have, at any depth. */
function sharedNames(root: Molecule): Set<string> {
  const first = new Map<string, Rule>()
  const shared = new Set<string>()
  for (const molecule of moleculesIn(root, { andRules: true })) {
    const name = isRule(molecule) ? molecule.shape.name : undefined
    if (!isRule(molecule) || name === undefined) continue
    const other = first.get(name)
    if (other === undefined) first.set(name, molecule)
    else if (!equal(other, molecule)) shared.add(name)
  }
  return shared
}

/** The molecules at all depths that are no atoms, each once; inside rules only where that is wanted. */
function* moleculesIn(root: Molecule, { andRules = false } = {}): Generator<Molecule> {
  const seen = new Set<Molecule>()
  const waiting: Molecule[] = [root]
  for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
    if (seen.has(top)) continue
    seen.add(top)
    yield top
    if (isRule(top) && !andRules) continue
    for (const inner of inside(top) ?? []) if (typeof inner === 'object') waiting.push(inner)
  }
}

/**
 * The rules that are written as names when the solution is printed, and when they are. Undefined where two
 * of them have one name: it is added to those that are written in full, and all is to be done again.
 */
function definedRules(
  solution: Solution,
  { inFull, isKnown }: { readonly inFull: Set<string>; readonly isKnown: (rule: Rule) => boolean },
): ReadonlyMap<string, Definition> | undefined {
  const waiting: Rule[] = []
  const defined = new Map<string, Definition>()
  const texts = new RuleTexts({ isKnown, named: (rule) => waiting.push(rule) })
  for (const molecule of moleculesIn(solution)) if (isRule(molecule)) texts.of(molecule)
  for (let rule = waiting.pop(); rule !== undefined; rule = waiting.pop()) {
    const { name = '' } = rule.shape
    const known = defined.get(name)
    if (known !== undefined && !equal(known.rule, rule)) {
      inFull.add(name)
      return undefined
    }
    if (known !== undefined) continue
    const uses = new Set<string>()
    const own = new RuleTexts({
      isKnown,
      named: (used) => {
        uses.add(used.shape.name ?? '')
        waiting.push(used)
      },
    })
    defined.set(name, { rule, text: own.definition(rule), uses })
  }
  return defined
}

/** Each after those that it uses; those that use one another side by side, so that `let rec` joins them. */
function inOrder(defined: ReadonlyMap<string, Definition>): string {
  const lines: string[] = []
  for (const name of circlesInOrder([...defined.keys()], (each) => defined.get(each)?.uses ?? [])) {
    const { rule, text } = defined.get(name) ?? {}
    const word = rule?.shape.isRecursive === true ? 'let rec' : 'let'
    lines.push(`${word} ${name} = ${text ?? ''} in\n`)
  }
  return lines.join('')
}

interface Visit {
  readonly name: string
  readonly waiting: string[]
  /** The earliest name that it reaches. */
  earliest: number
}

/** Names so that each comes after those it uses, and those that use one another together (Tarjan 1972). */
function circlesInOrder(
  names: readonly string[],
  usesOf: (name: string) => Iterable<string>,
): readonly string[] {
  const order: string[] = []
  const numbers = new Map<string, number>()
  const open: string[] = []
  const placed = new Set<string>()
  const visits: Visit[] = []
  const begin = (name: string): void => {
    const number = numbers.size
    numbers.set(name, number)
    open.push(name)
    visits.push({ name, waiting: [...usesOf(name)], earliest: number })
  }
  const finish = (visit: Visit): void => {
    visits.pop()
    const around = visits.at(-1)
    if (around !== undefined) around.earliest = Math.min(around.earliest, visit.earliest)
    if (visit.earliest !== numbers.get(visit.name)) return
    for (const name of open.splice(open.indexOf(visit.name))) {
      order.push(name)
      placed.add(name)
    }
  }
  for (const name of names) {
    if (!numbers.has(name)) begin(name)
    for (let top = visits.at(-1); top !== undefined; top = visits.at(-1)) {
      const next = top.waiting.pop()
      if (next === undefined) finish(top)
      else if (!numbers.has(next)) begin(next)
      else if (!placed.has(next)) top.earliest = Math.min(top.earliest, numbers.get(next) ?? 0)
    }
  }
  return order
}
