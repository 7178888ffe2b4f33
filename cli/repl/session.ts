import { parseMolecules, Source } from '../../grammar/index.ts'
import type { Diagnostic } from '../../grammar/index.ts'
import {
  DEFAULT_DEPTH,
  firstSolution,
  isRule,
  lowerSource,
  moleculesOf,
  prelude,
  SolutionValue,
} from '../../interpreter/index.ts'
import type {
  Reducer,
  Rule,
  Entry,
  Host,
  LoweredProgram,
  Outcome,
  Reaction,
  Strategy,
} from '../../interpreter/index.ts'
import { refuseEndlessSums } from '../endless.ts'
import type { MakeMachine } from '../machine.ts'
import { FileModules } from '../modules.ts'
import { hasErrors, Rejection } from '../rejection.ts'
import { knownRules } from './rule-names.ts'
import { Origins, partsOf } from './typed.ts'
import type { Parts, Typed, TypedDefinition } from './typed.ts'

/** What a line of input was: what it imports and defines, and what it added. */
export interface Entered {
  readonly imports: readonly string[]
  readonly definitions: readonly string[]
  readonly entries: readonly Entry[]
  /** Warnings and hints. */
  readonly diagnostics: readonly Diagnostic[]
}

/** How a run ended; it can have failed by what a host module did. */
export interface Advanced {
  readonly outcome: Outcome
  readonly trouble?: Error
}

/** Runs a machine that may call host modules, which can do what no reaction does. The signal is to stop it. */
export type RunWithHosts = (start: (signal: AbortSignal) => Reducer) => Promise<Advanced>

/** What going back has changed beside the solution. */
export interface Undone {
  /** How many changes were taken back; fewer than asked for where there were no more. */
  readonly times: number
  /** Definitions and imports that are gone. */
  readonly gone: readonly string[]
  /** Definitions and imports that are again what they were. */
  readonly back: readonly string[]
}

/** What reduces the solution, and what it can be told. */
export interface Machines {
  readonly make: MakeMachine
  readonly strategies: readonly Strategy[]
  readonly withHosts: RunWithHosts
}

/** All that `:undo` gives back. */
interface Moment {
  readonly solution: SolutionValue
  readonly turns: number
  readonly imports: readonly Typed[]
  readonly definitions: readonly TypedDefinition[]
}

const MOST_MOMENTS = 1000

/**
 * A living solution: it keeps definitions, takes molecules, reacts step by step or until inert, and can
 * go back. It neither reads input nor prints.
 */
export class Session {
  #imports: readonly Typed[] = []
  #definitions: readonly TypedDefinition[] = []
  readonly #origins = new Origins()
  #program: LoweredProgram
  #machine: Reducer | undefined
  /** Where no machine has been made yet. */
  #first = SolutionValue.empty
  #seed = 1
  #strategy: Strategy = 'fast'
  #entries = 0
  /** How often it has reacted: with the seed it decides, so that steps differ and a first run is that of `hocl run`. */
  #turns = 0
  #host: Host
  readonly #past: Moment[] = []
  readonly #modules = new FileModules()
  readonly #make: MakeMachine
  readonly #withHosts: RunWithHosts
  #observe: ((reaction: Reaction) => void) | undefined
  #controller = new AbortController()
  /** Those that its machine knows. */
  readonly strategies: readonly Strategy[]
  /** The files that it was saved in. */
  readonly saved = new Set<string>()

  constructor(host: Host, { make, strategies, withHosts }: Machines) {
    this.#host = host
    this.#make = make
    this.strategies = strategies
    this.#withHosts = withHosts
    this.#program = this.#lowered([], [])
  }

  get solution(): SolutionValue {
    return this.#machine?.solution ?? this.#first
  }

  get program(): LoweredProgram {
    return this.#program
  }

  get host(): Host {
    return this.#host
  }

  /** Whether functions of host modules can be called. */
  get hasHosts(): boolean {
    return this.#host !== prelude
  }

  get definitions(): readonly TypedDefinition[] {
    return this.#definitions
  }

  get seed(): number {
    return this.#seed
  }

  get strategy(): Strategy {
    return this.#strategy
  }

