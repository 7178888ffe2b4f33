import { expect, test } from 'vitest'
import { patchedWorkflow } from '../support/workflow-scene.ts'

test('a workflow goes on when the node that calls is killed while a rule is put in, and the rule acts', async () => {
  const { state, result, killed, calls, expected, tasks } = await patchedWorkflow()
  expect(state).toBe('inert')
  expect(killed).toBe(1)
  expect(result).toContain(`PATCHED:${String(expected * 10)}`)
  expect(result).toContain(`RESULT:Merge:${String(expected)}`)
  // Effects happen at least once, and each with one key.
  expect(calls.different).toBe(tasks)
  expect(calls.all).toBeGreaterThan(tasks)
}, 120_000)
