import { Option } from 'commander'
import type { Bus, ProgramRecord } from '../../distribution/index.ts'
import { LogError, isName, readProgramRecord, subjects } from '../../distribution/index.ts'
import { suggest } from '../../grammar/index.ts'
import { HoclError } from '../../interpreter/index.ts'
import { errorJson } from '../diagnostic-json.ts'
import { count } from '../options.ts'
import { report } from '../report.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { linkTo } from './link.ts'
import type { Link } from './link.ts'
import { serverUrl } from './server-url.ts'

/** What every command takes that speaks to a server. */
export interface ServerFlags {
  readonly nats?: string
  readonly json?: boolean
  readonly replicas?: number
}

/** A server, and who asks it. */
export interface AtServer {
  readonly bus: Bus
  readonly link: Link
  readonly url: string
  readonly terminal: Terminal
}

export function natsOption(): Option {
  return new Option(
    '--nats <url>',
    'the server, `nats://127.0.0.1:4222` (default: what NATS_URL says)',
  )
}

export function replicasOption(): Option {
  return count('--replicas <n>', 'how many servers of a group keep each record, at least', 5)
}

export function monitorOption(): Option {
  return new Option(
    '--monitor <url>',
    'where the server tells of itself, `http://127.0.0.1:8222` (default: that, if it does)',
  )
}

/** Does what needs no server before, connects, acts and says what went wrong; gives the code to exit with. */
export async function atServer(
  { nats, json = false, replicas }: ServerFlags,
  terminal: Terminal,
  act: (at: AtServer) => Promise<number>,
  before: () => void = () => undefined,
): Promise<number> {
  try {
    before()
    const url = serverUrl(nats)
    const complain = (error: unknown): void => {
      terminal.complain(error instanceof Error ? error.message : String(error))
    }
    const link = await linkTo(url, complain, { replicas })
    try {
      return await act({ bus: link.bus, link, url, terminal })
    } finally {
      await link.close()
    }
  } catch (error) {
    const object = errorJson(error)
    if (json && object !== undefined) terminal.print(JSON.stringify({ error: object }))
    return report(error, terminal)
  }
}

/** The program of a solution that is there, or a `UsageError` that says what is. */
export async function recordOf(bus: Bus, solution: string): Promise<ProgramRecord> {
  const found = isName(solution) ? await bus.last(subjects.log(solution, 'program')) : undefined
  if (found === undefined) {
    const all = await bus.solutions()
    const similar = suggest(solution, all)
    throw new UsageError(
      `there is no solution \`${solution}\` at this server`,
      similar === undefined ? '`hocl cluster ls` lists them' : `did you mean \`${similar}\`?`,
    )
  }
  try {
    return readProgramRecord(found.bytes)
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    throw new HoclError('HOCL504', `\`${solution}\` cannot be read: ${error.message}`, {
      hint: `\`hocl cluster cancel ${solution}\` forgets it`,
      cause: error,
    })
  }
}