  /** Imports and definitions as they were written. */
  get definitionsText(): string {
    return [...this.#imports, ...this.#definitions].map(({ text }) => `${text}\n`).join('')
  }

  /** Reads definitions and molecules. What is wrong throws a `Rejection`, and nothing has changed. */
  enter(text: string): Entered {
    return this.#entered(new Source(`input ${++this.#entries}`, text))
  }

  /** The same for a text with a name of its own: a library. */
  enterSource(source: Source): Entered {
    return this.#entered(source)
  }

  /** The last `enter` again, with more text. What is wrong leaves the first as it was. */
  amend(text: string): Entered {
    const before = this.#moment()
    const last = this.#past.pop()
    if (last === undefined) return this.enter(text)
    this.#restore(last)
    try {
      return this.enter(text)
    } catch (error) {
      this.#past.push(last)
      this.#restore(before)
      throw error
    }
  }

  #entered(source: Source): Entered {
    const parsed = parseMolecules(source)
    if (hasErrors(parsed.diagnostics)) throw new Rejection(parsed.diagnostics)
    const before = this.#moment()
    const { imports, definitions, elements } = partsOf(source, parsed)
    try {
      const warnings = this.#define(imports, definitions)
      const { entries, diagnostics } = this.#molecules(elements, source)
      this.#remember(before)
      this.#add(entries)
      return {
        imports: imports.map(({ text }) => text),
        definitions: definitions.map(({ name }) => name),
        entries,
        diagnostics: [...warnings, ...diagnostics],
      }
    } catch (error) {
      this.#imports = before.imports
      this.#definitions = before.definitions
      this.#program = this.#lowered(this.#imports, this.#definitions)
      throw error
    }
  }

  /** The molecules that a text stands for, without adding them. */
  read(text: string): readonly Entry[] {
    const source = new Source('input', text)
    const { diagnostics } = parseMolecules(source)
    if (hasErrors(diagnostics)) throw new Rejection(diagnostics)
    return this.#molecules(text, source).entries
  }

