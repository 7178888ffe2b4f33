import { Source } from '../grammar/index.ts'
import { fromJson, isRule, jsonText } from '../interpreter/index.ts'
import type {
  Entry,
  Failure,
  JsonContext,
  LoweredProgram,
  OutcomeKind,
} from '../interpreter/index.ts'
import { areCopies, isCount, isObject, parsed, textOf } from './json.ts'

/*
 * Why nothing goes on in a solution, as its log says it: a line for everybody, and after it, as JSON, what shows the
 * place in the program, or which limit it was. Those who know only the line can still say it.
 */

/** Why a solution ended before it was inert. */
export interface Ending {
  readonly kind: OutcomeKind
  readonly message: string
  /** The rule, its reactants and the place, where it was a product that has no value. */
  readonly failure?: Failure
}

/** Longer ones say only the line: a record has to hold them. */
const LONGEST = 20_000
const LONGEST_LINE = 2_000

/** A product that has no value. */
export function failureText({ message, place, rule, reactants }: Failure): string {
  const line = lineOf(message)
  const { source, span } = place
  const details = {
    source: source.name,
    // What the program does not have: the text of a rule that came with the data.
    text: source.text.length < LONGEST / 2 ? source.text : undefined,
    span: [span.start, span.end],
    rule: jsonText(rule),
    reactants: reactants.map(([molecule, copies]) => [jsonText(molecule), copies]),
  }
  const text = `${line}\n${textOf(details)}`
  return text.length > LONGEST ? line : text
}

const LIMITS: Partial<Record<OutcomeKind, string>> = {
  'depth-limit': 'molecules would nest too deep',
  'size-limit': 'one value would be too large to keep',
}

/** A limit that a shard has come to by itself. */
export function limitText(kind: OutcomeKind): string {
  return `${LIMITS[kind] ?? kind}\n${textOf({ kind })}`
}

function lineOf(message: string): string {
  return message.replaceAll(/\s*\n\s*/g, ' ').slice(0, LONGEST_LINE)
}

/** The line for everybody. */
export function lineIn(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

/** All that a text says of how a solution ended, to whoever knows the program. */
export function endingIn(
  text: string,
  { program, context }: { readonly program: LoweredProgram; readonly context: JsonContext },
): Ending {
  const message = lineIn(text)
  const details = parsed(text.slice(message.length + 1))
  if (!isObject(details)) return { kind: 'failed', message }
  const { kind } = details
  if (typeof kind === 'string' && isLimit(kind)) return { kind, message }
  const failure = readFailure(message, details, { program, context })
  return { kind: 'failed', message, ...(failure === undefined ? {} : { failure }) }
}

function isLimit(kind: string): kind is OutcomeKind {
  return Object.hasOwn(LIMITS, kind)
}

function readFailure(
  message: string,
  { source, text, span, rule: written, reactants }: Readonly<Record<string, unknown>>,
  { program, context }: { readonly program: LoweredProgram; readonly context: JsonContext },
): Failure | undefined {
  const [start, end] = Array.isArray(span) ? (span as readonly unknown[]) : []
  const isWhole =
    typeof source === 'string' && typeof written === 'string' && isCount(start) && isCount(end)
  if (!isWhole || !areCopies(reactants)) return undefined
  const known = sourcesOf(program).find(({ name }) => name === source)
  const shown = known ?? (typeof text === 'string' ? new Source(source, text) : undefined)
  if (shown === undefined) return undefined
  const rule = fromJson(JSON.parse(written), context)
  if (!isRule(rule)) return undefined
  // Looked at above.
  const entries = (reactants as readonly (readonly [string, Entry[1]])[]).map(
    ([molecule, copies]): Entry => [fromJson(JSON.parse(molecule), context), copies],
  )
  return { message, place: { source: shown, span: { start, end } }, rule, reactants: entries }
}

/** The texts of a program: its own, and those of its modules. */
function sourcesOf({ source, shapes }: LoweredProgram): readonly Source[] {
  return [source, ...shapes.map(({ place }) => place.source)]
}
