/** What is known of a server and of how it keeps the records. */
export interface ServerFacts {
  readonly version: string
  /** Of how many servers each record is kept by. */
  readonly replicas: number
  readonly isOnDisk: boolean
  /** So long a record may wait until it is on the disk, in milliseconds; undefined where nobody has told. */
  readonly syncInterval: number | undefined
}

/** Before this one servers had no `sync_interval`, and wrote every two minutes. */
const FIRST_WITH_SYNC = [2, 10, 0] as const
/** Before this one a server that ended could lose whole streams in a group of several (nats-server#6888). */
const FIRST_SAFE_IN_GROUPS = [2, 10, 23] as const
const OLD_SYNC = 120_000

/** How a server keeps records, and what may be lost with it: two lines. */
export function guaranteeText(facts: ServerFacts): readonly string[] {
  return [keptText(facts), lossText(facts)]
}

function keptText({ version, replicas, isOnDisk, syncInterval }: ServerFacts): string {
  const where = isOnDisk ? 'on disk' : 'in memory'
  const copies = replicas === 1 ? 'by one server' : `by ${String(replicas)} servers`
  const parts = [`nats-server ${version}`, `records ${where}, ${copies}`]
  const sync = syncOf(version, syncInterval)
  if (isOnDisk)
    parts.push(
      sync === undefined
        ? 'when they are written is not known'
        : sync === 0
          ? 'written at once (sync_interval: always)'
          : `written every ${timeOf(sync)} (sync_interval)`,
    )
  return parts.join(' · ')
}

function lossText({ version, replicas, isOnDisk, syncInterval }: ServerFacts): string {
  if (!isOnDisk) return 'what was acknowledged is lost when the server ends'
  const sync = syncOf(version, syncInterval)
  if (replicas > 1 && isBefore(version, FIRST_SAFE_IN_GROUPS))
    return 'servers before 2.10.23 can lose a whole stream when one of a group ends: take a newer one'
  if (replicas > 1)
    return sync === 0
      ? 'what was acknowledged survives the loss of power, and of the disks of a minority'
      : 'what was acknowledged survives the loss of a minority; a loss of power of all, or of one while another is cut off, can cost the last records: set `sync_interval: always`'
  if (sync === 0)
    return 'what was acknowledged survives the end of the server and a loss of power, and not the loss of its disk'
  if (sync === undefined)
    return 'what was acknowledged survives the end of the server; what a loss of power costs is not known: give the server `http_port: 8222`, or say `--monitor URL`'
  const cost = `a loss of power can cost the last ${timeOf(sync)}`
  const advice = isBefore(version, FIRST_WITH_SYNC)
    ? 'nats-server 2.10 and later can write at once'
    : 'set `sync_interval: always` in its configuration'
  return `what was acknowledged survives the end of the server; ${cost}: ${advice}`
}

function syncOf(version: string, told: number | undefined): number | undefined {
  return isBefore(version, FIRST_WITH_SYNC) ? OLD_SYNC : told
}

/** Whether a server can be told to write at once. */
export function canSyncAlways(version: string): boolean {
  return !isBefore(version, FIRST_WITH_SYNC)
}

function isBefore(version: string, other: readonly [number, number, number]): boolean {
  const parts = version.split(/[.-]/).map(Number)
  for (const [i, bound] of other.entries()) {
    const part = parts[i] ?? 0
    if (part !== bound) return part < bound
  }
  return false
}

function timeOf(milliseconds: number): string {
  if (milliseconds < 1_000) return `${String(milliseconds)} ms`
  const seconds = milliseconds / 1_000
  return seconds % 60 === 0 ? `${String(seconds / 60)} min` : `${String(seconds)} s`
}
