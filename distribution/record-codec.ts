import { ByteReader, ByteWriter, textIn } from './bytes.ts'
import { areEqual, checksumOfBytes } from './checksum.ts'
import type { Checksum } from './checksum.ts'
import type { Copies } from './copies.ts'
import { LogError } from './errors.ts'
import { isObject, parsed } from './json.ts'
import { Lot } from './lot.ts'
import { PROTOCOL } from './record.ts'
import type {
  Arrival,
  Commit,
  Departure,
  LogEntry,
  Origin,
  ShardId,
  Snapshot,
  SnapshotRest,
} from './record.ts'

/*
 * A record as bytes: the version of the protocol, its kind, what all records say, what this kind says, and last the
 * checksum of all that. Molecules are in lots, which are read when somebody looks into them.
 */

type Link = Pick<
  LogEntry,
  'epoch' | 'before' | 'snapshot' | 'isInert' | 'sent' | 'received' | 'total' | 'failure'
>

const KINDS = ['claim', 'commit', 'snapshot', 'seal'] as const
const ORIGINS = ['here', 'made', 'outside'] as const

const INERT = 16
const FAILED = 32
/** Bytes of a checksum. */
const CHECKSUM = 16

/** A record as the log holds it. */
export function recordBytes(entry: LogEntry): Uint8Array {
  const writer = new ByteWriter()
  writer.byte(PROTOCOL)
  const flags = (entry.isInert ? INERT : 0) + (entry.failure === undefined ? 0 : FAILED)
  writer.byte(KINDS.indexOf(entry.kind) + flags)
  for (const count of [entry.epoch, entry.snapshot, entry.sent, entry.received, entry.total])
    writer.count(count)
  writeChecksum(writer, entry.before)
  if (entry.failure !== undefined) writer.text(entry.failure)
  writeBody(writer, entry)
  writeChecksum(writer, checksumOfBytes(writer.done()))
  return writer.done()
}

/** Reads a record. Throws a `LogError` for what is none, of another version, or altered. */
export function readRecord(bytes: Uint8Array): LogEntry {
  const { kind, link, reader } = opened(bytes)
  const entry = readBody(kind, link, reader)
  if (!reader.isAtEnd) throw new LogError('a record is longer than what it says')
  return entry
}

/** Where the last whole snapshot begins, as a record says. Throws a `LogError` for what is no record. */
export function snapshotIn(bytes: Uint8Array): number {
  return opened(bytes).link.snapshot
}

/** The checksum of a whole record, by which the next one names it. */
export function recordChecksum(bytes: Uint8Array): Checksum {
  return readChecksum(new ByteReader(bytes.subarray(bytes.length - CHECKSUM)))
}

function opened(bytes: Uint8Array): {
  readonly kind: LogEntry['kind']
  readonly link: Link
  readonly reader: ByteReader
} {
  if (bytes[0] !== PROTOCOL) throw new LogError(strangeness(bytes))
  const content = bytes.subarray(0, bytes.length - CHECKSUM)
  if (bytes.length <= CHECKSUM || !areEqual(recordChecksum(bytes), checksumOfBytes(content)))
    throw new LogError('a record is not whole: its checksum is another')
  const reader = new ByteReader(content)
  reader.byte()
  const head = reader.byte()
  const kind = KINDS[head % INERT]
  if (kind === undefined) throw new LogError('a record is of no kind that there is')
  const [epoch, snapshot] = [reader.count(), reader.count()]
  const [sent, received, total] = [reader.count(), reader.count(), reader.count()]
  const before = readChecksum(reader)
  const isInert = (head & INERT) !== 0
  const link = { epoch, before, snapshot, isInert, sent, received, total }
  return {
    kind,
    link: (head & FAILED) === 0 ? link : { ...link, failure: reader.text() },
    reader,
  }
}

/** What is no record of this version, in a few words. Earlier ones were JSON. */
function strangeness(bytes: Uint8Array): string {
  const value = parsed(textIn(bytes))
  const version = isObject(value) ? value['v'] : undefined
  return typeof version === 'number'
    ? `a record is of version ${String(version)} of the protocol, and this node speaks ${String(PROTOCOL)}`
    : 'what stands for a record is none'
}

// — what each kind says

function writeBody(writer: ByteWriter, entry: LogEntry): void {
  switch (entry.kind) {
    case 'claim':
      writer.text(entry.node)
      return
    case 'commit':
      writeCommit(writer, entry)
      return
    case 'snapshot':
      writeSnapshot(writer, entry)
      return
    case 'seal':
  }
}

function readBody(kind: LogEntry['kind'], link: Link, reader: ByteReader): LogEntry {
  switch (kind) {
    case 'claim':
      return { kind, ...link, node: reader.text() }
    case 'commit':
      return { kind, ...link, ...readCommit(reader) }
    case 'snapshot':
      return { kind, ...link, ...readSnapshot(reader) }
    case 'seal':
      return { kind, ...link }
  }
}

