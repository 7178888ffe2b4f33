import { equal, inside, isRule, printInline } from '../../interpreter/index.ts'
import type { Molecule, Rule } from '../../interpreter/index.ts'

/** What a name stands for where a text will be read; undefined where it stands for no rule. */
export type Resolve = (name: string) => Rule | undefined

/**
 * Whether a rule can be written as its name. At a prompt a name can be given to another rule while the
 * first one still floats: then every rule of that name is written out, as one that is would hide the others.
 */
export function knownRules(
  solution: Molecule,
  resolve: Resolve,
  redefined: ReadonlySet<string>,
): (rule: Rule) => boolean {
  const unclear = new Set<string>()
  const meant = new Map<string, Rule | undefined>()
  for (const rule of rulesIn(solution)) {
    const { name } = rule.shape
    if (name === undefined || unclear.has(name)) continue
    if (!meant.has(name)) meant.set(name, resolve(name))
    const other = meant.get(name)
    if (other === undefined || !areSame(rule, other, redefined)) unclear.add(name)
  }
  return ({ shape }) => shape.name === undefined || !unclear.has(shape.name)
}

/**
 * A recursive rule is told from others by its place, too, which changes when what stands before it does;
 * so the same text is enough if all that it names still is what it was.
 */
function areSame(rule: Rule, other: Rule, redefined: ReadonlySet<string>): boolean {
  if (equal(rule, other)) return true
  const text = textOf(rule)
  if (rule.shape.shots !== other.shape.shots || text !== textOf(other)) return false
  const words = text.match(/[\p{L}_$][\p{L}\p{M}\p{Nd}_$']*/gu) ?? []
  return words.every((word) => word === rule.shape.name || !redefined.has(word))
}

function textOf({ shape, captured }: Rule): string {
  return shape.text(captured, printInline)
}

/** The rules in a molecule that could be written as their names, also those that others have captured. */
function* rulesIn(molecule: Molecule): Generator<Rule> {
  const waiting = [molecule]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (isRule(next)) {
      if (next.captured.length === 0) yield next
      for (const value of next.captured) waiting.push(value)
    } else for (const inner of inside(next) ?? []) waiting.push(inner)
  }
}
