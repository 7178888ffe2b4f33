import { renderAll } from '../../grammar/index.ts'
import type { Diagnostic } from '../../grammar/index.ts'
import { firstSolution } from '../../interpreter/index.ts'
import type { Reducer, Reaction, RunOptions } from '../../interpreter/index.ts'
import { milliseconds } from '../clock.ts'
import { clusterText } from '../cluster/wording.ts'
import { rejectionJson } from '../diagnostic-json.ts'
import { exitCodes } from '../exit-codes.ts'
import { load, warningsOf } from '../load.ts'
import type { Loaded } from '../load.ts'
import { machineMaker } from '../machine.ts'
import type { MakeMachine } from '../machine.ts'
import { Rejection } from '../rejection.ts'
import { report } from '../report.ts'
import type { Terminal } from '../terminal.ts'
import { adviceOn } from './advice.ts'
import { tellFailure, troubleOf } from './failure.ts'
import { refuseEndlessSums } from '../endless.ts'
import { entriesOf, Interrupted, readInputs } from './inputs.ts'
import { Interruption } from './interruption.ts'
import { printsCounts } from './kinetics.ts'
import { watchProgress } from './progress.ts'
import type { Reduction } from './reduction.ts'
import type { RunRequest } from './request.ts'
import { printResult } from './result.ts'
import { tooDeepAtStart } from './start-limits.ts'
import { Stats } from './stats.ts'
import { openTrace } from './trace.ts'
import type { Trace } from './trace.ts'
import type { Verification } from './verification.ts'
import { tellFiles } from './watched.ts'
import { workersFor } from './with-workers.ts'
import { counted, exitCodeOf, outcomeText, pendingNote, shortNumber, timeText } from './wording.ts'

/** Runs a program as asked, prints the result and how it came about, and gives the exit code. */
export async function run(request: RunRequest, terminal: Terminal): Promise<number> {
  const interruption = new Interruption()
  try {
    return await runUntil(request, terminal, interruption)
  } catch (error) {
    if (error instanceof Interrupted) {
      terminal.complain(error.message)
      return interruption.exitCode
    }
    if (request.output === 'object') await printRejection(error, terminal)
    return report(error, terminal)
  } finally {
    interruption.release()
  }
}

async function runUntil(
  request: RunRequest,
  terminal: Terminal,
  interruption: Interruption,
): Promise<number> {
  const stats = new Stats()
  const begin = milliseconds()
  const loaded = await load(request.file, request.hosts)
  tellFiles(loaded.modules.files)
  const isOpen = request.inputs.length > 0 || request.injections.length > 0
  tellWarnings(warningsOf(loaded.program, { isOpen }), terminal)
  const first = firstSolution(loaded.program, request.seed)
  if (first.value === undefined) throw new Rejection([first.diagnostic])
  await using workers = await workersFor(request, loaded, milliseconds() - begin)
  stats.time('reading the program', milliseconds() - begin)

  const beforeData = milliseconds()
  const inputs = await readInputs(request, loaded, {
    terminal,
    signal: interruption.signal,
  })
  if (inputs.batches.length > 0) stats.time('reading data', milliseconds() - beforeData)

  refuseEndlessSums(first.value.contents().listed(), inputs.injected, entriesOf(inputs.batches))

  const trace = request.trace === undefined ? undefined : openTrace(request.trace, terminal)
  const { simulation } = request
  const simulating = simulation && new (await import('./simulating.ts')).Simulating(simulation)
  const make = simulating?.make ?? (await makerFor(request, loaded, terminal))
  const start = milliseconds()
  const verification = request.isVerified
    ? new (await import('./verification.ts')).Verification()
    : undefined
  const observers = observersOf(request, stats, trace, verification)
  const options = optionsOf(request, interruption, observers)
  const machine = make(first.value, { ...options, ...workers.option })
  simulating?.accept(inputs.injected)
  machine.inject(inputs.injected)
  machine.inject(entriesOf(inputs.batches))
  const begun = { first: first.value, ...inputs }
  const tooDeep = tooDeepAtStart(begun, request.limits.depth, machine)
  const reduction =
    tooDeep === undefined
      ? await reduced(machine, request, { interruption, terminal })
      : { outcome: tooDeep }
  const { outcome, trouble }: Reduction = reduction
  trace?.close()
  const elapsedMs = milliseconds() - start
  stats.time('reacting', elapsedMs)

  if (!printsCounts(simulation))
    await printResult(
      { outcome, elapsedMs, trouble: trouble ?? troubleOf(outcome) },
      request,
      terminal,
    )
  if (outcome.pending > 0 && request.output !== 'object')
    terminal.complain(pendingNote(outcome.pending))
  await simulating?.write(request, terminal)
  if (trouble !== undefined) report(trouble, terminal)
  tellEnd(reduction, elapsedMs, request, terminal)
  if (simulating !== undefined) stats.note('simulated as', simulating.text)
  workers.note(machine, stats)
  if (request.hasStats) terminal.complain(stats.text(outcome.reactions, elapsedMs))
  if (verification?.end(outcome, terminal) === false) return exitCodes.bug
  return outcome.kind === 'aborted' ? interruption.exitCode : exitCodeOf(outcome.kind)
}

