import { isSymbolName } from './atom-text.ts'
import { BugError, DataError } from './errors.ts'
import { fitted } from './fitted.ts'
import { EvaluationFailure, SizeFailure } from './failures.ts'
import { ArithmeticFailure, demote, parseInt10 } from './integer.ts'
import type { Int } from './integer.ts'
import { Float, List, symbol, Tuple } from './molecule.ts'
import type { Entry, Molecule } from './molecule.ts'
import { DEEPEST_DATA, LARGEST_INT_DIGITS } from './size-limits.ts'
import { SolutionValue } from './multiset.ts'
import type { PendingForm } from './pending-form.ts'

/** A rule as the exchange form has it. */
export interface RuleForm {
  /** Undefined for an anonymous rule. */
  readonly name: string | undefined
  readonly captured: readonly Molecule[]
  readonly source: string | undefined
}

/** A pending molecule as the exchange form has it: its element with all values put in, and what goes with it. */
export interface PendingText extends PendingForm {
  readonly text: string
}

/** What only a program can give back: its rules, values of its host classes, and calls that wait. */
export interface JsonContext {
  /** Undefined where the program has no such rule. */
  readonly rule?: (form: RuleForm) => Molecule | undefined
  /** `new className(…args)`; undefined where no such class is registered. */
  readonly host?: (className: string, args: readonly Molecule[]) => Molecule | undefined
  /** The element again, which will make its calls. */
  readonly pending?: (form: PendingText) => Molecule
}

/**
 * The molecule of an exchange form, be it of `JSON.parse` or of `parseJson`. Checks everything: what does
 * not fit is a `DataError` that names the path, as `solution[3][0].tuple[1]`.
 */
export function fromJson(value: unknown, context: JsonContext = {}): Molecule {
  return read(value, context)
}

/** One `[molecule, multiplicity]` pair of a solution, as `hocl run --json` lists them. */
export function pairFromJson(value: unknown, context: JsonContext = {}): Entry {
  const [molecule, multiplicity] = pair(value, ROOT)
  return [read(molecule, context), readMultiplicity(multiplicity, { parent: ROOT, step: '[1]' })]
}

/** The way to a value, from the inside out. */
interface Path {
  readonly parent: Path | undefined
  readonly step: string
}

const ROOT: Path = { parent: undefined, step: '$' }

function failure(
  path: Path,
  message: string,
  hint?: string,
  code: 'HOCL625' | 'HOCL632' = 'HOCL632',
): DataError {
  const steps: string[] = []
  for (let at: Path | undefined = path; at !== undefined; at = at.parent) steps.push(at.step)
  const whole = steps.reverse()
  const shown = whole.length > 40 ? [...whole.slice(0, 20), '…', ...whole.slice(-10)] : whole
  const where = shown.slice(1).join('').replace(/^\./, '')
  return new DataError(code, where === '' ? message : `in \`${where}\`: ${message}`, { hint })
}

/** A compound whose insides are being read. */
interface Frame {
  readonly path: Path
  /** What is inside, still in JSON. */
  readonly sources: readonly unknown[]
  /** What has been read of it. */
  readonly molecules: Molecule[]
  /** For an inside that stands in a pair. */
  readonly isPairs: boolean
  readonly finish: (molecules: Molecule[]) => Molecule
}

function read(root: unknown, context: JsonContext): Molecule {
  const stack: Frame[] = []
  const atom = begin(root, ROOT, context, stack)
  if (atom !== undefined) return atom
  for (;;) {
    const top = stack.at(-1)
    if (top === undefined) throw new BugError('a form was read without an end')
    const index = top.molecules.length
    if (index < top.sources.length) {
      const step = `[${String(index)}]${top.isPairs ? '[0]' : ''}`
      const molecule = begin(top.sources[index], { parent: top.path, step }, context, stack)
      if (molecule !== undefined) top.molecules.push(molecule)
      continue
    }
    stack.pop()
    const molecule = finished(top)
    const outer = stack.at(-1)
    if (outer === undefined) return molecule
    outer.molecules.push(molecule)
  }
}

function finished({ path, molecules, finish }: Frame): Molecule {
  try {
    return finish(molecules)
  } catch (error) {
    if (error instanceof SizeFailure) throw failure(path, error.message, undefined, 'HOCL625')
    if (error instanceof EvaluationFailure) throw failure(path, error.message)
    throw error
  }
}

