import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Float, Tuple, print, symbol } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { Reactor, table } from '../../vm/index.ts'
import { fieldsSpec } from '../../vm/code/index-specs.ts'
import { gather } from '../../vm/store/gathering.ts'
import { ClassTable } from '../../vm/store/molecule-class.ts'
import { LINKED, PENDING, Store } from '../../vm/store/store.ts'
import { asyncLaws, laws } from '../support/laws.ts'

/*
 * Before anybody looks for molecules by a field, those that are alike in it are put side by side.
 */

const A = symbol('A')
const byFirst = fieldsSpec([1])

function storeOf(rows: readonly (readonly Molecule[])[], state = LINKED): Store {
  const molecules = rows.map((fields) => new Tuple([A, ...fields]))
  const store = new Store(new ClassTable().of(molecules[0] ?? A))
  for (const molecule of molecules) {
    const slot = store.add(molecule, 1, 0)
    if (state === LINKED) store.link(slot)
    else store.state[slot] = (store.state[slot] ?? 0) | state
  }
  return store
}

function slotsOf(store: Store, key: number): number[] {
  const index = store.index(byFirst)
  const group = index.group1(key)
  if (group < 0) return []
  const start = index.startOf(group)
  return Array.from(index.listOf(group).subarray(start, start + index.lengthOf(group)))
}

const told = (store: Store): string[] =>
  Array.from({ length: store.end }, (_, slot) => print(store.molecule(slot))).sort()

const few = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 30 }),
    fc.oneof(fc.integer(), fc.constantFrom<Molecule>('a', 10n ** 20n, new Float(0.5), 2 ** 40)),
  ),
  { minLength: 100, maxLength: 300 },
)

test('molecules with the same key stand side by side, and each is there', () => {
  laws(
    200,
    fc.property(few, fc.array(fc.nat()), (rows, removals) => {
      const store = storeOf(rows)
      const before = told(store)
      gather(store, byFirst)
      expect(told(store)).toEqual(before)
      for (let key = 0; key <= 30; key++) {
        const slots = slotsOf(store, key)
        expect(slots.length).toBe(rows.filter(([first]) => first === key).length)
        slots.forEach((slot, i) => {
          expect(slot).toBe((slots[0] ?? 0) + i)
          expect(store.field(slot, 1)).toBe(key)
        })
      }
      // What is taken away afterwards is not found, and all else is.
      const gone = new Set(removals.map((n) => n % rows.length))
      for (const slot of gone) store.remove(slot)
      for (let key = 0; key <= 30; key++)
        expect(
          slotsOf(store, key).every((slot) => !gone.has(slot) && store.field(slot, 1) === key),
        ).toBe(true)
      expect(store.index(byFirst).distinctKeys).toBe(
        Array.from({ length: 31 }, (_, key) => slotsOf(store, key)).filter(
          ({ length }) => length > 0,
        ).length,
      )
    }),
  )
})

describe('they stay where they are', () => {
  const rows = Array.from({ length: 200 }, (_, i) => [(i * 7) % 20, i])
  const moved = (store: Store): boolean => gather(store, byFirst)

  test('not if nobody knows them', () => {
    expect(moved(storeOf(rows))).toBe(true)
  })
  test('where some wait to be tried', () => {
    expect(moved(storeOf(rows, PENDING))).toBe(false)
    const store = storeOf(rows)
    store.state[7] = (store.state[7] ?? 0) | PENDING
    expect(moved(store)).toBe(false)
  })
  test('where all were listed or looked up', () => {
    const [listed, lookedUp] = [storeOf(rows), storeOf(rows)]
    expect(listed.all.slots).toHaveLength(200)
    expect(moved(listed)).toBe(false)
    lookedUp.index(fieldsSpec([2]))
    expect(moved(lookedUp)).toBe(false)
    const once = storeOf(rows)
    expect([moved(once), moved(once)]).toEqual([true, false])
  })
  test('where one was taken, or has copies', () => {
    const [taken, copied] = [storeOf(rows), storeOf(rows)]
    taken.remove(3)
    expect(moved(taken)).toBe(false)
    copied.setCopies(3, 2)
    expect(moved(copied)).toBe(false)
  })
  test('where keys are in order, all different, or no small ints', () => {
    expect(
      moved(storeOf(rows.map(([, i = 0]) => [i % 2, i]).sort(([a = 0], [b = 0]) => a - b))),
    ).toBe(false)
    expect(moved(storeOf(rows.map(([, i = 0]) => [(i * 7) % 200, i])))).toBe(false)
    expect(moved(storeOf(rows.map(([first = 0, i = 0]) => [`k${String(first)}`, i])))).toBe(false)
  })
})

test('a workflow comes to the same in whatever order its links are given', async () => {
  const links = fc
    .array(fc.tuple(fc.nat(), fc.nat()), { minLength: 100, maxLength: 400 })
    .map((all) =>
      all.map(([a, b]): [number, number] => {
        const to = 1 + (b % 60)
        return [a % to, to]
      }),
    )
  await asyncLaws(
    60,
    fc.asyncProperty(links, async (all) => {
      const values = Array.from({ length: 61 }, () => 0)
      for (let to = 1; to <= 60; to++)
        for (const [from, at] of all)
          if (at === to) values[to] = ((values[to] ?? 0) + (values[from] ?? 0) + 1) % 1000
      const missing = values.map((_, task) => all.filter(([, to]) => to === task).length)
      await using reactor = Reactor.create(`
        let receive = replace TASK:t:k:a, VALUE:t:v by TASK:t:(k - 1):((a + v) % 1000) if k > 0 in
        let work = replace TASK:t:0:a by DONE:t:(a + 1) in
        let send = replace DONE:t:v, LINK:t:u by DONE:t:v, VALUE:u:v in
        <receive, work, send>`)
      reactor.inject(
        table(
          'TASK',
          values.map((_, i) => i),
          missing,
          values.map(() => 0),
        ),
      )
      reactor.inject(
        table(
          'LINK',
          all.map(([from]) => from),
          all.map(([, to]) => to),
        ),
      )
      const { solution } = await reactor.run()
      const [tasks = [], done = []] = solution.columns('DONE', 2)
      expect(
        Array.from(tasks, (task, i) => [task, done[i]]).sort(([a], [b]) => Number(a) - Number(b)),
      ).toEqual(values.map((value, task) => [task, value + 1]))
      expect(solution.columns('LINK', 2)[0]).toHaveLength(0)
    }),
  )
})
