import { Source, render } from '../../grammar/index.ts'
import type { Diagnostic } from '../../grammar/index.ts'
import {
  firstSolution,
  hostWith,
  isRule,
  lowerSource,
  moleculesOf,
  pendingAgain,
  prelude,
} from '../../interpreter/index.ts'
import type {
  Entry,
  Host,
  LoweredProgram,
  ModuleLoader,
  Molecule,
  Pending,
  Rule,
  RuleShape,
  SolutionValue,
} from '../../interpreter/index.ts'

/** What a program can reach beside itself. */
export interface ProgramOptions {
  /** What messages call it; `program.hocl` unless given. */
  readonly name?: string
  /**
   * Functions, classes and constants by the names that programs use. A function may answer with a promise.
   * `pure` lists the names of those that depend on their arguments only: they may stand in conditions.
   */
  readonly host?: Readonly<Record<string, unknown>>
  /** Texts of modules by the names that imports use: `standardModules` of `hocl/stdlib`, or `./more.hocl`. */
  readonly modules?: ReadonlyMap<string, string> | Readonly<Record<string, string>>
}

/** A text that is no program: nothing runs. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError'
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    super(errors.map((each) => render(each)).join('\n\n'))
    this.diagnostics = diagnostics
  }
}

/** Where the shape of a rule is among those of the program, or of a text that was read in its scope. */
export interface ShapeOrigin {
  readonly text: string | undefined
  readonly at: number
  /** Whether it is that rule with n shots. */
  readonly isRepeated: boolean
}

/** What a call that waits is known by. */
interface PendingNumbers {
  readonly id: number
  readonly key: string
  readonly reactants: readonly Entry[]
}

/** A text that was read in the scope of a program, and the rules in it. */
interface ReadText {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** A program that is ready to run any number of times. `parse` makes them. */
export class Program {
  readonly #lowered: LoweredProgram
  /** What its texts, and rules that are built, can call. */
  readonly host: Host
  /** The texts of the modules that it imports. */
  readonly modules: ReadonlyMap<string, string>
  /** How many rules the program itself has; those of texts come after them. */
  readonly #ownShapes: number
  readonly #read: ReadText[] = []
  readonly #places = new Map<RuleShape, number>()
  #placed = 0

  constructor(lowered: LoweredProgram, host: Host, modules: Program['modules'] = new Map()) {
    this.#lowered = lowered
    this.host = host
    this.modules = modules
    this.#ownShapes = lowered.shapes.length
    if (lowered.diagnostics.some(isError)) throw new ProgramError(lowered.diagnostics)
  }

  /** The same with all names resolved, for what takes programs in that form. */
  get lowered(): LoweredProgram {
    return this.#lowered
  }

