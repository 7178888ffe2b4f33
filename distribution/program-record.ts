import { Source } from '../grammar/index.ts'
import {
  FoundModules,
  LARGEST_DEPTH,
  SolutionValue,
  exchangeContext,
  fromJson,
  lowerSource,
} from '../interpreter/index.ts'
import type { Entry, FoundModule, Host, LoweredProgram } from '../interpreter/index.ts'
import { Blueprint } from './blueprint.ts'
import { bytesOf, textIn } from './bytes.ts'
import type { Copies } from './copies.ts'
import { LogError, messageOf } from './errors.ts'
import { areAll, areCopies, isCount, isObject, parsed, textOf } from './json.ts'
import { declaring } from './offers.ts'
import type { Offer } from './offers.ts'
import { PROTOCOL } from './record.ts'

/** All that a node needs to take part in a solution: the record in the log of its program. */
export interface ProgramRecord {
  readonly name: string
  readonly text: string
  /** The modules that it was read with, standard ones too: all nodes run the same text. */
  readonly modules: readonly FoundModule[]
  readonly shards: number
  readonly seed: number
  readonly depth: number
  /** So many reactions go into one record at most, where there is a limit on them. */
  readonly slice?: number
  /** Everything is at one shard. */
  readonly isCentral: boolean
  /** Functions that answer later, which nodes may offer. */
  readonly offers: readonly Offer[]
  /** The rules that the solution begins with, in the exchange form: what else is there only whoever submits it works out. */
  readonly rules: readonly Copies[]
}

/** A program of more characters is not taken: it has to be read by every node. */
const LONGEST = 10_000_000
/** Into more shards no solution goes. */
export const MOST_SHARDS = 4_096

/**
 * How many reactions go into a record where so many are to happen in all. Whoever has set that limit sees that it is
 * passed when it is, and each shard may have finished a record by then: short ones pass it by little.
 */
export function sliceOf(limit: number, shards: number): number {
  return Math.max(1, Math.ceil(limit / (4 * shards)))
}

/** It is JSON, so that everybody can read it. */
export function programRecordBytes(record: ProgramRecord): Uint8Array {
  return bytesOf(textOf({ v: PROTOCOL, ...record }))
}

/** Throws a `LogError` for what is no such record, or one of another version. */
export function readProgramRecord(bytes: Uint8Array): ProgramRecord {
  const value = parsed(textIn(bytes))
  if (!isObject(value)) throw new LogError('the record of a program is no object')
  if (value['v'] !== PROTOCOL)
    throw new LogError(
      `a program is of version ${String(value['v'])} of the protocol, and this node speaks ${String(PROTOCOL)}`,
    )
  const {
    name,
    text: program,
    modules,
    shards,
    seed,
    depth,
    slice,
    isCentral,
    offers,
    rules,
  } = value
  const isWhole =
    typeof name === 'string' &&
    typeof program === 'string' &&
    areAll(modules, isModule) &&
    isCount(shards) &&
    shards > 0 &&
    Number.isSafeInteger(seed) &&
    isCount(depth) &&
    (slice === undefined || (isCount(slice) && slice > 0)) &&
    typeof isCentral === 'boolean' &&
    areAll(offers, isOffer) &&
    areCopies(rules)
  if (!isWhole) throw new LogError('the record of a program is not whole')
  if (shards > MOST_SHARDS || program.length > LONGEST || depth > LARGEST_DEPTH)
    throw new LogError(
      `a program is over the limits: ${String(shards)} shards, ${String(program.length)} characters, a depth of ${String(depth)}`,
    )
  // Looked at field by field above.
  return value as unknown as ProgramRecord
}

function isOffer(value: unknown): boolean {
  if (!isObject(value)) return false
  const { namespace, name, arity } = value
  const isNamed = typeof name === 'string' && ['string', 'undefined'].includes(typeof namespace)
  const [least, most] = Array.isArray(arity) ? (arity as readonly unknown[]) : []
  // An open end has no number in JSON.
  return isNamed && isCount(least) && (isCount(most) || most === Infinity)
}

function isModule(value: unknown): boolean {
  if (!isObject(value)) return false
  const { from, path, name, text } = value
  const isText = [path, name, text].every((each) => typeof each === 'string')
  return isText && (from === undefined || typeof from === 'string')
}

/** The program of the record, with its modules. */
export function programOf(
  { name, text, modules }: Pick<ProgramRecord, 'name' | 'text' | 'modules'>,
  host: Host,
): LoweredProgram {
  return lowerSource(new Source(name, text), { host, modules: new FoundModules(modules) })
}

/** What a node works out from the record, of which nothing is called. Throws a `LogError` where the program cannot be run. */
export function blueprintOf(record: ProgramRecord, given: Host): Blueprint {
  const host = declaring(given)
  const { shards, seed, depth, isCentral } = record
  const program = programOf(record, host)
  const error = program.diagnostics.find(({ severity }) => severity === 'error')
  if (error !== undefined) throw new LogError(`the program cannot be run here: ${error.title}`)
  const context = exchangeContext(program, host)
  const entries = record.rules.map(([text, copies]): Entry => {
    try {
      return [fromJson(JSON.parse(text), context), copies]
    } catch (error) {
      throw new LogError(`the program cannot be run here: ${messageOf(error)}`)
    }
  })
  return new Blueprint({
    program,
    host,
    first: SolutionValue.of(entries),
    shards,
    seed,
    depth,
    isCentral,
  })
}