/** An atom, or undefined for a compound, which then waits on the stack. */
function begin(
  value: unknown,
  path: Path,
  context: JsonContext,
  stack: Frame[],
): Molecule | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return readNumber(value, path)
    case 'bigint':
      return demote(value)
    case 'object':
      if (value instanceof Float) return value
      if (value === null) throw failure(path, 'null is no molecule', 'write {"symbol":"NULL"}')
      if (Array.isArray(value))
        throw failure(
          path,
          'a bare array is no molecule',
          'write {"list":[…]}, {"tuple":[…]} or {"solution":[…]}',
        )
      return readForm(value, path, context, stack)
    default:
      throw failure(path, `a ${typeof value} is no JSON`)
  }
}

function readNumber(value: number, path: Path): Molecule {
  if (Number.isSafeInteger(value)) return value + 0
  if (Number.isFinite(value) && !Number.isInteger(value)) return new Float(value)
  throw failure(
    path,
    `${String(value)} is not exact here`,
    'write it as {"int":"…"} or {"float":…}',
  )
}

const FORMS = [
  'int',
  'float',
  'symbol',
  'tuple',
  'list',
  'solution',
  'rule',
  'host',
  'pending',
] as const
type Form = (typeof FORMS)[number]

const COMPANIONS: Readonly<Partial<Record<Form, readonly string[]>>> = {
  rule: ['captured', 'source'],
  host: ['args'],
  pending: ['key', 'reactants'],
}

function readForm(
  value: object,
  path: Path,
  context: JsonContext,
  stack: Frame[],
): Molecule | undefined {
  const members: ReadonlyMap<string, unknown> =
    value instanceof Map ? (value as Map<string, unknown>) : new Map(Object.entries(value))
  const form = FORMS.find((each) => members.has(each))
  if (form === undefined) throw unknownForm(members, path)
  for (const name of members.keys())
    if (name !== form && COMPANIONS[form]?.includes(name) !== true)
      throw failure(path, `${JSON.stringify(name)} has no meaning beside "${form}"`)
  const inner: Path = { parent: path, step: `.${form}` }
  const content = members.get(form)
  switch (form) {
    case 'int':
      return readInt(content, inner)
    case 'float':
      return readFloat(content, inner)
    case 'symbol':
      if (typeof content === 'string' && isSymbolName(content)) return symbol(content)
      throw failure(
        inner,
        `${brief(content)} is no symbol: that is a word that starts in upper case`,
      )
    case 'tuple': {
      const sources = array(content, inner)
      if (sources.length < 2) throw failure(inner, 'a tuple has two fields or more')
      stack.push(frame(inner, sources, (molecules) => new Tuple(fitted(molecules))))
      break
    }
    case 'list':
      stack.push(frame(inner, array(content, inner), (molecules) => new List(fitted(molecules))))
      break
    case 'solution':
      stack.push(solutionFrame(content, inner))
      break
    case 'rule':
      stack.push(ruleFrame(members, path, context))
      break
    case 'host':
      stack.push(hostFrame(members, path, context))
      break
    case 'pending':
      stack.push(pendingFrame(members, path, context))
  }
  if (stack.length > DEEPEST_DATA)
    throw failure(inner, `the data nests deeper than ${String(DEEPEST_DATA)} levels`)
  return undefined
}

function unknownForm(members: ReadonlyMap<string, unknown>, path: Path): DataError {
  const [name] = members.keys()
  const seen = name === undefined ? 'an empty object' : `an object with ${JSON.stringify(name)}`
  return failure(
    path,
    `${seen} is no molecule`,
    `one of ${FORMS.map((each) => `"${each}"`).join(', ')} says what it is`,
  )
}

function frame(
  path: Path,
  sources: readonly unknown[],
  finish: (molecules: Molecule[]) => Molecule,
): Frame {
  return { path, sources, molecules: [], isPairs: false, finish }
}

function array(value: unknown, path: Path): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[]
  throw failure(path, `${brief(value)} stands where \`[…]\` should`)
}

function pair(value: unknown, path: Path): readonly unknown[] {
  const parts = Array.isArray(value) ? (value as readonly unknown[]) : undefined
  if (parts?.length === 2) return parts
  throw failure(
    path,
    parts === undefined
      ? `${brief(value)} is no pair of a molecule and its multiplicity`
      : 'a pair has a molecule and a multiplicity',
    'a solution is a list of pairs: `[[5, 1], [{"symbol":"A"}, 2]]`',
  )
}

function solutionFrame(content: unknown, path: Path): Frame {
  return pairsFrame(content, path, (entries) => {
    try {
      return SolutionValue.of(entries)
    } catch (error) {
      if (error instanceof ArithmeticFailure) throw failure(path, error.message)
      throw error
    }
  })
}

