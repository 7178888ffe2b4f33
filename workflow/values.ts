import { List, Tuple, fromJs, isSolution, isSymbol, symbol, toJs } from '../interpreter/index.ts'
import type { Molecule } from '../interpreter/index.ts'

/*
 * Values of JavaScript on their way through a solution and back. An object becomes the solution of its
 * `key:value` tuples and is an object again; what JSON has no word for has a symbol or a tuple.
 */

const UNDEFINED = symbol('UNDEFINED')
const NOT_A_NUMBER = symbol('NAN')

/** A value as a molecule. Throws for one that cannot travel, such as a function. */
export function asMolecule(value: unknown): Molecule {
  return fromJs(spelled(value), () => undefined, 'the value')
}

/** In lists, too: there the variables of a loop stand. */
function spelled(value: unknown): unknown {
  if (value === undefined) return UNDEFINED
  if (typeof value === 'number' && Number.isNaN(value)) return NOT_A_NUMBER
  if (Array.isArray(value) && value.some((item) => spelled(item) !== item))
    return value.map(spelled)
  return value
}

/** The value that a molecule stands for. */
export function asValue(molecule: unknown): unknown {
  if (typeof molecule !== 'object' || molecule === null) return molecule
  if (Array.isArray(molecule)) return molecule.map(asValue)
  if (molecule instanceof List) return molecule.items.map(asValue)
  // Everything else that comes here is a molecule, or what a host function got for one.
  const given = molecule as Molecule
  if (typeof given === 'object' && isSymbol(given))
    return given === UNDEFINED
      ? undefined
      : given === NOT_A_NUMBER
        ? NaN
        : given.name === 'NULL'
          ? null
          : given
  if (typeof given === 'object' && isSolution(given)) {
    const molecules = [...given.molecules()]
    return molecules.every(isProperty)
      ? Object.fromEntries(molecules.map(({ fields: [key, value] }) => [key, asValue(value)]))
      : molecules.map(asValue)
  }
  return toJs(given)
}

function isProperty(molecule: Molecule): molecule is Tuple {
  return (
    molecule instanceof Tuple &&
    molecule.fields.length === 2 &&
    typeof molecule.fields[0] === 'string'
  )
}
