import { constant } from './code.ts'
import type { Clock } from './clock.ts'
import type { Task, Workflow } from './description.ts'
import { expression } from './expressions.ts'
import { Flow, Services } from './flow.ts'
import type { Service } from './flow.ts'
import { HostNames } from './host-names.ts'
import { withoutLeaps } from './leaving.ts'
import { resultOf, runWorkflow } from './run.ts'
import type { Progress } from './states.ts'
import { bind, statements } from './statements.ts'
import type { StatementSite } from './site.ts'
import { parseFunction } from './syntax.ts'

/** What a function becomes a workflow with. */
export interface DecentralizeOptions {
  /** What the function calls: nothing else can be reached from it. */
  readonly host?: Readonly<Record<string, unknown>>
  readonly signal?: AbortSignal
  readonly clock?: Clock
  /** Called whenever something has changed, with how far the tasks are. */
  readonly observe?: (progress: Progress) => void
}

/** A function that runs as a workflow. */
export interface Decentralized<A extends readonly unknown[], R> {
  (...args: A): Promise<Awaited<R>>
  /** The workflow of a call, to look at, or to run somewhere else with `services`. */
  workflow(...args: A): Workflow
  /** What does the work of its tasks, by name. */
  readonly services: Readonly<Record<string, Service>>
}

/**
 * A function whose calls of the host are tasks: each is made as soon as what it needs is there, so calls that do
 * not need one another are under way at the same time, whatever their order in the text. The function itself is
 * never run; a `WorkflowError` tells the place of what cannot be a part of a workflow.
 */
export function decentralize<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  options: DecentralizeOptions = {},
): Decentralized<A, R> {
  const { host = {}, ...running } = options
  const { tasks, parameters, result, services } = compiled(
    Function.prototype.toString.call(fn),
    host,
  )
  const workflow = (...args: readonly unknown[]): Workflow => ({
    tasks: {
      ...Object.fromEntries(
        parameters.map(({ task, isRest, label }, i): [string, Task] => [
          task,
          { given: [isRest ? args.slice(i) : args[i]], label },
        ]),
      ),
      ...tasks,
    },
    result,
  })
  const failures = new Failures()
  const watched = failures.watch(services)
  const call = async (...args: A): Promise<Awaited<R>> => {
    const described = workflow(...args)
    const run = await runWorkflow(described, { ...running, host: watched })
    for (const message of run.failures.values()) failures.throwAgain(message)
    // The tasks do what the function says, so their result is of its type.
    return resultOf(described, run) as Awaited<R>
  }
  return Object.assign(call, { workflow, services })
}

interface Compiled {
  readonly tasks: Readonly<Record<string, Task>>
  readonly parameters: readonly { task: string; isRest: boolean; label: string }[]
  readonly result: string
  readonly services: Readonly<Record<string, Service>>
}

function compiled(text: string, host: Readonly<Record<string, unknown>>): Compiled {
  const { node, source } = parseFunction(text)
  const services = new Services()
  const flow = new Flow(services)
  const site: StatementSite = {
    expression,
    source,
    host: new HostNames(host),
    flow,
    locals: new Set(),
  }
  const parameters = node.params.map((param) => {
    const isRest = param.type === 'RestElement'
    const label = source.label(param)
    const task = flow.add({ label })
    const whole = { inputs: [task], alias: task, run: constant(undefined).run }
    bind(
      isRest ? param.argument : param,
      { ...whole, run: ({ tasks }) => tasks.get(task) },
      site,
      false,
    )
    return { task, isRest, label }
  })
  const result =
    node.body.type === 'BlockStatement'
      ? (statements(withoutLeaps(node.body.body), site) ??
        flow.compute(constant(undefined), { label: 'return' }))
      : flow.settle(expression(node.body, site), source.label(node.body))
  for (const { task } of parameters) Reflect.deleteProperty(flow.tasks, task)
  return { tasks: flow.tasks, parameters, result, services: Object.fromEntries(services.all) }
}

/** What functions threw, by what is told of it in the solution: a call rejects with the error itself. */
class Failures {
  readonly #thrown = new Map<string, unknown>()

  watch(services: Readonly<Record<string, Service>>): Readonly<Record<string, Service>> {
    return Object.fromEntries(
      Object.entries(services).map(([name, service]) => [
        name,
        async (...args: unknown[]): Promise<unknown> => {
          try {
            return await service(...args)
          } catch (error) {
            this.#thrown.set(error instanceof Error ? error.message : String(error), error)
            throw error
          }
        },
      ]),
    )
  }

  throwAgain(message: string): void {
    for (const [told, error] of this.#thrown) if (message.endsWith(told)) throw error
  }
}