  /** Which rules are written as their names where the text is read at the prompt. */
  knownHere(): (rule: Rule) => boolean {
    const resolve = (name: string): Rule | undefined => {
      const { molecules, diagnostics } = this.#program.molecules(new Source('name', name))
      return hasErrors(diagnostics)
        ? undefined
        : ruleAmong(moleculesOf(molecules, this.#seed).value)
    }
    return knownRules(this.solution, resolve)
  }

  /** Which rules are written as their names where the text is a program of its own, with the definitions before it. */
  knownInProgram(): (rule: Rule) => boolean {
    const resolve = (name: string): Rule | undefined => {
      const source = new Source('saved', `${this.definitionsText}<${name}>`)
      const program = lowerSource(source, { host: this.#host, modules: this.#modules })
      if (hasErrors(program.diagnostics)) return undefined
      return ruleAmong(firstSolution(program, this.#seed).value?.contents().entries())
    }
    return knownRules(this.solution, resolve)
  }

  /** A diagnostic that came of what was typed, at the places where it was typed. */
  placed(diagnostic: Diagnostic): Diagnostic {
    return this.#origins.placed(diagnostic)
  }

  /** Adds molecules that come from elsewhere: data. */
  inject(entries: readonly Entry[]): void {
    this.#remember(this.#moment())
    this.#add(entries)
  }

  /** Reacts until inert, or so many times. Each reaction is told. */
  async run(most: number, tell?: (reaction: Reaction) => void): Promise<Advanced> {
    this.#remember(this.#moment())
    this.#observe = tell
    this.#controller = new AbortController()
    const start = (signal: AbortSignal): Reducer => this.#restarted(most, signal)
    try {
      const reduction = this.hasHosts
        ? await this.#withHosts(start)
        : { outcome: await start(this.#controller.signal).run() }
      this.#first = reduction.outcome.solution
      return reduction
    } finally {
      this.#observe = undefined
    }
  }

  /** Ends a run between two reactions. */
  interrupt(): void {
    this.#controller.abort()
  }

  /** Goes back so many changes. */
  undo(times: number): Undone {
    const before = [...this.#imports, ...this.#definitions]
    let done = 0
    let moment: Moment | undefined
    for (; done < times && this.#past.length > 0; done++) moment = this.#past.pop()
    if (moment !== undefined) this.#restore(moment)
    const after = [...this.#imports, ...this.#definitions]
    const names = new Set(after.map(nameOf))
    return {
      times: done,
      gone: before.map(nameOf).filter((name) => !names.has(name)),
      back: after.filter((each) => !before.includes(each)).map(nameOf),
    }
  }

  /** Everything gone but the host; `:undo` brings it back. */
  reset(): void {
    this.#remember(this.#moment())
    this.#restore({ solution: SolutionValue.empty, turns: 0, imports: [], definitions: [] })
  }

  /** A program in place of what there was. */
  replace(
    { imports, definitions }: Pick<Parts, 'imports' | 'definitions'>,
    solution: SolutionValue,
  ): void {
    this.#remember(this.#moment())
    this.#restore({ solution, turns: 0, imports, definitions })
  }

  setSeed(seed: number): void {
    this.#seed = seed
    this.#turns = 0
  }

  setStrategy(strategy: Strategy): void {
    this.#strategy = strategy
  }

  setHost(host: Host): void {
    this.#host = host
    this.#program = this.#lowered(this.#imports, this.#definitions)
  }

  /** A machine for the next reactions. */
  #restarted(most: number, signal: AbortSignal): Reducer {
    this.#machine = this.#make(this.solution, {
      seed: this.#seed + this.#turns++,
      strategy: this.#strategy,
      limits: { depth: DEFAULT_DEPTH, ...(Number.isFinite(most) && { reactions: most }) },
      signal,
      clock: () => performance.now(),
      ...(this.#observe !== undefined && { observe: this.#observe }),
    })
    return this.#machine
  }

  #add(entries: readonly Entry[]): void {
    if (entries.length === 0) return
    refuseEndlessSums(this.solution.contents().listed(), entries)
    this.#first = new SolutionValue(this.solution.contents().plus(entries))
    this.#machine = undefined
  }

  /** Adds definitions; one of a name that is there takes the place of the old one. */
  #define(imports: readonly Typed[], added: readonly TypedDefinition[]): readonly Diagnostic[] {
    if (imports.length === 0 && added.length === 0) return []
    const names = new Set(added.map(({ name }) => name))
    const last = [...this.#definitions.filter(({ name }) => !names.has(name)), ...added]
    const inPlace = this.#definitions.map(
      (old) => added.find(({ name }) => name === old.name) ?? old,
    )
    const fresh = added.filter(({ name }) => !this.#definitions.some((old) => old.name === name))
    const known = new Set(this.#imports.map(({ text }) => text))
    const allImports = [...this.#imports, ...imports.filter(({ text }) => !known.has(text))]
    let program = this.#lowered(allImports, last)
    let definitions: readonly TypedDefinition[] = last
    if (hasErrors(program.diagnostics) && names.size > fresh.length) {
      // Others may use the old one: then the new one stands where it stood.
      definitions = [...inPlace, ...fresh]
      program = this.#lowered(allImports, definitions)
    }
    const news = this.#news(program)
    if (hasErrors(news)) throw new Rejection(news)
    this.#imports = allImports
    this.#definitions = definitions
    this.#program = program
    return news
  }

  /** What was not told when the definitions so far were made. */
  #news(program: LoweredProgram): readonly Diagnostic[] {
    const told = new Set(this.#program.diagnostics.map((each) => keyOf(this.placed(each))))
    return program.diagnostics
      .filter(({ code }) => !waitsForUse(code))
      .map((each) => this.placed(each))
      .filter((each) => each.severity === 'error' || !told.has(keyOf(each)))
  }

  /** What a text adds, which stands at the same place in the whole text that was typed. */
  #molecules(
    text: string,
    whole: Source,
  ): { readonly entries: readonly Entry[]; readonly diagnostics: readonly Diagnostic[] } {
    const lowered = this.#program.molecules(this.#origins.part(text, whole))
    const diagnostics = lowered.diagnostics.map((each) => this.placed(each))
    if (hasErrors(diagnostics)) throw new Rejection(diagnostics)
    const loaded = moleculesOf(lowered.molecules, this.#seed)
    if (loaded.value === undefined) throw new Rejection([this.placed(loaded.diagnostic)])
    return { entries: loaded.value, diagnostics }
  }

  #lowered(imports: readonly Typed[], definitions: readonly TypedDefinition[]): LoweredProgram {
    return lowerSource(this.#origins.program([...imports, ...definitions]), {
      host: this.#host,
      modules: this.#modules,
    })
  }

  #moment(): Moment {
    return {
      solution: this.solution,
      turns: this.#turns,
      imports: this.#imports,
      definitions: this.#definitions,
    }
  }

  #remember(moment: Moment): void {
    this.#past.push(moment)
    if (this.#past.length > MOST_MOMENTS) this.#past.shift()
  }

  #restore({ solution, turns, imports, definitions }: Moment): void {
    this.#first = solution
    this.#machine = undefined
    this.#turns = turns
    this.#imports = imports
    this.#definitions = definitions
    this.#program = this.#lowered(imports, definitions)
  }
}

function ruleAmong(entries: Iterable<Entry> | undefined): Rule | undefined {
  const [only, ...others] = entries ?? []
  return only !== undefined && isRule(only[0]) && others.length === 0 ? only[0] : undefined
}

/** That nothing uses it is no news at a prompt: a definition waits there to be used. */
function waitsForUse(code: string): boolean {
  return code === 'HOCL215'
}

function keyOf({ code, title, labels: [{ source, span }] }: Diagnostic): string {
  return `${code} ${source.name} ${String(span.start)} ${title}`
}

function nameOf(typed: Typed | TypedDefinition): string {
  return 'name' in typed ? typed.name : typed.text
}
