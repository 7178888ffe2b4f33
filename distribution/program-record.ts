import { Source } from '../grammar/index.ts'
import { FoundModules, firstSolution, lowerSource } from '../interpreter/index.ts'
import type { FoundModule, Host } from '../interpreter/index.ts'
import { Blueprint } from './blueprint.ts'
import { LogError } from './errors.ts'
import { areAll, isCount, isObject, parsed, textOf } from './json.ts'
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
}

export function programRecordText(record: ProgramRecord): string {
  return textOf({ v: PROTOCOL, ...record })
}

/** Throws a `LogError` for what is no such record, or one of another version. */
export function readProgramRecord(text: string): ProgramRecord {
  const value = parsed(text)
  if (!isObject(value)) throw new LogError('the record of a program is no object')
  if (value['v'] !== PROTOCOL)
    throw new LogError(
      `a program is of version ${String(value['v'])} of the protocol, and this node speaks ${String(PROTOCOL)}`,
    )
  const { name, text: program, modules, shards, seed, depth } = value
  const isWhole =
    typeof name === 'string' &&
    typeof program === 'string' &&
    areAll(modules, isModule) &&
    isCount(shards) &&
    shards > 0 &&
    Number.isSafeInteger(seed) &&
    isCount(depth)
  if (!isWhole) throw new LogError('the record of a program is not whole')
  // Looked at field by field above.
  return value as unknown as ProgramRecord
}

function isModule(value: unknown): boolean {
  if (!isObject(value)) return false
  const { from, path, name, text } = value
  const isText = [path, name, text].every((each) => typeof each === 'string')
  return isText && (from === undefined || typeof from === 'string')
}

/** What a node works out from the record. Throws a `LogError` where the program cannot be run. */
export function blueprintOf(record: ProgramRecord, host: Host): Blueprint {
  const { name, text, modules, shards, seed, depth } = record
  const program = lowerSource(new Source(name, text), { host, modules: new FoundModules(modules) })
  const error = program.diagnostics.find(({ severity }) => severity === 'error')
  if (error !== undefined) throw new LogError(`the program cannot be run here: ${error.title}`)
  const { value, diagnostic } = firstSolution(program, seed)
  if (value === undefined) throw new LogError(`the program cannot be run here: ${diagnostic.title}`)
  return new Blueprint({ program, host, first: value, shards, seed, depth })
}
