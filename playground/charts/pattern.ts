import { find, SolutionValue } from '../../interpreter/index.ts'
import { parse } from '../../vm/index.ts'

/**
 * Whether a molecule, as a text, is what a pattern takes: `EDGE:x:y if x > 3`. Throws a `ProgramError` where the text
 * is no pattern. Loaded when it is first needed: it brings the whole language.
 */
export function testOf(text: string): (molecule: string) => boolean {
  const program = parse('<>')
  const [patterns = text, condition] = text.split(/\sif\s(.+)/s)
  const rule = program.taker(patterns, condition)
  return (molecule) => {
    try {
      const solution = SolutionValue.of(program.molecules(molecule))
      return find(rule, solution, () => true) !== undefined
    } catch {
      // What is no text by itself, such as the name of a rule, is not what was asked for.
      return false
    }
  }
}
