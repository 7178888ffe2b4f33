import { Source } from '../../grammar/index.ts'
import {
  EvaluationFailure,
  SolutionValue,
  fromJs,
  lowerSource,
  noModules,
  prelude,
  print,
} from '../../interpreter/index.ts'
import type { Entry, HostFunction, Molecule, Namespace } from '../../interpreter/index.ts'
import { Program } from './program.ts'

/** Molecules with multiplicities, as `inject` takes them and `hocl` makes them. */
export class Molecules implements Iterable<Entry> {
  readonly #solution: SolutionValue

  constructor(entries: Iterable<Entry>) {
    this.#solution = SolutionValue.of(entries)
  }

  [Symbol.iterator](): Iterator<Entry> {
    return this.#solution.contents().listed()[Symbol.iterator]()
  }

  /** All of them in one solution. */
  get solution(): SolutionValue {
    return this.#solution
  }

  toString(): string {
    return print(this.#solution).slice(1, -1).trim()
  }
}

/** A template of plain data that was read: its values are asked for each time. */
interface Template {
  read: () => readonly Entry[]
  values: readonly Molecule[]
}

const templates = new WeakMap<TemplateStringsArray, Template>()

/**
 * Molecules of a text with values in it: hocl`JOB:${5}, <...${list}>`. A value is never read as text,
 * whatever it holds. A number without a fraction is an Int, an array a list, a `Set` a solution, a `Map` or
 * plain object the solution of its `key:value` tuples, what `hocl` made a solution; `...` opens any of
 * these. Throws a `ProgramError` where the text is wrong, and a `TypeError` for a value that is no molecule.
 */
export function hocl(texts: TemplateStringsArray, ...values: readonly unknown[]): Molecules {
  const molecules = values.map(moleculeOf)
  const known = templates.get(texts)
  if (known !== undefined) {
    known.values = molecules
    return new Molecules(known.read())
  }
  const constants = new Map(molecules.map((molecule, i) => [nameOf(i), molecule]))
  const program = programWith({ functions: new Map(), constants, classes: new Map() })
  const entries = program.molecules(textOf(texts, ''))
  // Rules keep their values, and a multiplicity is worked out when it is read: these are read each time.
  const isPlain = program.lowered.shapes.length === 0 && !texts.raw.some(endsInMultiplicity)
  if (isPlain) templates.set(texts, plainTemplate(texts, molecules))
  return new Molecules(entries)
}

function endsInMultiplicity(text: string): boolean {
  return text.trimEnd().endsWith('^')
}

function plainTemplate(texts: TemplateStringsArray, values: readonly Molecule[]): Template {
  const functions = new Map<string, HostFunction>()
  const template: Template = { read: () => [], values }
  for (const i of values.keys())
    functions.set(nameOf(i), {
      name: `${NAMESPACE}.${nameOf(i)}`,
      arity: [0, 0],
      isPure: false,
      isAsync: false,
      apply: () => template.values[i] ?? 0,
    })
  const program = programWith({ functions, constants: new Map(), classes: new Map() })
  template.read = program.reader(textOf(texts, '()'))
  return template
}

/** What the values stand in while the text is read. */
const NAMESPACE = 'given'

function nameOf(index: number): string {
  return `value${String(index + 1)}`
}

/** The text with a name for each value. */
function textOf({ raw }: TemplateStringsArray, after: '' | '()'): string {
  return raw
    .map((part, i) => (i < raw.length - 1 ? `${part}${NAMESPACE}.${nameOf(i)}${after}` : part))
    .join('')
}

function programWith(values: Namespace): Program {
  const namespaces = new Map([...prelude.namespaces, [NAMESPACE, values]])
  const host = { ...prelude, namespaces }
  const lowered = lowerSource(new Source('template', '<>'), { host, modules: noModules })
  return new Program(lowered, host)
}

function moleculeOf(value: unknown, index: number): Molecule {
  if (value instanceof Molecules) return value.solution
  try {
    return fromJs(value, () => undefined, `value ${String(index + 1)} of the template`)
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    throw new TypeError(error.message, { cause: error })
  }
}
