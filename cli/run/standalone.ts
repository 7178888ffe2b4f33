import { inside, isRule, printInline } from '../../interpreter/index.ts'
import type { LoweredProgram, Molecule, Rule, SolutionValue } from '../../interpreter/index.ts'

/**
 * The definitions that a printed solution needs to be a program of its own: a `let` for each rule that is
 * printed as its name. What a rule captured and what its definition used is written out in it.
 */
export function definitionsFor(solution: SolutionValue, { shapes }: LoweredProgram): string {
  const texts = new Map<string, string>()
  const waiting: Molecule[] = [solution]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const inner of inside(next) ?? []) waiting.push(inner)
    if (!isRule(next) || !isPrintedAsName(next)) continue
    const { name = '' } = next.shape
    if (texts.has(name)) continue
    const text = next.shape.text([], printInline)
    texts.set(name, text)
    // A recursive rule stands in its text as a name only.
    for (const word of words(text)) {
      const shape = shapes.find((each) => each.name === word && each.capturedNames.length === 0)
      if (shape !== undefined && !texts.has(word)) texts.set(word, shape.text([], printInline))
    }
  }
  return inOrder(texts)
}

function isPrintedAsName(rule: Rule): boolean {
  return rule.shape.name !== undefined && rule.captured.length === 0
}

/** Each after those that it names; those that name each other are `let rec`. */
function inOrder(texts: ReadonlyMap<string, string>): string {
  const uses = new Map(
    [...texts].map(([name, text]) => [name, words(text).filter((word) => texts.has(word))]),
  )
  const isRecursive = [...texts.keys()].some((name) => reaches(name, name, uses))
  const done: string[] = []
  const visit = (name: string): void => {
    if (done.includes(name)) return
    if (!reaches(name, name, uses)) for (const used of uses.get(name) ?? []) visit(used)
    done.push(name)
  }
  for (const name of texts.keys()) visit(name)
  // Where some are recursive all are: consecutive ones see one another, whatever their order.
  const word = isRecursive ? 'let rec' : 'let'
  return done.map((name) => `${word} ${name} = ${texts.get(name) ?? ''} in\n`).join('')
}

function reaches(from: string, to: string, uses: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>()
  const waiting = [...(uses.get(from) ?? [])]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === to) return true
    if (seen.has(next)) continue
    seen.add(next)
    for (const used of uses.get(next) ?? []) waiting.push(used)
  }
  return false
}

/** The words outside strings. */
function words(text: string): readonly string[] {
  const outside = text.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  return [...new Set(outside.match(/[\p{L}_$][\p{L}\p{M}\p{Nd}_$']*/gu) ?? [])]
}