async function makerFor(
  { cluster, machine }: RunRequest,
  loaded: Loaded,
  terminal: Terminal,
): Promise<MakeMachine> {
  if (cluster === undefined) return machineMaker(machine)
  const { clusterMaker } = await import('../cluster/maker.ts')
  return clusterMaker(loaded, cluster, terminal)
}

type Observer = (reaction: Reaction) => void

/** Whoever wants to know of each reaction. */
function observersOf(
  { hasStats, workers }: RunRequest,
  stats: Stats,
  trace: Trace | undefined,
  verification: Verification | undefined,
): readonly Observer[] {
  const observers: Observer[] = []
  // Whoever sees each reaction keeps other threads from making any.
  if (hasStats && workers === 0) observers.push((reaction) => stats.count(reaction))
  if (trace !== undefined) observers.push((reaction) => trace.write(reaction))
  if (verification !== undefined) observers.push((reaction) => verification.see(reaction))
  return observers
}

function optionsOf(
  { seed, strategy, limits }: RunRequest,
  interruption: Interruption,
  observers: readonly Observer[],
): RunOptions {
  const observe = (reaction: Reaction): void => {
    for (const see of observers) see(reaction)
  }
  return {
    seed,
    strategy,
    limits,
    signal: interruption.signal,
    clock: milliseconds,
    ...(observers.length > 0 && { observe }),
  }
}

async function reduced(
  machine: Reducer,
  { hosts, limits }: RunRequest,
  around: { readonly interruption: Interruption; readonly terminal: Terminal },
): Promise<Reduction> {
  const stop = watchProgress(machine, around.terminal)
  try {
    if (hosts.length === 0) return { outcome: await machine.run() }
    const { reducedWithHosts } = await import('./reduction.ts')
    const { milliseconds = Infinity } = limits
    return await reducedWithHosts(machine, { ...around, milliseconds })
  } finally {
    stop()
  }
}

/** Warnings and hints, as pictures. */
export function tellWarnings(diagnostics: readonly Diagnostic[], terminal: Terminal): void {
  if (diagnostics.length === 0) return
  terminal.tell(`${renderAll(diagnostics, { colour: terminal.hasMessageColour })}\n`)
}

/** What failed or stopped it, then one line that says how it ended and how to repeat it. */
function tellEnd(
  { outcome, blockedAt }: Reduction,
  elapsedMs: number,
  { seed, strategy, limits, cluster }: RunRequest,
  terminal: Terminal,
): void {
  const { kind, reactions, pending, simulatedTime } = outcome
  const { hint, strong, good, warning } = terminal.palette
  tellFailure(outcome, terminal)
  const parts = [
    `${(kind === 'inert' || kind === 'until' ? good : warning)(outcomeText(kind))} after ${strong(counted(reactions, 'reaction'))}`,
    ...(simulatedTime === undefined ? [] : [`simulated time ${shortNumber(simulatedTime)}`]),
    timeText(elapsedMs),
    ...(pending > 0 ? [`${pending} pending`] : []),
    `seed ${seed}`,
    ...(simulatedTime === undefined
      ? [cluster ? clusterText(cluster) : `strategy ${strategy}`]
      : []),
  ]
  const isTrouble = exitCodeOf(kind) === exitCodes.limit
  const tell = (text: string): void => {
    if (isTrouble) terminal.complain(text)
    else terminal.tell(text)
  }
  tell(parts.join(' · '))
  const advice =
    blockedAt === undefined
      ? adviceOn(outcome, limits, cluster)
      : `a host function did not come back: it was stopped at ${blockedAt}`
  if (advice !== undefined) tell(`  = ${hint('hint')}: ${advice}`)
}

/** With `--json`, what kept a program from running is the object on the standard output. */
async function printRejection(error: unknown, terminal: Terminal): Promise<void> {
  const object = rejectionJson(error)
  if (object === undefined) return
  await terminal.printPieces([`${JSON.stringify({ outcome: 'rejected', ...object })}\n`])
}
