import { describe, expect, test } from 'vitest'
import { print, symbol } from '../../../interpreter/index.ts'
import type { Reaction } from '../../../interpreter/index.ts'
import { ended, first, outcome, propensity, simulation } from '../../support/simulations.ts'
import type { Given } from '../../support/simulations.ts'

/*
 * When something reacts, what goes first, and how a simulation ends: section 6 of the language but for
 * the counting of ways. Each in the general way and, where there is one, as a network.
 */

const ways: readonly Given[] = [{ method: 'general' }, {}]

/** The reactions of a simulation, in order. */
async function course(program: string, given: Given = {}): Promise<readonly Reaction[]> {
  const reactions: Reaction[] = []
  await outcome(program, { ...given, observe: (reaction) => reactions.push(reaction) })
  return reactions
}

function names(reactions: readonly Reaction[]): readonly (string | undefined)[] {
  return reactions.map(({ rule }) => rule.shape.name)
}

describe('a rule without a rate', () => {
  test('goes before any with one, however fast that is', async () => {
    const program = `let fast = replace A by C @ 1000000 in let now = replace A by B in
      let later = replace B by D @ 0.001 in < A^20, fast, now, later >`
    const reactions = await course(program)
    expect(names(reactions)).toEqual([...Array(20).fill('now'), ...Array(20).fill('later')])
    expect(reactions[19]?.time).toBe(0)
    expect(reactions[20]?.time).toBeGreaterThan(0)
  })

  test('goes first wherever it stands', async () => {
    const program = `let slow = replace A by B @ 1 in let now = replace C by D in
      < A, slow, <<C^3, now>> >`
    expect(names(await course(program))).toEqual(['now', 'now', 'now', 'slow'])
  })

  test('reacts at the moment at which it can', async () => {
    const program = `let arrive = replace-one S by A^3 @ 1 in let now = replace A by B in
      < S, arrive, now >`
    const times = (await course(program)).map(({ time }) => time)
    expect(new Set(times).size).toBe(1)
    expect(times).toHaveLength(4)
  })

  test('can go on for ever without the clock moving', async () => {
    const limits = { depth: 1000, reactions: 50 }
    expect(await ended('< A, (replace A by A), (replace A by B @ 1) >', { limits })).toMatch(
      /^reaction-limit <A, .* after 50$/,
    )
    const { simulatedTime } = await outcome('< A, (replace A by A) >', { limits })
    expect(simulatedTime).toBe(0)
  })
})

describe('one clock', () => {
  test('goes on over all solutions, inner ones too', async () => {
    const program = `let decay = replace A by B @ 1 in < A^5, decay, <A^5, decay>, T:<A^5, decay>^3 >`
    const reactions = await course(program)
    expect(reactions).toHaveLength(25)
    const times = reactions.map(({ time = -1 }) => time)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(new Set(reactions.map(({ level }) => level))).toEqual(new Set([0, 1]))
  })

  test('counts the ways of every copy of a solution', () => {
    const inner = '<A^5, replace A by B @ 2>'
    expect(propensity(`< ${inner} >`)).toBeCloseTo(10)
    expect(propensity(`< ${inner}^3 >`)).toBeCloseTo(30)
    expect(propensity(`< ${inner}^1000000000 >`)).toBeCloseTo(1e10)
    expect(propensity(`< T:1:${inner}^2, [${inner}, ${inner}] >`)).toBeCloseTo(40)
    // These are reduced once, apart, and then counted.
    expect(propensity(`< ${inner}^∞ >`)).toBeCloseTo(10)
    expect(propensity(`< ${inner}^-4 >`)).toBeCloseTo(10)
  })

  test('lets copies of a solution react apart, and endless ones together', async () => {
    const limits = { depth: 1000, reactions: 1 }
    const inner = '<A, replace A by B @ 1>'
    const after = async (copies: string): Promise<string> =>
      print((await outcome(`< ${inner}^${copies} >`, { limits })).solution)
    expect(await after('3')).toBe(
      '<<A, (replace A by B @ 1)>, <A, (replace A by B @ 1)>, <B, (replace A by B @ 1)>>',
    )
    expect(await after('∞')).toBe('<<B, (replace A by B @ 1)>^∞>')
    expect(await after('-2')).toBe('<<B, (replace A by B @ 1)>^-2>')
  })
})

describe('an inner solution', () => {
  const open = 'let open = replace <r::Rule, ω> by OPEN:size(ω) in'

  test('is inert, and can be taken, when nothing timed can react in it', async () => {
    const program = `${open} < open, <A^4, replace A by ∅ @ 3> >`
    expect(await ended(program)).toBe('inert <OPEN:0, open> after 5')
  })

  test('is inert when what could react has rate 0', async () => {
    expect(await ended(`${open} < open, <A^4, replace A by ∅ @ 0> >`)).toBe(
      'inert <OPEN:4, open> after 1',
    )
    expect(await ended(`${open} < open, <A:0, A:0, replace A:n by ∅ @ n> >`)).toBe(
      'inert <OPEN:2, open> after 1',
    )
  })

  test('is woken by what a timed rule puts into it', async () => {
    const program = `let put = replace-one <ω>, X by <ω, A> @ 1 in
      < X, put, <replace A by B @ 1> >`
    expect(await ended(program)).toBe('inert <<B, (replace A by B @ 1)>> after 2')
  })
})