const TAKEN = 1
const NAMED = 2

function writeCommit(writer: ByteWriter, entry: Commit): void {
  const { arrivals, injections, areArrivalsTaken } = entry
  writer.byte((areArrivalsTaken ? TAKEN : 0) + (injections === undefined ? 0 : NAMED))
  writer.count(entry.reactions)
  writeChecksum(writer, entry.checksum)
  for (const molecules of [entry.removed, entry.added, entry.injected])
    writer.sized(Lot.of(molecules).bytes)
  writer.count(arrivals.length)
  for (const { from, n, molecules } of arrivals) {
    writer.count(from)
    writer.count(n)
    writer.sized(molecules.bytes)
  }
  writeDepartures(writer, entry.departures)
  writePairs(writer, entry.confirmed)
  if (injections !== undefined) writeTexts(writer, injections)
}

function readCommit(reader: ByteReader): Omit<Commit, 'kind' | keyof Link> {
  const flags = reader.byte()
  const reactions = reader.count()
  const checksum = readChecksum(reader)
  const [removed, added, injected] = [readCopies(reader), readCopies(reader), readCopies(reader)]
  const arrivals = listIn(reader, (): Arrival => {
    const [from, n] = [reader.count(), reader.count()]
    return { from, n, molecules: Lot.from(reader.sized()) }
  })
  const departures = readDepartures(reader)
  const confirmed = readPairs(reader)
  const commit = { reactions, checksum, removed, added, injected, arrivals, departures, confirmed }
  const areArrivalsTaken = (flags & TAKEN) !== 0
  return {
    ...commit,
    areArrivalsTaken,
    ...((flags & NAMED) === 0 ? {} : { injections: readTexts(reader) }),
  }
}

function writeSnapshot(writer: ByteWriter, entry: Snapshot): void {
  const { part, parts, molecules, waiting, rest } = entry
  writer.count(part)
  writer.count(parts)
  writer.sized(Lot.of(molecules).bytes)
  writeDepartures(writer, waiting)
  if (rest === undefined) return
  writer.text(rest.owner)
  writePairs(writer, rest.lastSent)
  writePairs(writer, rest.lastReceived)
  writeChecksum(writer, rest.checksum)
  writeTexts(writer, rest.injections)
}

function readSnapshot(reader: ByteReader): Omit<Snapshot, 'kind' | keyof Link> {
  const [part, parts] = [reader.count(), reader.count()]
  if (part >= parts) throw new LogError('a snapshot has fewer parts than it says')
  const content = { part, parts, molecules: readCopies(reader), waiting: readDepartures(reader) }
  if (part < parts - 1) return content
  const rest: SnapshotRest = {
    owner: reader.text(),
    lastSent: readPairs(reader),
    lastReceived: readPairs(reader),
    checksum: readChecksum(reader),
    injections: readTexts(reader),
  }
  return { ...content, rest }
}

// — parts

function writeDepartures(writer: ByteWriter, departures: readonly Departure[]): void {
  writer.count(departures.length)
  for (const { to, n, origin, molecules } of departures) {
    writer.count(to)
    writer.count(n)
    writer.byte(ORIGINS.indexOf(origin))
    writer.sized(molecules.bytes)
  }
}

function readDepartures(reader: ByteReader): Departure[] {
  return listIn(reader, () => {
    const [to, n] = [reader.count(), reader.count()]
    const origin: Origin | undefined = ORIGINS[reader.byte()]
    if (origin === undefined) throw new LogError('molecules left from nowhere')
    return { to, n, origin, molecules: Lot.from(reader.sized()) }
  })
}

function readCopies(reader: ByteReader): readonly Copies[] {
  return Lot.from(reader.sized()).copies()
}

function writePairs(writer: ByteWriter, pairs: readonly (readonly [ShardId, number])[]): void {
  writer.count(pairs.length)
  for (const [shard, n] of pairs) {
    writer.count(shard)
    writer.count(n)
  }
}

function readPairs(reader: ByteReader): (readonly [ShardId, number])[] {
  return listIn(reader, () => [reader.count(), reader.count()] as const)
}

function writeTexts(writer: ByteWriter, texts: readonly string[]): void {
  writer.count(texts.length)
  for (const text of texts) writer.text(text)
}

function readTexts(reader: ByteReader): readonly string[] {
  return listIn(reader, () => reader.text())
}

/** Each takes a byte at least, so no length is believed that the bytes do not bear out. */
function listIn<T>(reader: ByteReader, read: () => T): T[] {
  const length = reader.count()
  if (length > reader.left) throw new LogError('a record ends too early')
  return Array.from({ length }, read)
}

function writeChecksum(writer: ByteWriter, checksum: Checksum): void {
  for (const word of checksum) writer.word(word)
}

function readChecksum(reader: ByteReader): Checksum {
  return [reader.word(), reader.word(), reader.word(), reader.word()]
}
