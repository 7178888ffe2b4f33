import { equal, inside, isRule } from '../../interpreter/index.ts'
import type { Molecule, Rule } from '../../interpreter/index.ts'

/** What a name stands for where a text will be read; undefined where it stands for no rule. */
export type Resolve = (name: string) => Rule | undefined

/**
 * Whether a rule can be written as its name. At a prompt a name can be given to another rule while the
 * first one still floats: then every rule of that name is written out, as one that is would hide the others.
 */
export function knownRules(solution: Molecule, resolve: Resolve): (rule: Rule) => boolean {
  const unclear = new Set<string>()
  const meant = new Map<string, Rule | undefined>()
  for (const rule of rulesIn(solution)) {
    const { name } = rule.shape
    if (name === undefined || unclear.has(name)) continue
    if (!meant.has(name)) meant.set(name, resolve(name))
    const other = meant.get(name)
    if (other === undefined || !equal(rule, other)) unclear.add(name)
  }
  return ({ shape }) => shape.name === undefined || !unclear.has(shape.name)
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