function pendingFrame(
  members: ReadonlyMap<string, unknown>,
  path: Path,
  { pending }: JsonContext,
): Frame {
  const text = members.get('pending')
  const key = members.get('key')
  if (typeof text !== 'string') throw failure(path, '"pending" is the text of an element')
  if (typeof key !== 'string')
    throw failure(path, '"key" is the idempotency key, a string', 'hocl run --json writes it')
  const at: Path = { parent: path, step: '.reactants' }
  return pairsFrame(members.get('reactants') ?? [], at, (reactants) => {
    if (pending === undefined) throw failure(path, 'data holds no calls that wait')
    return pending({ text, key, reactants })
  })
}

function pairsFrame(
  content: unknown,
  path: Path,
  finish: (entries: readonly Entry[]) => Molecule,
): Frame {
  const pairs = array(content, path)
  const multiplicities: Int[] = []
  const sources = pairs.map((each, i) => {
    const at: Path = { parent: path, step: `[${String(i)}]` }
    const [molecule, multiplicity] = pair(each, at)
    multiplicities.push(readMultiplicity(multiplicity, { parent: at, step: '[1]' }))
    return molecule
  })
  return {
    path,
    sources,
    molecules: [],
    isPairs: true,
    finish: (molecules) =>
      finish(molecules.map((molecule, i): Entry => [molecule, multiplicities[i] ?? 0])),
  }
}

function readMultiplicity(value: unknown, path: Path): Int {
  if (value === 'inf') return Infinity
  if (value === '-inf') return -Infinity
  if (typeof value === 'bigint') return demote(value)
  if (Number.isSafeInteger(value)) return Number(value) + 0
  const large =
    value instanceof Map ? (value as Map<unknown, unknown>).get('int') : intMember(value)
  if (large !== undefined) return readInt(large, path)
  throw failure(path, `${brief(value)} is no multiplicity: an integer, "inf" or "-inf"`)
}

function intMember(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'int' in value ? value.int : undefined
}

function readInt(content: unknown, path: Path): Int {
  if (content === 'inf') return Infinity
  if (content === '-inf') return -Infinity
  if (typeof content === 'bigint') return demote(content)
  if (Number.isSafeInteger(content)) return Number(content) + 0
  if (typeof content === 'string' && content.length <= LARGEST_INT_DIGITS) {
    const value = parseInt10(content)
    if (value !== undefined) return value
  }
  throw failure(path, `${brief(content)} is no integer: digits in quotes, "inf" or "-inf"`)
}

function readFloat(content: unknown, path: Path): Float {
  if (content instanceof Float) return content
  if (typeof content === 'number' && Number.isFinite(content)) return new Float(content)
  if (typeof content === 'bigint' && Number.isFinite(Number(content)))
    return new Float(Number(content))
  throw failure(path, `${brief(content)} is no finite number`)
}

function ruleFrame(members: ReadonlyMap<string, unknown>, path: Path, context: JsonContext): Frame {
  const name = members.get('rule')
  const source = members.get('source')
  const at: Path = { parent: path, step: '.captured' }
  const sources = members.has('captured') ? array(members.get('captured'), at) : []
  if (name !== null && typeof name !== 'string') throw failure(path, '"rule" is a name or null')
  if (source !== undefined && typeof source !== 'string')
    throw failure(path, '"source" is a string')
  return frame(at, sources, (captured) => {
    const rule = context.rule?.({ name: name ?? undefined, captured, source })
    if (rule !== undefined) return rule
    if (context.rule === undefined)
      throw failure(path, 'data holds no rules', 'inject rules as molecules')
    throw failure(
      path,
      name === null ? 'this program has no such rule' : `this program has no rule \`${name}\``,
    )
  })
}

function hostFrame(members: ReadonlyMap<string, unknown>, path: Path, context: JsonContext): Frame {
  const className = members.get('host')
  if (typeof className !== 'string') throw failure(path, '"host" is the name of a class')
  if (!members.has('args'))
    throw failure(
      path,
      `a \`${className}\` cannot be made again`,
      'give its class a method toHocl()',
    )
  const at: Path = { parent: path, step: '.args' }
  return frame(at, array(members.get('args'), at), (args) => {
    const value = context.host?.(className, args)
    if (value !== undefined) return value
    throw failure(
      path,
      `there is no class \`${className}\``,
      'a class comes from the host module that has it: `--host` names that',
    )
  })
}

function brief(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return value instanceof Float
      ? String(value.value)
      : Array.isArray(value)
        ? 'an array'
        : 'an object'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
