import { parseMolecules, Source } from '../../grammar/index.ts'
import type { Diagnostic, ParsedMolecules } from '../../grammar/index.ts'
import { DEFAULT_DEPTH, lowerSource, moleculesOf, SolutionValue } from '../../interpreter/index.ts'
import type {
  Reducer,
  Entry,
  Host,
  LoweredProgram,
  Outcome,
  Reaction,
  Strategy,
} from '../../interpreter/index.ts'
import type { MakeMachine } from '../machine.ts'
import type { FileModules } from '../modules.ts'
import { hasErrors, Rejection } from '../rejection.ts'

/** What a line of input was: how many definitions it made, and what it added. */
export interface Entered {
  readonly definitions: readonly string[]
  readonly entries: readonly Entry[]
  /** Warnings and hints. */
  readonly diagnostics: readonly Diagnostic[]
}

/** How a run ended, and the reactions of it. */
export interface Advanced {
  readonly outcome: Outcome
  readonly reactions: number
}

interface Definition {
  readonly name: string
  readonly text: string
}

/** All that `:undo` gives back. */
interface Moment {
  readonly solution: SolutionValue
  readonly turns: number
  readonly imports: readonly string[]
  readonly definitions: readonly Definition[]
}

const MOST_MOMENTS = 1000

/**
 * A living solution: it keeps definitions, takes molecules, reacts step by step or until inert, and can
 * go back. It neither reads input nor prints.
 */
export class Session {
  #imports: readonly string[] = []
  #definitions: readonly Definition[] = []
  #program: LoweredProgram
  #machine: Reducer | undefined
  /** Where no machine has been made yet. */
  #first = SolutionValue.empty
  #seed = 1
  #strategy: Strategy = 'fast'
  #entered = 0
  /** How often it has reacted: with the seed it decides, so that steps differ and a first run is that of `hocl run`. */
  #turns = 0
  #host: Host
  readonly #past: Moment[] = []
  readonly #modules: FileModules
  readonly #make: MakeMachine
  #observe: ((reaction: Reaction) => void) | undefined
  #controller = new AbortController()

