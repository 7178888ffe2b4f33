import { Source } from '../grammar/index.ts'
import type { Diagnostic } from '../grammar/index.ts'
import { diagnosticsOf } from './check.ts'
import { explore } from './explore.ts'
import type { Golden, GoldenFinding, GoldenMark } from './golden-marks.ts'
import { firstSolution, moleculesOf } from './load.ts'
import type { LoweredProgram } from './lower/program.ts'
import { matches } from './match.ts'
import { equal } from './molecule.ts'
import type { Entry } from './molecule.ts'
import { Multiset, SolutionValue } from './multiset.ts'
import { DEFAULT_DEPTH } from './outcome.ts'
import type { Reducer, Outcome, RunOptions, Strategy } from './outcome.ts'
import { printBriefly } from './print.ts'

/** How a golden is run: each course is one run. */
export interface GoldenRun {
  readonly make: (first: SolutionValue, options: RunOptions) => Reducer
  readonly courses: readonly { readonly seed: number; readonly strategy: Strategy }[]
  readonly clock: () => number
  readonly signal?: AbortSignal
}

/** No golden needs more reactions than this, unless it says so. */
const MOST_REACTIONS = 1_000_000

/** Of a solution that was not expected, so many letters are shown. */
const LONGEST = 1_000

/** Where several results are listed, so many solutions are explored to see that the list is complete. */
const MOST_STATES = 2_000

/** What a program does other than it says; empty where all is as it says. */
export async function golden(
  expected: Golden,
  program: LoweredProgram,
  run: GoldenRun,
): Promise<readonly GoldenFinding[]> {
  if (expected.complaints.length > 0) return expected.complaints
  const judge = new Judge(expected, program, run)
  await judge.all()
  return judge.found
}

/** How the runs of a golden end, in the order of their courses. Only of a program without errors. */
export async function goldenOutcomes(
  expected: Golden,
  program: LoweredProgram,
  run: GoldenRun,
): Promise<readonly Outcome[]> {
  const judge = new Judge(expected, program, run)
  const outcomes: Outcome[] = []
  for (const { seed, strategy } of run.courses) outcomes.push(await judge.outcome(seed, strategy))
  return outcomes
}

/** Every result that some order of reactions reaches; undefined where there are too many orders to try. */
export function reachableResults(
  { injections }: Golden,
  program: LoweredProgram,
): readonly SolutionValue[] | undefined {
  const { value } = firstSolution(program, 1)
  if (value === undefined || injections.length > 0) return undefined
  try {
    const { inert, isComplete, hasCycle } = explore(value, MOST_STATES)
    return isComplete && !hasCycle ? inert : undefined
  } catch {
    // What is random or answers later cannot be explored.
    return undefined
  }
}

class Judge {
  readonly found: GoldenFinding[] = []
  readonly #golden: Golden
  readonly #program: LoweredProgram
  readonly #run: GoldenRun

  constructor(expected: Golden, program: LoweredProgram, run: GoldenRun) {
    this.#golden = expected
    this.#program = program
    this.#run = run
  }

