import { expect, test } from 'vitest'
import { imports, loadedBy } from '../../scripts/sizes.ts'

/* What an application loads at once does not grow unnoticed: `npm run sizes` shows it. */

test.each(imports)('import { $names } from $door is within its budget', async (each) => {
  const { atOnce } = await loadedBy(each)
  expect(atOnce.own).toBeGreaterThan(1)
  expect(atOnce.withLibraries).toBeGreaterThan(atOnce.own)
  expect(atOnce.own).toBeLessThanOrEqual(each.budget.own)
  expect(atOnce.withLibraries).toBeLessThanOrEqual(each.budget.withLibraries)
})
