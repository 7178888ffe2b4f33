import { SolutionValue, find, holdsSolution } from '../../interpreter/index.ts'
import type { Molecule, Reaction, Rule } from '../../interpreter/index.ts'
import type { Program } from '../../vm/index.ts'
import type { Breakpoint } from './messages.ts'

/** Whether a run is to stop after a reaction, and where. */
export class Breakpoints {
  readonly #rules = new Set<string>()
  readonly #patterns: { readonly text: string; readonly rule: Rule; isMet: boolean }[] = []

  /** Throws a `ProgramError` where a pattern is none. */
  constructor(program: Program, breakpoints: readonly Breakpoint[]) {
    for (const each of breakpoints)
      if (each.kind === 'rule') this.#rules.add(each.name)
      else {
        const { pattern, when } = each
        const text = when === undefined ? pattern : `${pattern} if ${when}`
        this.#patterns.push({ text, rule: program.taker(pattern, when), isMet: false })
      }
  }

  get isEmpty(): boolean {
    return this.#rules.size === 0 && this.#patterns.length === 0
  }

  /** What is met already is no reason to stop before it has gone. */
  begin(solution: SolutionValue): void {
    for (const each of this.#patterns) each.isMet = matches(each.rule, solution)
  }

  /** What was met by this reaction; undefined for nothing. */
  metBy({ rule }: Reaction, solution: () => SolutionValue): string | undefined {
    let met: string | undefined
    for (const each of this.#patterns) {
      const isMet = matches(each.rule, solution())
      if (isMet && !each.isMet) met ??= each.text
      each.isMet = isMet
    }
    const { name } = rule.shape
    return met ?? (name !== undefined && this.#rules.has(name) ? name : undefined)
  }
}

function matches(rule: Rule, solution: SolutionValue): boolean {
  return find(rule, solution, isThere) !== undefined
}

/** A solution that may still react is not there for others. */
function isThere(molecule: Molecule): boolean {
  if (typeof molecule === 'object' && molecule.kind === 'pending') return false
  return !holdsSolution(molecule) || SolutionValue.of([[molecule, 1]]).isPassive
}
