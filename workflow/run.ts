import type { Outcome, SolutionValue } from '../interpreter/index.ts'
import { standardModules } from '../stdlib/index.ts'
import { Reactor, parse } from '../vm/index.ts'
import type { Program } from '../vm/index.ts'
import { hostClock, nextAppointment, tick } from './clock.ts'
import type { Clock } from './clock.ts'
import type { Workflow } from './description.ts'
import { WorkflowError } from './error.ts'
import { workflowMolecules } from './molecules.ts'
import { progressOf } from './states.ts'
import type { Progress } from './states.ts'
import { asMolecule, asValue } from './values.ts'

/** What a workflow runs with. */
export interface WorkflowOptions {
  /** The functions that do the work, by the names that tasks use. They get and give plain values; one may answer with a promise. */
  readonly host?: Readonly<Record<string, unknown>>
  /** The rules with a host of their own, in place of `host`: see `workflowRules`. */
  readonly program?: Program
  /** Ends the run. What runs at that moment goes on by itself, and its answer is not looked at. */
  readonly signal?: AbortSignal
  /** Where tasks wait for a while before a further try. The host's unless given. */
  readonly clock?: Clock
  /** Called whenever something has changed, with how far the tasks are. */
  readonly observe?: (progress: Progress) => void
}

/** How a workflow ended. */
export interface WorkflowRun extends Progress {
  readonly outcome: Outcome
  /** All that is left, to look at or to go on with. */
  readonly solution: SolutionValue
}

/** Runs a workflow until nothing in it can go on. Never rejects because of a task: see `failures`. */
export async function runWorkflow(
  workflow: Workflow,
  options: WorkflowOptions = {},
): Promise<WorkflowRun> {
  const { host, program = programOf(host), signal, clock = hostClock(), observe } = options
  await using reactor = Reactor.create(program, { ...(signal !== undefined && { signal }) })
  if (observe !== undefined)
    reactor.subscribe(() => {
      observe(progressOf(reactor.solution))
    })
  reactor.inject(workflowMolecules(workflow).map((each) => [each, 1] as const))
  const outcome = await reduced(reactor, clock)
  return { outcome, solution: reactor.solution, ...progressOf(reactor.solution) }
}

/** The result of a workflow that says which task's it is. Throws where that has none. */
export function resultOf({ result }: Workflow, run: WorkflowRun): unknown {
  if (result !== undefined && run.results.has(result)) return run.results.get(result)
  const [failure] = run.failures
  if (failure !== undefined) throw new WorkflowError(`\`${failure[0]}\` failed: ${failure[1]}`)
  const { kind } = run.outcome
  throw new WorkflowError(
    kind === 'inert'
      ? `\`${result ?? 'the workflow'}\` has no result: what it waits for does not come`
      : `the workflow ended early: ${kind}`,
  )
}

/** The program that runs workflows which are put into it. */
export const workflowRules = 'import hocl.workflow; import hocl.time; <...workflow, ...time>'

const NO_HOST: Readonly<Record<string, unknown>> = {}
const programs = new WeakMap<object, Program>()

/** The rules, with a host that they can reach. Read once for each host. */
function programOf(host: WorkflowOptions['host'] = NO_HOST): Program {
  const known = programs.get(host)
  if (known !== undefined) return known
  const program = parse(workflowRules, {
    name: 'workflow.hocl',
    modules: standardModules,
    // A host that offers nothing would be an error.
    ...(Object.keys(host).length > 0 && { host: plainly(host) }),
  })
  programs.set(host, program)
  return program
}

/** The functions of a host, such that they get and give plain values. */
function plainly(host: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(host).map(([name, value]) => [
      name,
      typeof value === 'function' ? served(value as Service) : value,
    ]),
  )
}

type Service = (...args: unknown[]) => unknown

function served(service: Service): Service {
  return (...args) => {
    const value = service(...args.map(asValue))
    return value instanceof Promise ? value.then(asMolecule) : asMolecule(value)
  }
}

/** Reduces, and moves the clock of the solution when something is due, also while calls are under way. */
async function reduced(reactor: Reactor, clock: Clock): Promise<Outcome> {
  const alarm = new Alarm(reactor, clock)
  const stop = reactor.subscribe(() => {
    void alarm.set()
  })
  try {
    for (;;) {
      const outcome = await reactor.run()
      if (outcome.kind !== 'inert') return outcome
      const waiting = alarm.set()
      if (waiting === undefined) return outcome
      await waiting
    }
  } finally {
    stop()
    alarm.end()
  }
}

/** Moves the clock of a solution when its next appointment is due. */
class Alarm {
  readonly #reactor: Reactor
  readonly #clock: Clock
  readonly #ending = new AbortController()
  #next: number | undefined
  #waiting: Promise<void> | undefined
  #changed = new AbortController()

  constructor(reactor: Reactor, clock: Clock) {
    this.#reactor = reactor
    this.#clock = clock
  }

  /** Looks for the next appointment; gives what is to be waited for, if there is one. */
  set(): Promise<void> | undefined {
    const next = nextAppointment(this.#reactor.solution)
    if (next === this.#next) return this.#waiting
    this.#changed.abort()
    this.#changed = new AbortController()
    this.#next = next
    this.#waiting = next === undefined ? undefined : this.#ring(next, this.#changed.signal)
    return this.#waiting
  }

  async #ring(time: number, changed: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([changed, this.#ending.signal])
    await this.#clock.sleepUntil(time, signal)
    if (signal.aborted) return
    this.#next = undefined
    this.#waiting = undefined
    this.#reactor.inject([[tick(Math.max(time, this.#clock.now())), 1]])
  }

  end(): void {
    this.#ending.abort()
  }
}
