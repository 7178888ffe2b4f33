import { hashOf } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'

/**
 * What an index files a molecule under. Equal molecules have one key, and so have 1 and 1.0, which `==`
 * holds equal; different ones may share a key, so whoever looks something up compares what it finds.
 */
export type Key = number | bigint | string | boolean | object

/** The key of a molecule: atoms are their own, compounds their hash. */
export function keyOf(molecule: Molecule): Key {
  if (typeof molecule !== 'object') return molecule
  if (molecule.kind === 'symbol') return molecule
  if (molecule.kind === 'float')
    return Number.isSafeInteger(molecule.value) ? molecule.value : `f${String(molecule.value)}`
  return hashOf(molecule)
}

/** One key for several fields. */
export function joinedKey(keys: readonly (Key | undefined)[]): Key {
  let joined = ''
  for (const key of keys) joined += `${typeof key === 'object' ? nameOf(key) : String(key)}\u0000`
  return joined
}

/** The only keys that are objects are symbols. */
function nameOf(key: object): string {
  return 'name' in key && typeof key.name === 'string' ? key.name : ''
}
