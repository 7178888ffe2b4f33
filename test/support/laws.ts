import fc from 'fast-check'

/** Fixed, so that a run is repeated by the next; another one is tried with HOCL_SEED. */
const seed = Number(process.env['HOCL_SEED'] ?? 1)

/** Holds a property against many examples; what is reported is the smallest that breaks it. */
export function laws<T extends [unknown, ...unknown[]]>(
  examples: number,
  property: fc.IProperty<T>,
): void {
  fc.assert(property, { numRuns: examples, seed })
}

/** The same for properties that are worked out later. */
export async function asyncLaws<T extends [unknown, ...unknown[]]>(
  examples: number,
  property: fc.IAsyncProperty<T>,
): Promise<void> {
  await fc.assert(property, { numRuns: examples, seed })
}
