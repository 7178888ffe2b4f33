import { isCount, isObject, parsed, textOf } from './json.ts'
import { PROTOCOL } from './record.ts'
import type { Bus } from './bus.ts'
import { subjects } from './bus.ts'

/** What a node tells of itself, for people and for whoever waits for nodes. */
export interface Presence {
  readonly v: number
  readonly node: string
  readonly solutions: readonly string[]
  /** How many shards it holds, of all solutions. */
  readonly shards: number
  readonly claims: number
  /** Appends that the fence refused, and appends of which nobody knows what became of them. */
  readonly fenced: number
  readonly unknown: number
  /** Lots that came twice, and lots that came too early. */
  readonly repeated: number
  readonly early: number
  /** Messages that were none of ours, and injections that were refused. */
  readonly foreign: number
  readonly rejected: number
  /** What went wrong last, and where. */
  readonly trouble?: { readonly solution: string; readonly what: string }
}

const COUNTS = [
  'shards',
  'claims',
  'fenced',
  'unknown',
  'repeated',
  'early',
  'foreign',
  'rejected',
] as const

export function presenceText(presence: Omit<Presence, 'v'>): string {
  return textOf({ v: PROTOCOL, ...presence })
}

/** Of a node of any version; undefined for what no node tells. */
export function readPresence(text: string): Presence | undefined {
  const value = parsed(text)
  if (!isObject(value) || typeof value['node'] !== 'string' || !isCount(value['v']))
    return undefined
  const { v, node, solutions, trouble } = value
  const names = Array.isArray(solutions) ? solutions.filter((each) => typeof each === 'string') : []
  const [
    shards = 0,
    claims = 0,
    fenced = 0,
    unknown = 0,
    repeated = 0,
    early = 0,
    foreign = 0,
    rejected = 0,
  ] = COUNTS.map((name) => (isCount(value[name]) ? value[name] : 0))
  const counts = { shards, claims, fenced, unknown, repeated, early, foreign, rejected }
  const known = troubleIn(trouble)
  return {
    v,
    node,
    solutions: names,
    ...counts,
    ...(known === undefined ? {} : { trouble: known }),
  }
}

function troubleIn(value: unknown): Presence['trouble'] {
  if (!isObject(value)) return undefined
  const { solution, what } = value
  return typeof solution === 'string' && typeof what === 'string' ? { solution, what } : undefined
}

/** Asks all nodes who they are, and waits so many milliseconds for their answers. */
export async function rollOf(bus: Bus, milliseconds: number): Promise<readonly Presence[]> {
  const found = new Map<string, Presence>()
  const stop = bus.listen(subjects.nodes, (text) => {
    const presence = readPresence(text)
    if (presence !== undefined) found.set(presence.node, presence)
  })
  bus.send(subjects.roll, '{}')
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  stop()
  return [...found.values()].sort((a, b) => (a.node < b.node ? -1 : 1))
}