  /** What it starts with. Functions that draw by chance do so by the seed. */
  first(seed: number): SolutionValue {
    const { value, diagnostic } = firstSolution(this.#lowered, seed)
    if (value === undefined) throw new ProgramError([diagnostic])
    return value
  }

  /** The molecules that a text means where the program's definitions are known. */
  molecules(text: string, seed = 1): readonly Entry[] {
    return this.#reader(new Source('molecules', text))(seed)
  }

  /** The same for a text that is read once and worked out each time. */
  reader(text: string): () => readonly Entry[] {
    const read = this.#reader(new Source('molecules', text))
    return () => read(1)
  }

  /** The rule that would take what `patterns` say where `condition` holds. */
  taker(patterns: string, condition?: string): Rule {
    const before = '(one '
    const after = condition === undefined ? ' by ∅' : ` by ∅ if ${condition}`
    const source = new Source('pattern', `${before}${patterns}\n${after})`, {
      line: 1,
      column: 1 - before.length,
    })
    const [entry, ...more] = this.#reader(source)(1)
    if (entry === undefined || more.length > 0 || !isRule(entry[0]))
      throw new TypeError(`\`${patterns}\` is more than patterns`)
    return entry[0]
  }

  /** Undefined for a rule that comes from somewhere else. */
  originOf(shape: RuleShape): ShapeOrigin | undefined {
    const { shapes } = this.#lowered
    for (; this.#placed < shapes.length; this.#placed++) {
      const known = shapes[this.#placed]
      if (known !== undefined) this.#places.set(known, this.#placed)
    }
    const single = shape.shots === 'many' && !this.#places.has(shape)
    const place = single
      ? shapes.findIndex((each) => each.shots === 'one' && each.repeated() === shape)
      : (this.#places.get(shape) ?? -1)
    if (place < 0) return undefined
    if (place < this.#ownShapes) return { text: undefined, at: place, isRepeated: single }
    const read = this.#read.find(({ from, to }) => from <= place && place < to)
    return read && { text: read.text, at: place - read.from, isRepeated: single }
  }

  /** The shape that has such an origin here; undefined where there is none. */
  shapeAt({ text, at, isRepeated }: ShapeOrigin): RuleShape | undefined {
    const { from, to } =
      text === undefined ? { from: 0, to: this.#ownShapes } : this.#readAgain(text)
    const shape = from + at < to ? this.#lowered.shapes[from + at] : undefined
    return isRepeated ? shape?.repeated() : shape
  }

  /** The rules of a text, which is read once for this. */
  #readAgain(text: string): { readonly from: number; readonly to: number } {
    const known = this.#read.find((read) => read.text === text)
    if (known !== undefined) return known
    this.#reader(new Source('molecules', text))
    return this.#read.find((read) => read.text === text) ?? { from: 0, to: 0 }
  }

  /** A call that waits, of the text of its product element. Nothing is called. */
  pending(text: string, form: PendingNumbers): Pending | undefined {
    const { molecules, diagnostics } = this.#lowered.molecules(new Source('a call', text))
    const [first] = molecules.elements
    if (diagnostics.some(isError) || first === undefined) return undefined
    return pendingAgain(molecules, { ...form, place: first.place })
  }

  #reader(source: Source): (seed: number) => readonly Entry[] {
    const from = this.#lowered.shapes.length
    const { molecules, diagnostics } = this.#lowered.molecules(source)
    if (diagnostics.some(isError)) throw new ProgramError(diagnostics)
    const to = this.#lowered.shapes.length
    if (to > from) this.#read.push({ text: source.text, from, to })
    return (seed) => {
      const { value, diagnostic } = moleculesOf(molecules, seed)
      if (value === undefined) throw new ProgramError([diagnostic])
      return value
    }
  }
}

/** Reads a program. Throws a `ProgramError` that says what is wrong, and where. */
export function parse(text: string, options: ProgramOptions = {}): Program {
  return parseFor(hostOf(options.host), text, options)
}

/** The same for a host that is made already. */
export function parseFor(
  host: Host,
  text: string,
  { name = 'program.hocl', modules = {} }: Omit<ProgramOptions, 'host'> = {},
): Program {
  const texts = new TextModules(modules)
  return new Program(
    lowerSource(new Source(name, text), { host, modules: texts }),
    host,
    texts.read,
  )
}

/** The prelude, and what an application registers. */
export function hostOf(exports: ProgramOptions['host']): Host {
  return exports === undefined ? prelude : hostWith(prelude, [{ origin: 'the host', exports }])
}

/** Modules that are texts. */
class TextModules implements ModuleLoader {
  readonly #texts: ReadonlyMap<string, string>
  readonly #sources = new Map<string, Source>()
  /** Those that were asked for. */
  readonly read = new Map<string, string>()

  constructor(texts: ReadonlyMap<string, string> | Readonly<Record<string, string>>) {
    this.#texts = isMap(texts) ? texts : new Map(Object.entries(texts))
  }

  get standardNames(): readonly string[] {
    return [...this.#texts.keys()].filter((name) => !name.startsWith('.'))
  }

  standard(path: string): Source | undefined {
    return this.#source(path)
  }

  file(path: string): Source | undefined {
    return this.#source(path)
  }

  #source(name: string): Source | undefined {
    const text = this.#texts.get(name)
    if (text === undefined) return undefined
    const source = this.#sources.get(name) ?? new Source(name, text)
    this.#sources.set(name, source)
    this.read.set(name, text)
    return source
  }
}

/** A map of any make, such as the standard modules have; in a plain object all values are texts. */
function isMap(
  texts: ReadonlyMap<string, string> | Readonly<Record<string, string>>,
): texts is ReadonlyMap<string, string> {
  return typeof texts.get === 'function'
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error'
}

/** Whether a molecule is a rule of that name. */
export function isRuleNamed(molecule: Molecule, name: string): boolean {
  return isRule(molecule) && molecule.shape.name === name
}
