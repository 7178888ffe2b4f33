import { EvaluationFailure } from './failures.ts'
import { truncateToInt } from './integer.ts'
import { Float, isInt } from './molecule.ts'
import type { Molecule } from './molecule.ts'
import { printBriefly } from './print.ts'
import { typeText } from './type-text.ts'
import { hasType } from './types.ts'
import type { TypeTest } from './types.ts'

/** `(T) e`: between Int and Float it converts, a Float losing its fraction; any other molecule must be of the type already. */
export function cast(molecule: Molecule, type: TypeTest): Molecule {
  if (hasType(molecule, type)) return molecule
  if (type.kind === 'int' && typeof molecule === 'object' && molecule.kind === 'float')
    return truncateToInt(molecule.value)
  if (type.kind === 'float' && isInt(molecule)) {
    const value = Number(molecule)
    if (Number.isFinite(value)) return new Float(value)
  }
  throw new EvaluationFailure(`${printBriefly(molecule, 40)} is no ${typeText(type)}`)
}
