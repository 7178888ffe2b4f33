/** The values in the order of their places, which are 0, 1, 2 and so on. The array given stays as it is. */
export function sorted(values: Int32Array): Int32Array {
  return values.toSorted()
}
