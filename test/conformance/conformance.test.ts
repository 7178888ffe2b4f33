import { describe, expect, test } from 'vitest'
import { Source } from '../../grammar/index.ts'
import {
  DEFAULT_DEPTH,
  Multiset,
  SolutionValue,
  diagnosticsOf,
  equal,
  explore,
  firstSolution,
  moleculesOf,
  print,
} from '../../interpreter/index.ts'
import type {
  Entry,
  Exploration,
  LoweredProgram,
  Outcome,
  RunOptions,
} from '../../interpreter/index.ts'
import { matches } from '../../interpreter/match.ts'
import { root } from '../../scripts/tools.ts'
import { engines } from '../support/engines.ts'
import type { Course, EngineUnderTest } from '../support/engines.ts'
import { goldensUnder, programOf, rewrite } from '../support/goldens.ts'
import type { Golden, Property } from '../support/goldens.ts'

/*
 * Each program under this folder, on every engine and with several seeds, gives what it says. Where a
 * result is said to be the only one, or a list to be all of them, every order of reactions is tried.
 */

const goldens = goldensUnder(import.meta.dirname)

/** So many different solutions are explored at most. */
const mostStates = 1_500
/** No golden needs more reactions than this to become inert. */
const mostReactions = 20_000

/** `npm run goldens`: results are written, not compared. */
const isUpdating = process.env['HOCL_GOLDENS'] === 'update'

describe.each([...new Set(goldens.map(({ area }) => area))])('%s', (area) => {
  test.each(goldens.filter((golden) => golden.area === area))('$name', async (golden) => {
    const program = programOf(golden)
    const errors = program.diagnostics.filter(({ severity }) => severity === 'error')
    if (golden.refusal?.kind === 'diagnostic') {
      expect(errorCodes(program)).toContainEqual(codeLike(golden.refusal.text))
      return
    }
    expect(errors.map(({ code, title }) => `${code} ${title}`)).toEqual([])
    for (const { kind, text } of golden.properties)
      if (kind === 'warns')
        expect(diagnosticsOf(program).map(({ code }) => code)).toContainEqual(codeLike(text))
    if (isUpdating) {
      update(golden, program)
      return
    }
    for (const engine of engines)
      for (const course of engine.courses) await check(golden, program, engine, course)
    if (golden.unexplored === undefined) checkAllOrders(golden, program)
  })
})

test('goldens have different names', () => {
  const names = goldens.map(({ path }) => path.slice(root.length + 1))
  expect(new Set(names).size).toBe(names.length)
})

/** Writes what the explorer finds into a golden that says something else. */
function update(golden: Golden, program: LoweredProgram): void {
  const listed = [...golden.result, ...golden.results]
  const isExplored = golden.unexplored === undefined && golden.injections.length === 0
  if (listed.length === 0 || !isExplored || golden.refusal !== undefined) return
  const { inert, isComplete } = explore(first(program, 1), mostStates)
  if (!isComplete || inert.length === 0) return
  if (golden.area === 'printing') {
    const printed = inert.map((each) => print(each))
    if (printed.join('\n') !== listed.join('\n')) rewrite(golden, printed)
    return
  }
  const expected = listed.map((text) => solutionIn(text, program, golden))
  const isSame =
    expected.length === inert.length &&
    expected.every((each) => inert.some((other) => equal(each, other)))
  if (!isSame) rewrite(golden, inert.map((each) => print(each, { width: Infinity })).sort())
}

/** `HOCL1xx` stands for all codes that begin so. */
function codeLike(code: string): unknown {
  return expect.stringMatching(new RegExp(`^${code.replace('xx', '\\d\\d')}$`))
}

function errorCodes(program: LoweredProgram): string[] {
  const errors = program.diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return errors.map(({ code }) => code)
  const { diagnostic } = firstSolution(program, 1)
  return diagnostic === undefined ? [] : [diagnostic.code]
}

async function check(
  golden: Golden,
  program: LoweredProgram,
  engine: EngineUnderTest,
  course: Course,
): Promise<void> {
  const outcome = await runOf(golden, program, engine, course)
  const where = `${engine.name}, ${course.strategy}, seed ${String(course.seed)}`
  const expected = expectedKind(golden)
  if (outcome.kind !== expected) expect(toldBy(outcome), where).toBe(expected)
  if (golden.refusal?.kind === 'failed')
    expect(outcome.failure?.message, where).toContain(golden.refusal.text)
  if (golden.reactions !== undefined) expect(outcome.reactions, where).toBe(golden.reactions)
  checkResult(golden, program, outcome.solution, where)
}

function toldBy({ kind, failure, solution }: Outcome): string {
  return `${kind} ${failure?.message ?? print(solution)}`
}

function expectedKind({ refusal, endless }: Golden): string {
  if (refusal?.kind === 'failed') return 'failed'
  if (refusal?.kind === 'stopped') return refusal.text
  return endless === undefined ? 'inert' : 'reaction-limit'
}

