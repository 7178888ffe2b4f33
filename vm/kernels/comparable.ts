import type { Molecule } from '../../interpreter/index.ts'
import type { Column } from '../store/column.ts'

/** A column that holds numbers only. */
export type Numbers = Int32Array | Float64Array

/** What `<` orders as the language does: numbers of any kind, or strings. */
export type Comparable = Numbers | readonly (number | bigint | string)[]

/** A column by what its first values compare as; undefined where two of them cannot be compared. */
export function comparable(column: Column, n: number): Comparable | undefined {
  if (!Array.isArray(column)) return column
  const values: (number | bigint | string)[] = []
  const isText = typeof column[0] === 'string'
  for (let i = 0; i < n; i++) {
    const value = plainOf(column[i]!)
    if (value === undefined || (typeof value === 'string') !== isText) return undefined
    values.push(value)
  }
  return values
}

function plainOf(molecule: Molecule): number | bigint | string | undefined {
  switch (typeof molecule) {
    case 'number':
    case 'bigint':
    case 'string':
      return molecule
    case 'boolean':
      return undefined
    case 'object':
      return molecule.kind === 'float' ? molecule.value : undefined
  }
}
