import { areEqual } from './checksum.ts'
import { LogError } from './errors.ts'
import { readRecord, recordChecksum } from './record-codec.ts'
import type { Claim, Commit, LogEntry, Snapshot, SnapshotRest, Word } from './record.ts'
import { REMEMBERED_INJECTIONS, emptyState, put, take } from './shard-state.ts'
import type { ShardState } from './shard-state.ts'

/**
 * What a record makes of a shard: the only way in which a shard changes, for its owner, for whoever takes it
 * over, and for whoever checks the log. Throws a `LogError` where the record does not follow from what was there;
 * the state is of no use then. Whoever wrote the record knows what it says without reading it.
 */
export function apply(
  state: ShardState,
  bytes: Uint8Array,
  sequence: number,
  entry: LogEntry = readRecord(bytes),
): ShardState {
  if (!areEqual(entry.before, state.before) && !isRestart(state, entry))
    throw new LogError('a record does not follow the one before it: the log was cut or altered')
  const isKnown = state.last > 0 || entry.kind === 'claim'
  change(state, entry, sequence)
  if (isKnown && state.unfinished?.isStart !== true) confirmWord(state, entry)
  state.last = sequence
  state.before = recordChecksum(bytes)
  return state
}

/** The shard after some records, of which the first is the log's first or begins a snapshot. */
export function replay(
  records: readonly { readonly bytes: Uint8Array; readonly sequence: number }[],
): ShardState {
  return records.reduce((state, { bytes, sequence }) => apply(state, bytes, sequence), emptyState())
}

/** A log is read from a snapshot on: what stood before it is not known. */
function isRestart(state: ShardState, entry: LogEntry): boolean {
  return state.last === 0 && entry.kind === 'snapshot' && entry.part === 0
}

function change(state: ShardState, entry: LogEntry, sequence: number): void {
  if (entry.kind !== 'snapshot') state.unfinished = undefined
  switch (entry.kind) {
    case 'claim':
      claim(state, entry)
      return
    case 'commit':
      owned(state, entry)
      commit(state, entry)
      return
    case 'snapshot':
      snapshot(state, entry, sequence)
      return
    case 'seal':
      owned(state, entry)
      state.owner = undefined
  }
}

function claim(state: ShardState, { epoch, node }: Claim): void {
  if (epoch !== state.epoch + 1)
    throw new LogError(`claim ${String(epoch)} follows claim ${String(state.epoch)}`)
  state.epoch = epoch
  state.owner = node
}

function owned(state: ShardState, { epoch }: LogEntry): void {
  if (epoch !== state.epoch || state.owner === undefined)
    throw new LogError(
      `a record of claim ${String(epoch)} stands after claim ${String(state.epoch)}`,
    )
}

function commit(state: ShardState, entry: Commit): void {
  for (const { from, n, molecules } of entry.arrivals) {
    const expected = (state.lastReceived.get(from) ?? 0) + 1
    if (n !== expected)
      throw new LogError(
        `lot ${String(n)} of shard ${String(from)} came for lot ${String(expected)}`,
      )
    state.lastReceived.set(from, n)
    state.received++
    if (entry.areArrivalsTaken) continue
    for (const [molecule, copies] of molecules.copies()) put(state, molecule, copies)
  }
  for (const [molecule, copies] of entry.injected) put(state, molecule, copies)
  // What a reaction gave another one may have taken: together they only take what was there.
  for (const [molecule, copies] of entry.removed) take(state, molecule, copies)
  for (const [molecule, copies] of entry.added) put(state, molecule, copies)
  for (const departure of entry.departures) {
    const { to, n, molecules, origin } = departure
    const expected = (state.lastSent.get(to) ?? 0) + 1
    if (n !== expected)
      throw new LogError(`lot ${String(n)} went to shard ${String(to)} for lot ${String(expected)}`)
    if (origin === 'here')
      for (const [molecule, copies] of molecules.copies()) take(state, molecule, copies)
    state.lastSent.set(to, n)
    state.sent++
    state.waiting.push(departure)
  }
  for (const [to, n] of entry.confirmed) {
    if (n > (state.lastSent.get(to) ?? 0))
      throw new LogError(`lot ${String(n)} to shard ${String(to)} was confirmed and never sent`)
  }
  if (entry.confirmed.length > 0) {
    const confirmed = new Map(entry.confirmed)
    state.waiting = state.waiting.filter(({ to, n }) => n > (confirmed.get(to) ?? 0))
  }
  for (const name of entry.injections ?? []) remember(state, name)
  state.reactions += entry.reactions
  state.isInert = entry.isInert
  state.failure ??= entry.failure
  if (!areEqual(entry.checksum, state.checksum))
    throw new LogError('a record and the molecules that it leaves do not agree')
}

function remember(state: ShardState, name: string): void {
  if (state.injections.has(name)) throw new LogError(`the injection ${name} came twice`)
  state.injections.add(name)
  for (const oldest of state.injections) {
    if (state.injections.size <= REMEMBERED_INJECTIONS) return
    state.injections.delete(oldest)
  }
}

/** Throws where a record says something else of its shard than those before it make. */
function confirmWord(state: ShardState, word: Word): void {
  const isRight =
    word.isInert === state.isInert &&
    word.sent === state.sent &&
    word.received === state.received &&
    word.total === state.reactions &&
    word.failure === state.failure
  if (!isRight) throw new LogError('a record and what its shard has done do not agree')
}

function snapshot(state: ShardState, entry: Snapshot, sequence: number): void {
  const { part, parts, molecules, waiting, rest } = entry
  const isStart = state.last === 0
  if (isStart) state.epoch = entry.epoch
  else if (state.unfinished?.isStart !== true) owned(state, entry)
  if (part === 0)
    state.unfinished = { first: sequence, next: 0, parts, whole: emptyState(), isStart }
  const { unfinished } = state
  if (unfinished === undefined || unfinished.next !== part || unfinished.parts !== parts)
    throw new LogError('a part of a snapshot is missing')
  unfinished.next++
  for (const [molecule, copies] of molecules) put(unfinished.whole, molecule, copies)
  unfinished.whole.waiting.push(...waiting)
  if (rest === undefined) return
  const { whole } = unfinished
  const expected = unfinished.isStart ? rest.checksum : state.checksum
  if (!areEqual(whole.checksum, expected) || !areEqual(rest.checksum, expected))
    throw new LogError('a snapshot does not hold what its shard holds')
  if (unfinished.isStart) restore(state, { whole, rest, word: entry })
  state.snapshot = unfinished.first
  state.unfinished = undefined
}

/** Takes over what a snapshot says, where nothing was known. */
function restore(
  state: ShardState,
  {
    whole,
    rest,
    word,
  }: { readonly whole: ShardState; readonly rest: SnapshotRest; readonly word: Word },
): void {
  for (const [molecule, copies] of whole.molecules) state.molecules.set(molecule, copies)
  state.checksum = whole.checksum
  state.owner = rest.owner
  state.waiting = whole.waiting
  for (const [to, n] of rest.lastSent) state.lastSent.set(to, n)
  for (const [from, n] of rest.lastReceived) state.lastReceived.set(from, n)
  for (const name of rest.injections) state.injections.add(name)
  state.sent = word.sent
  state.received = word.received
  state.reactions = word.total
  state.isInert = word.isInert
  state.failure = word.failure
}