async function runOf(
  golden: Golden,
  program: LoweredProgram,
  { make }: EngineUnderTest,
  { seed, strategy }: Course,
): Promise<Outcome> {
  const options: RunOptions = {
    seed,
    strategy,
    limits: { depth: DEFAULT_DEPTH, reactions: golden.endless ?? mostReactions, ...golden.limits },
    clock: () => 0,
  }
  const engine = make(first(program, seed), options)
  let outcome = await engine.run()
  for (const text of golden.injections) {
    engine.inject(read(text, program, golden))
    outcome = await engine.run()
  }
  return outcome
}

function first(program: LoweredProgram, seed: number): SolutionValue {
  const { value, diagnostic } = firstSolution(program, seed)
  if (value === undefined) throw new Error(`${diagnostic.code} ${diagnostic.title}`)
  return value
}

/** Molecules written in a mark, in the program's own scope. */
function read(text: string, program: LoweredProgram, { path }: Golden): readonly Entry[] {
  const { molecules, diagnostics } = program.molecules(new Source(`${path}, \`${text}\``, text))
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(`\`${text}\`: ${errors.map((e) => e.title).join('; ')}`)
  const { value, diagnostic } = moleculesOf(molecules, 1)
  if (value === undefined) throw new Error(`\`${text}\`: ${diagnostic.title}`)
  return value
}

function solutionIn(text: string, program: LoweredProgram, golden: Golden): SolutionValue {
  const [only, ...others] = read(text, program, golden)
  if (only === undefined || others.length > 0 || !(only[0] instanceof SolutionValue))
    throw new Error(`\`${text}\` is not one solution`)
  return only[0]
}

function checkResult(
  golden: Golden,
  program: LoweredProgram,
  result: SolutionValue,
  where: string,
): void {
  if (golden.area === 'printing' && golden.result.length > 0) {
    expect(print(result).split('\n'), where).toEqual(golden.result)
    expect(print(solutionIn(print(result), program, golden)), 'read back').toBe(print(result))
  } else {
    const listed = [...golden.result, ...golden.results]
    const expected = listed.map((text) => solutionIn(text, program, golden))
    if (expected.length > 0 && !expected.some((each) => equal(each, result)))
      expect(print(result), where).toBe(listed.join('\n'))
  }
  for (const property of golden.properties) checkProperty(property, golden, program, result)
}

function checkProperty(
  { kind, text }: Property,
  golden: Golden,
  program: LoweredProgram,
  result: SolutionValue,
): void {
  if (kind === 'molecules') expect(String(result.contents().size())).toBe(text)
  if (kind === 'matches') {
    const has = isMatched(text, golden, program, result) ? text : print(result)
    expect(has).toBe(text)
  }
}

/** Lets a rule with the pattern try the solution, as if it were inert. */
function isMatched(
  text: string,
  golden: Golden,
  program: LoweredProgram,
  result: SolutionValue,
): boolean {
  const [pattern = '', ...condition] = text.split(/ (?=if )/)
  const [entry] = read(`(one ${pattern} by MATCHED ${condition.join(' ')})`, program, golden)
  const [rule] = entry ?? []
  if (typeof rule !== 'object' || rule.kind !== 'rule') throw new Error(`${text} is no pattern`)
  const contents = Multiset.of([
    [result, 1],
    [rule, 1],
  ])
  const order = (entries: Iterable<Entry>): Iterable<Entry> => entries
  const found = matches(rule, contents, { random: () => 0, isThere: () => true, order })
  return found.next().done !== true
}

/** What is said to be the only result, or all results, is just what the explorer finds. */
function checkAllOrders(golden: Golden, program: LoweredProgram): void {
  if (golden.injections.length > 0 || golden.refusal?.kind === 'stopped') return
  const exploration = explore(first(program, 1), mostStates)
  if (golden.endless === undefined)
    expect(exploration.isComplete, `explored in ${String(mostStates)} states`).toBe(true)
  if (golden.refusal?.kind === 'failed') {
    expect(exploration.failures.join('\n')).toContain(golden.refusal.text)
    return
  }
  checkExploration(golden, program, exploration)
}

function checkExploration(golden: Golden, program: LoweredProgram, found: Exploration): void {
  expect(found.failures).toEqual([])
  if (golden.area === 'printing') return
  const printed = found.inert.map((each) => print(each))
  const listed = [...golden.result, ...golden.results]
  if (golden.endless !== undefined) {
    expect(printed).toEqual([])
  } else if (listed.length > 0) {
    const expected = listed.map((text) => solutionIn(text, program, golden))
    const isJustThis =
      expected.length === found.inert.length &&
      expected.every((each) => found.inert.some((other) => equal(each, other)))
    if (!isJustThis) expect(printed.sort()).toEqual(expected.map((each) => print(each)).sort())
  } else {
    for (const each of found.inert)
      for (const property of golden.properties) checkProperty(property, golden, program, each)
  }
}
