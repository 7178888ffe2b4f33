import { fromJs } from '../marshal.ts'
import type { Molecule } from '../molecule.ts'
import type { Literal } from './kinds.ts'

/** The molecule that a value of JavaScript stands for in a rule. */
export function literalMolecule(value: Literal): Molecule {
  return fromJs(value, () => undefined, 'a value in the rule')
}
