import { Source } from '../grammar/index.ts'
import type { Diagnostic } from '../grammar/index.ts'
import { diagnosticsOf } from './check.ts'
import { explore } from './explore.ts'
import type { Golden } from './golden-marks.ts'
import { firstSolution, moleculesOf } from './load.ts'
import type { LoweredProgram } from './lower/program.ts'
import { matches } from './match.ts'
import { equal } from './molecule.ts'
import type { Entry } from './molecule.ts'
import { Multiset, SolutionValue } from './multiset.ts'
import { DEFAULT_DEPTH } from './outcome.ts'
import type { Reducer, Outcome, RunOptions, Strategy } from './outcome.ts'
import { print } from './print.ts'

/** How a golden is run: each course is one run. */
export interface GoldenRun {
  readonly make: (first: SolutionValue, options: RunOptions) => Reducer
  readonly courses: readonly { readonly seed: number; readonly strategy: Strategy }[]
  readonly clock: () => number
  readonly signal?: AbortSignal
}

/** No golden needs more reactions than this, unless it says so. */
const MOST_REACTIONS = 1_000_000

/** Where several results are listed, so many solutions are explored to see that the list is complete. */
const MOST_STATES = 2_000

/** What a program does other than it says, one sentence each; empty where all is as it says. */
export async function golden(
  expected: Golden,
  program: LoweredProgram,
  run: GoldenRun,
): Promise<readonly string[]> {
  if (expected.complaints.length > 0) return expected.complaints
  const judge = new Judge(expected, program, run)
  await judge.all()
  return judge.found
}

class Judge {
  readonly found: string[] = []
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
        this.found.push(
          `was to be refused with ${refusal.text}; ${errors.length === 0 ? 'it was not refused' : codesOf(errors)}`,
        )
      return
    }
    if (this.#golden.diagnostics.length === 0)
      for (const { code, title } of errors) this.found.push(`${code} ${title}`)
    if (errors.length > 0) return
    for (const { kind, text } of this.#golden.properties)
      if (kind === 'warns' && !diagnosticsOf(this.#program).some(({ code }) => isLike(code, text)))
        this.found.push(`no warning ${text} came`)
    if (this.#program.solution === undefined) return
    for (const course of this.#run.courses) {
      await this.#course(course)
      // The other seeds would say the same.
      if (this.found.length > 0) return
    }
    if (this.#golden.results.length > 0) this.#checkList()
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
      else this.found.push(`${String(line)}:${String(column)} ${code} ${text} did not come`)
    }
    for (const { line, column, code, title } of came)
      this.found.push(`${String(line)}:${String(column)} ${code} ${title} came without a mark`)
  }

  async #course({ seed, strategy }: GoldenRun['courses'][number]): Promise<void> {
    const outcome = await this.#outcome(seed, strategy)
    const where = `(seed ${String(seed)}, strategy ${strategy})`
    const kind = this.#expectedKind()
    if (outcome.kind !== kind) {
      this.found.push(
        `${outcome.kind} instead of ${kind} ${where}: ${outcome.failure?.message ?? print(outcome.solution)}`,
      )
      return
    }
    const { refusal, reactions } = this.#golden
    if (refusal?.kind === 'failed' && outcome.failure?.message.includes(refusal.text) !== true)
      this.found.push(
        `failed by "${outcome.failure?.message ?? ''}", not "${refusal.text}" ${where}`,
      )
    if (reactions !== undefined && outcome.reactions !== reactions)
      this.found.push(`${String(outcome.reactions)} reactions, not ${String(reactions)} ${where}`)
    this.#checkResult(outcome.solution, where)
  }

  #expectedKind(): string {
    const { refusal, endless } = this.#golden
    if (refusal?.kind === 'failed') return 'failed'
    if (refusal?.kind === 'stopped') return refusal.text
    return endless === undefined ? 'inert' : 'reaction-limit'
  }

  async #outcome(seed: number, strategy: Strategy): Promise<Outcome> {
    const { endless, limits, injections } = this.#golden
    const { value = SolutionValue.empty } = firstSolution(this.#program, seed)
    const engine = this.#run.make(value, {
      seed,
      strategy,
      limits: { depth: DEFAULT_DEPTH, reactions: endless ?? MOST_REACTIONS, ...limits },
      clock: this.#run.clock,
      ...(this.#run.signal !== undefined && { signal: this.#run.signal }),
    })
    let outcome = await engine.run()
    for (const text of injections) {
      engine.inject(this.#read(text))
      outcome = await engine.run()
    }
    return outcome
  }

  #checkResult(result: SolutionValue, where: string): void {
    const { result: only, results, properties } = this.#golden
    const listed = only === undefined ? results : [only]
    const expected = listed.map((text) => this.#solution(text))
    if (this.found.length > 0) return
    if (listed.length > 0 && !expected.some((each) => each !== undefined && equal(each, result)))
      this.found.push(`${print(result)} came out ${where}, not ${listed.join(' or ')}`)
    for (const { kind, text } of properties) {
      if (kind === 'molecules' && String(result.contents().size()) !== text)
        this.found.push(
          `${String(result.contents().size())} molecules came out ${where}, not ${text}`,
        )
      if (kind === 'matches' && !this.#isMatched(text, result))
        this.found.push(`${print(result)} came out ${where}, which \`${text}\` does not match`)
    }
  }

  /** Each listed result must be one that can be reached, and no other. */
  #checkList(): void {
    const { value } = firstSolution(this.#program, 1)
    if (value === undefined || this.#golden.injections.length > 0) return
    let found: readonly SolutionValue[]
    try {
      const exploration = explore(value, MOST_STATES)
      if (!exploration.isComplete || exploration.hasCycle) return
      found = exploration.inert
    } catch {
      // What is random or answers later cannot be explored.
      return
    }
    const expected = this.#golden.results.map((text) => this.#solution(text))
    for (const each of found)
      if (!expected.some((other) => other !== undefined && equal(each, other)))
        this.found.push(`${print(each)} can come out too`)
    expected.forEach((each, i) => {
      if (each !== undefined && !found.some((other) => equal(each, other)))
        this.found.push(`${this.#golden.results[i] ?? ''} can never come out`)
    })
  }

  /** Molecules written in a mark, in the program's own scope. */
  #read(text: string): readonly Entry[] {
    const { molecules, diagnostics } = this.#program.molecules(new Source('mark', text))
    const error = diagnostics.find(({ severity }) => severity === 'error')
    const loaded = error === undefined ? moleculesOf(molecules, 1) : { diagnostic: error }
    if (loaded.diagnostic === undefined) return loaded.value
    this.found.push(`\`${text}\` cannot be read: ${loaded.diagnostic.title}`)
    return []
  }

  #solution(text: string): SolutionValue | undefined {
    const before = this.found.length
    const [only, ...others] = this.#read(text)
    if (only?.[0] instanceof SolutionValue && others.length === 0) return only[0]
    if (this.found.length === before) this.found.push(`\`${text}\` is not one solution`)
    return undefined
  }

  /** Lets a rule with the pattern try the solution. */
  #isMatched(text: string, result: SolutionValue): boolean {
    const [pattern = '', ...condition] = text.split(/ (?=if )/)
    const [entry] = this.#read(`(one ${pattern} by MATCHED ${condition.join(' ')})`)
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

/** `HOCL1xx` stands for all codes that begin so. */
function isLike(code: string, pattern: string): boolean {
  return code.startsWith(pattern.replace(/xx$/, '')) && (pattern.endsWith('xx') || code === pattern)
}

function codesOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ code, title }) => `${code} ${title}`).join('; ')
}