describe.each(ways)('a rate of 0 (%j)', (way) => {
  test('never reacts', async () => {
    expect(await ended('< A^3, (replace A by B @ 0), (replace A by B @ 0.0) >', way)).toMatch(
      /^inert <A, A, A, .* after 0$/,
    )
  })

  test('of one match leaves the others', async () => {
    expect(await ended('< A:0, A:2, (replace A:n by B:n @ n) >', way)).toBe(
      'inert <A:0, B:2, (replace A:n by B:n @ n)> after 1',
    )
  })
})

describe.each(ways)('a rate that is none (%j)', (way) => {
  test.each([
    ['n - 4', 'a rate is a finite number from 0 on, not -1'],
    ['∞', 'a rate is a finite number from 0 on, not ∞'],
    ['"fast"', 'a rate is a finite number from 0 on, not "fast"'],
    ['1 / (n - 3)', 'division by zero'],
    ['pow(10.0, 300) * n', undefined],
    ['pow(10, 400) * n', 'a rate is a finite number from 0 on'],
  ])('%s ends the run as a failing product does', async (rate, message) => {
    const program = `let bad = replace A:n by A:(n + 1) @ ${rate} in < A:3, B, bad >`
    const { kind, solution, failure, reactions } = await outcome(program, {
      ...way,
      limits: { depth: 1000, reactions: 0 },
    })
    if (message === undefined) {
      expect(kind).toBe('reaction-limit')
      return
    }
    expect(kind).toBe('failed')
    expect(reactions).toBe(0)
    expect(print(solution)).toBe('<B, A:3, bad>')
    expect(failure?.message).toContain(message)
    expect(failure?.place.source.slice(failure.place.span)).toBe(rate)
    expect(failure?.rule.shape.name).toBe('bad')
    expect(failure?.reactants.map(([molecule]) => print(molecule))).toEqual(['A:3'])
    expect(failure?.isRate).toBe(true)
  })

  test('is no fault where its rule could not react', async () => {
    expect(await ended('< A, (replace A, A by B @ -1), (replace C by B @ 1 / 0) >', way)).toMatch(
      /^inert/,
    )
    expect(await ended('< A:1, (replace A:x by B if x > 1 @ -1) >', way)).toMatch(/^inert/)
  })

  test('is a fault even where other matches have one', async () => {
    expect(await ended('< A:5, A:1, (replace A:n by B:n @ n - 2) >', way)).toMatch(
      /^failed <A:1, A:5, .* after 0$/,
    )
  })

  test('counts only once everything immediate has happened', async () => {
    expect(await ended('< A:1, (replace A:n by ∅ @ n - 2), (replace A:1 by A:3) >', way)).toMatch(
      /^inert <\(.* after 2$/,
    )
  })

  test('can be finite and its product with the ways not', async () => {
    const program = '< A^1000000000, (replace A^2 by B @ pow(10.0, 300)) >'
    const { kind, failure } = await outcome(program, way)
    expect(kind).toBe('failed')
    expect(failure?.message).toBe('the rate times the number of ways is too large')
    expect(failure?.place.source.slice(failure.place.span)).toBe('pow(10.0, 300)')
  })
})

describe.each(ways)('a run ends (%j)', (way) => {
  const birth = '< X, (replace X by X, X @ 1) >'

  test('when nothing can react any more', async () => {
    const { kind, simulatedTime } = await outcome('< X^10, (replace X by ∅ @ 1) >', {
      ...way,
      until: 1000,
    })
    expect(kind).toBe('inert')
    expect(simulatedTime).toBeGreaterThan(0)
    expect(simulatedTime).toBeLessThan(1000)
  })

  test('at the time that was asked for', async () => {
    const times: number[] = []
    const { kind, simulatedTime, reactions } = await outcome(birth, {
      ...way,
      until: 5,
      observe: ({ time = NaN }) => times.push(time),
    })
    expect({ kind, simulatedTime }).toEqual({ kind: 'until', simulatedTime: 5 })
    expect(times).toHaveLength(reactions)
    expect(times.every((time) => time > 0 && time <= 5)).toBe(true)
  })

  test('at a number of reactions, and not before', async () => {
    const limits = { depth: 1000, reactions: 100 }
    const { kind, reactions, simulatedTime } = await outcome(birth, { ...way, limits })
    expect({ kind, reactions }).toEqual({ kind: 'reaction-limit', reactions: 100 })
    expect(simulatedTime).toBeGreaterThan(0)
    expect(
      await ended('< X^3, (replace X by ∅ @ 1) >', {
        ...way,
        limits: { depth: 1000, reactions: 3 },
      }),
    ).toMatch(/^inert/)
  })

  test('before it would hold more molecules than it may', async () => {
    const limits = { depth: 1000, molecules: 50 }
    const { kind, solution } = await outcome(birth, { ...way, limits })
    expect(kind).toBe('molecule-limit')
    expect(print(solution)).toMatch(/^<X\^49, /)
    expect(
      await ended('< A:<1, 2>^3, (replace A:x by ∅ @ 1) >', {
        ...way,
        limits: { depth: 1000, molecules: 9 },
      }),
    ).toMatch(/^molecule-limit/)
    expect(
      await ended('< A:<1, 2>^3, (replace A:x by ∅ @ 1) >', {
        ...way,
        limits: { depth: 1000, molecules: 10 },
      }),
    ).toMatch(/^inert/)
  })

  test('before molecules nest deeper than they may', async () => {
    const limits = { depth: 20 }
    expect(
      await ended('< A, (replace x::Symbol by [x] @ 1), (replace [x] by [[x]] @ 1) >', {
        ...way,
        limits,
      }),
    ).toMatch(/^depth-limit/)
  })

  test('where a product has no value, with nothing taken', async () => {
    const program = '< A:0, (replace A:n by 1 / n @ 1) >'
    expect(await ended(program, way)).toBe('failed <A:0, (replace A:n by 1 / n @ 1)> after 0')
  })

  test('when it is cancelled', async () => {
    const controller = new AbortController()
    controller.abort()
    expect((await outcome(birth, { ...way, signal: controller.signal })).kind).toBe('aborted')
  })

  test('at a time limit', async () => {
    let now = 0
    const limits = { depth: 1000, milliseconds: 50 }
    const { kind } = await outcome('< X, (replace X by X @ 1) >', {
      ...way,
      limits,
      clock: () => now++,
    })
    expect(kind).toBe('time-limit')
  })
})

describe('a course', () => {
  const program = `let birth = replace X by X, X @ 1 in let meet = replace X, Y by Y, Y @ 0.01 in
    let death = replace Y by ∅ @ 1 in < X^100, Y^50, birth, meet, death >`

  const told = async (given: Given): Promise<readonly string[]> => {
    const limits = { depth: 1000, reactions: 300 }
    const reactions = await course(program, { limits, ...given })
    return reactions.map(({ time = 0, rule }) => `${String(time)} ${String(rule.shape.name)}`)
  }

  test.each([{}, { method: 'tree' }, { method: 'general' }] as const)(
    'is the same for the same seed, and another for another (%j)',
    async (given) => {
      const one = await told({ seed: 7, ...given })
      expect(await told({ seed: 7, ...given })).toEqual(one)
      expect(await told({ seed: 8, ...given })).not.toEqual(one)
    },
  )

  test.each([{}, { method: 'tree' }, { method: 'general' }] as const)(
    'does not depend on who looks, nor how often (%j)',
    async (given) => {
      const limits = { depth: 1000, reactions: 5000 }
      const seen: number[] = []
      const looks: Given[] = [
        {},
        { observe: ({ number }) => seen.push(number) },
        { sampling: { every: 0.01, take: (time) => seen.push(time) } },
        { limits: { ...limits, molecules: 1_000_000 } },
      ]
      const ends = await Promise.all(
        looks.map(async (look) => {
          const { solution, simulatedTime } = await outcome(program, { limits, ...given, ...look })
          return `${print(solution)} at ${String(simulatedTime)}`
        }),
      )
      expect(new Set(ends).size).toBe(1)
    },
  )

  test('can be gone through step by step', () => {
    const stepping = simulation(program)
    const running: string[] = []
    for (let i = 0; i < 5; i++) {
      const step = stepping.step()
      if (step.kind === 'reacted') running.push(String(step.reaction.time))
    }
    expect(running).toHaveLength(5)
    expect(stepping.reactions).toBe(5)
  })

  test('goes on with what is added', async () => {
    const one = simulation('< (replace A by B @ 1) >')
    expect((await one.run()).kind).toBe('inert')
    one.inject(first('< A^3 >').contents().entries())
    const { kind, reactions, solution } = await one.run()
    expect({ kind, reactions }).toEqual({ kind: 'inert', reactions: 3 })
    expect(print(solution)).toBe('<B, B, B, (replace A by B @ 1)>')
  })
})

describe('numbers of copies', () => {
  test('beyond what a double holds stay exact', async () => {
    const program = '< X^9007199254740990, (replace X by X^3 @ 1), (replace Y by ∅ @ 1) >'
    const limits = { depth: 1000, reactions: 5 }
    const { solution } = await outcome(program, { limits })
    expect(print(solution)).toMatch(/^<X\^9007199254741000, /)
  })

  test('can grow beyond that while a simulation runs', async () => {
    const [start, step, reactions] = [2_251_799_813_685_000, 2 ** 30, 2_150_000]
    const program = `< Y, X^${String(start)}, (replace Y by Y, X^${String(step)} @ 1) >`
    const { solution, kind } = await outcome(program, { limits: { depth: 1000, reactions } })
    expect(kind).toBe('reaction-limit')
    expect(start + step * reactions).toBeGreaterThan(2 ** 52)
    expect(solution.contents().multiplicityOf(symbol('X'))).toBe(start + step * reactions)
  })
})