  constructor(host: Host, modules: FileModules, make: MakeMachine) {
    this.#host = host
    this.#modules = modules
    this.#make = make
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

  get definitions(): readonly Definition[] {
    return this.#definitions
  }

  get seed(): number {
    return this.#seed
  }

  /** Imports and definitions as they were written. */
  get definitionsText(): string {
    const lines = [...this.#imports, ...this.#definitions.map(({ text }) => text)]
    return lines.map((line) => `${line}\n`).join('')
  }

  /** Reads definitions and molecules. What is wrong throws a `Rejection`, and nothing has changed. */
  enter(text: string): Entered {
    const source = new Source(`input ${++this.#entered}`, text)
    const parsed = parseMolecules(source)
    if (hasErrors(parsed.diagnostics)) throw new Rejection(parsed.diagnostics)
    const before = this.#moment()
    const { imports, definitions, elements } = partsOf(source, parsed)
    try {
      const warnings = this.#define(imports, definitions)
      const { entries, diagnostics } = this.#molecules(source.name, elements)
      this.#remember(before)
      this.#add(entries)
      return {
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
    return this.#molecules('input', text).entries
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
    const machine = this.#restarted(most)
    const outcome = await machine.run()
    this.#observe = undefined
    this.#first = outcome.solution
    return { outcome, reactions: machine.reactions }
  }

  /** Ends a run between two reactions. */
  interrupt(): void {
    this.#controller.abort()
  }

  /** Goes back so many changes; gives how many there were to go back. */
  undo(times: number): number {
    let done = 0
    let moment: Moment | undefined
    for (; done < times && this.#past.length > 0; done++) moment = this.#past.pop()
    if (moment !== undefined) this.#restore(moment)
    return done
  }

  /** Everything gone but the host; `:undo` brings it back. */
  reset(): void {
    this.#remember(this.#moment())
    this.#restore({ solution: SolutionValue.empty, turns: 0, imports: [], definitions: [] })
  }

  /** A program in place of what there was. */
  replace(text: string, solution: SolutionValue): void {
    this.#remember(this.#moment())
    const source = new Source('program', text)
    const { imports, definitions } = partsOf(source, parseMolecules(source))
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
  #restarted(most: number): Reducer {
    this.#machine = this.#make(this.solution, {
      seed: this.#seed + this.#turns++,
      strategy: this.#strategy,
      limits: { depth: DEFAULT_DEPTH, ...(Number.isFinite(most) && { reactions: most }) },
      signal: this.#controller.signal,
      clock: () => performance.now(),
      ...(this.#observe !== undefined && { observe: this.#observe }),
    })
    return this.#machine
  }

  #add(entries: readonly Entry[]): void {
    if (entries.length === 0) return
    this.#first = new SolutionValue(this.solution.contents().plus(entries))
    this.#machine = undefined
  }

  /** Adds definitions; one of a name that is there takes the place of the old one. */
  #define(imports: readonly string[], added: readonly Definition[]): readonly Diagnostic[] {
    if (imports.length === 0 && added.length === 0) return []
    const names = new Set(added.map(({ name }) => name))
    const last = [...this.#definitions.filter(({ name }) => !names.has(name)), ...added]
    const inPlace = this.#definitions.map(
      (old) => added.find(({ name }) => name === old.name) ?? old,
    )
    const fresh = added.filter(({ name }) => !this.#definitions.some((old) => old.name === name))
    const allImports = [...new Set([...this.#imports, ...imports])]
    let program = this.#lowered(allImports, last)
    let definitions: readonly Definition[] = last
    if (hasErrors(program.diagnostics) && names.size > fresh.length) {
      // Others may use the old one: then the new one stands where it stood.
      definitions = [...inPlace, ...fresh]
      program = this.#lowered(allImports, definitions)
    }
    if (hasErrors(program.diagnostics)) throw new Rejection(program.diagnostics.filter(isNews))
    this.#imports = allImports
    this.#definitions = definitions
    this.#program = program
    return program.diagnostics.filter(isNews)
  }

  #molecules(
    name: string,
    text: string,
  ): { readonly entries: readonly Entry[]; readonly diagnostics: readonly Diagnostic[] } {
    const { molecules, diagnostics } = this.#program.molecules(new Source(name, text))
    if (hasErrors(diagnostics)) throw new Rejection(diagnostics)
    const loaded = moleculesOf(molecules, this.#seed)
    if (loaded.value === undefined) throw new Rejection([loaded.diagnostic])
    return { entries: loaded.value, diagnostics }
  }

  #lowered(imports: readonly string[], definitions: readonly Definition[]): LoweredProgram {
    const text = [...imports, ...definitions.map((each) => each.text), '<>'].join('\n')
    return lowerSource(new Source('definitions', text), {
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

/** Definitions at a prompt wait to be used. */
function isNews({ code }: Diagnostic): boolean {
  return code !== 'HOCL215'
}

interface Parts {
  readonly imports: readonly string[]
  readonly definitions: readonly Definition[]
  /** What is added, as text. */
  readonly elements: string
}

/** A rule that is named as it is added is defined as well, so that its name can be used later. */
function partsOf(source: Source, { imports, molecules }: ParsedMolecules): Parts {
  const definitions: Definition[] = []
  const elements: string[] = []
  for (const item of molecules.items) {
    const text = source.slice(item.span)
    if (item.kind === 'definition') {
      definitions.push({ name: item.name.text, text: text.endsWith('in') ? text : `${text} in` })
      continue
    }
    elements.push(text)
    if (item.kind === 'named-rule')
      definitions.push({
        name: item.name.text,
        text: `let rec ${item.name.text} = ${source.slice(item.rule.span)} in`,
      })
  }
  return {
    imports: imports.map(({ span }) => source.slice(span)),
    definitions,
    elements: elements.join(', '),
  }
}