  async all(): Promise<void> {
    const { refusal } = this.#golden
    this.#checkDiagnostics()
    const errors = this.#errors()
    if (refusal?.kind === 'diagnostic') {
      const isRefused = errors.some(({ code }) => isLike(code, refusal.text))
      if (!isRefused)
        this.#find(
          `was to be refused with ${refusal.text}; ${errors.length === 0 ? 'it was not refused' : codesOf(errors)}`,
          refusal,
        )
      return
    }
    if (this.#golden.diagnostics.length === 0)
      for (const diagnostic of errors)
        this.found.push({ text: `${diagnostic.code} ${diagnostic.title}`, diagnostic })
    if (errors.length > 0) return
    for (const property of this.#golden.properties) {
      const { kind, text } = property
      if (kind === 'warns' && !diagnosticsOf(this.#program).some(({ code }) => isLike(code, text)))
        this.#find(`no warning ${text} came`, property)
    }
    if (this.#program.solution === undefined) return
    for (const course of this.#run.courses) {
      await this.#course(course)
      // The other seeds would say the same.
      if (this.found.length > 0) return
    }
    if (this.#golden.results.length > 0) this.#checkList()
  }

  #find(text: string, about?: { readonly line: number }): void {
    this.found.push({ text, ...(about !== undefined && { line: about.line }) })
  }

  #errors(): readonly Diagnostic[] {
    const errors = this.#program.diagnostics.filter(({ severity }) => severity === 'error')
    if (errors.length > 0 || this.#program.solution === undefined) return errors
    const { diagnostic } = firstSolution(this.#program, 1)
    return diagnostic === undefined ? [] : [diagnostic]
  }

  /** With marks for diagnostics, these must come and no others. */
  #checkDiagnostics(): void {
    const { diagnostics } = this.#golden
    if (diagnostics.length === 0) return
    const came = diagnosticsOf(this.#program).map(({ code, title, labels: [{ source, span }] }) => {
      return { code, title, ...source.position(span.start) }
    })
    for (const { line, column, code, text } of diagnostics) {
      const index = came.findIndex(
        (each) =>
          each.line === line &&
          each.column === column &&
          each.code === code &&
          each.title.includes(text),
      )
      if (index >= 0) came.splice(index, 1)
      else this.#find(`${code} ${text} did not come at column ${String(column)}`, { line })
    }
    for (const { line, column, code, title } of came)
      this.#find(`${code} ${title} came at column ${String(column)} without a mark`, { line })
  }

  async #course({ seed, strategy }: GoldenRun['courses'][number]): Promise<void> {
    const outcome = await this.outcome(seed, strategy)
    const where = `(seed ${String(seed)}, strategy ${strategy})`
    const { kind, about } = this.#expectedEnd()
    if (outcome.kind !== kind) {
      const why = outcome.failure?.message ?? shown(outcome.solution)
      this.#find(`${outcome.kind} instead of ${kind} ${where}: ${why}`, about)
      return
    }
    const { refusal, reactions } = this.#golden
    if (refusal?.kind === 'failed' && outcome.failure?.message.includes(refusal.text) !== true)
      this.#find(
        `failed by "${outcome.failure?.message ?? ''}", not "${refusal.text}" ${where}`,
        refusal,
      )
    if (reactions !== undefined && outcome.reactions !== reactions.count)
      this.#find(
        `${String(outcome.reactions)} reactions, not ${String(reactions.count)} ${where}`,
        reactions,
      )
    this.#checkResult(outcome.solution, where)
  }

  /** How it must end, and the mark that says so. */
  #expectedEnd(): { readonly kind: string; readonly about: { readonly line: number } | undefined } {
    const { refusal, endless, result, results, reactions } = this.#golden
    if (refusal?.kind === 'failed') return { kind: 'failed', about: refusal }
    if (refusal?.kind === 'stopped') return { kind: refusal.text, about: refusal }
    if (endless !== undefined) return { kind: 'reaction-limit', about: endless }
    return { kind: 'inert', about: result ?? results[0] ?? reactions }
  }

  async outcome(seed: number, strategy: Strategy): Promise<Outcome> {
    const { endless, limits, injections } = this.#golden
    const { value = SolutionValue.empty } = firstSolution(this.#program, seed)
    const reducer = this.#run.make(value, {
      seed,
      strategy,
      limits: { depth: DEFAULT_DEPTH, reactions: endless?.count ?? MOST_REACTIONS, ...limits },
      clock: this.#run.clock,
      ...(this.#run.signal !== undefined && { signal: this.#run.signal }),
    })
    let outcome = await reducer.run()
    for (const injection of injections) {
      reducer.inject(this.#read(injection))
      outcome = await reducer.run()
    }
    return outcome
  }

  #checkResult(result: SolutionValue, where: string): void {
    const { result: only, results, properties } = this.#golden
    const listed = only === undefined ? results : [only]
    const expected = listed.map((text) => this.#solution(text))
    if (this.found.length > 0) return
    if (listed.length > 0 && !expected.some((each) => each !== undefined && equal(each, result))) {
      const texts = listed.map(({ text }) => text).join(' or ')
      this.#find(`${shown(result)} came out ${where}, not ${texts}`, listed[0])
    }
    for (const property of properties) {
      const { kind, text } = property
      const size = String(result.contents().size())
      if (kind === 'molecules' && size !== text)
        this.#find(`${size} molecules came out ${where}, not ${text}`, property)
      if (kind === 'matches' && !this.#isMatched(property, result))
        this.#find(`${shown(result)} came out ${where}, which \`${text}\` does not match`, property)
    }
  }

  /** Each listed result must be one that can be reached, and no other. */
  #checkList(): void {
    const found = reachableResults(this.#golden, this.#program)
    if (found === undefined) return
    const { results } = this.#golden
    const expected = results.map((mark) => this.#solution(mark))
    for (const each of found)
      if (!expected.some((other) => other !== undefined && equal(each, other)))
        this.#find(`${shown(each)} can come out too`, results[0])
    expected.forEach((each, i) => {
      const mark = results[i]
      if (each !== undefined && mark !== undefined && !found.some((other) => equal(each, other)))
        this.#find(`${mark.text} can never come out`, mark)
    })
  }

  /** Molecules written in a mark, in the program's own scope; of a pattern, the rule that has it. */
  #read(mark: GoldenMark, text = mark.text): readonly Entry[] {
    const { molecules, diagnostics } = this.#program.molecules(new Source('mark', text))
    const error = diagnostics.find(({ severity }) => severity === 'error')
    const loaded = error === undefined ? moleculesOf(molecules, 1) : { diagnostic: error }
    if (loaded.diagnostic === undefined) return loaded.value
    this.#find(`\`${mark.text}\` cannot be read: ${loaded.diagnostic.title}`, mark)
    return []
  }

  #solution(mark: GoldenMark): SolutionValue | undefined {
    const before = this.found.length
    const [only, ...others] = this.#read(mark)
    if (only?.[0] instanceof SolutionValue && others.length === 0) return only[0]
    if (this.found.length === before) this.#find(`\`${mark.text}\` is not one solution`, mark)
    return undefined
  }

  /** Lets a rule with the pattern try the solution. */
  #isMatched(mark: GoldenMark, result: SolutionValue): boolean {
    const [pattern = '', ...condition] = mark.text.split(/ (?=if )/)
    const [entry] = this.#read(mark, `(one ${pattern} by MATCHED ${condition.join(' ')})`)
    const rule = entry?.[0]
    if (typeof rule !== 'object' || rule.kind !== 'rule') return false
    const contents = Multiset.of([
      [result, 1],
      [rule, 1],
    ])
    const order = (entries: Iterable<Entry>): Iterable<Entry> => entries
    return (
      matches(rule, contents, { random: () => 0, isThere: () => true, order }).next().done !== true
    )
  }
}

function shown(solution: SolutionValue): string {
  return printBriefly(solution, LONGEST)
}

/** `HOCL1xx` stands for all codes that begin so. */
function isLike(code: string, pattern: string): boolean {
  return code.startsWith(pattern.replace(/xx$/, '')) && (pattern.endsWith('xx') || code === pattern)
}

function codesOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ code, title }) => `${code} ${title}`).join('; ')
}
