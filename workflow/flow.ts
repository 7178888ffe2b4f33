import { asFunction, made, resultOfTask } from './code.ts'
import type { Code } from './code.ts'
import type { Branch, Task } from './description.ts'

/** A variable of a function: the task whose result it has now. */
export interface Variable {
  readonly task: string
  readonly isConstant: boolean
}

export type Service = (...args: unknown[]) => unknown

/** The functions that do the work of tasks, by name: made of a function's text, or calls of its host. */
export class Services {
  readonly all = new Map<string, Service>()

  /** A name for it that is not taken. */
  add(service: Service): string {
    const name = `step${String(this.all.size + 1)}`
    this.all.set(name, service)
    return name
  }
}

/** How a task is put into a flow. */
export interface TaskOptions {
  readonly label: string
  readonly one?: readonly Branch[]
}

/**
 * The tasks of a function, or of the body of a loop, while they are made. A task in a branch waits for the
 * branch's gate, directly or through another task of the branch, so that it is skipped with it.
 */
export class Flow {
  readonly tasks: Record<string, Task> = {}
  readonly services: Services
  scope = new Map<string, Variable>()
  gate: string | undefined
  readonly #gates = new Map<string, string | undefined>()
  #count = 0

  constructor(services: Services) {
    this.services = services
  }

  /** A task that works an expression out. */
  compute(code: Code, options: TaskOptions): string {
    return this.call(code.inputs, asFunction(code), options)
  }

  /** A task that calls a function with the results of others. */
  call(inputs: readonly string[], service: Service, options: TaskOptions): string {
    return this.add({
      ...this.#waitingFor(inputs),
      arguments: inputs.map((from) => ({ from })),
      service: this.services.add(service),
      ...options,
    })
  }

  /** A task that passes on the result of another one, if its branch is taken. */
  pass(task: string, label: string): string {
    return this.compute(resultOfTask(task), { label })
  }

  /** A task that passes on whichever result comes. */
  merge(tasks: readonly string[], label: string): string {
    return this.add({ after: tasks, need: 1, label })
  }

  add(task: Task, name = this.reserve()): string {
    this.tasks[name] = task
    this.#gates.set(name, this.gate)
    return name
  }

  /** A name for a task that is to come. */
  reserve(): string {
    return `T${String(++this.#count)}`
  }

  /** The task whose result a variable is to have: that of the expression, where it is no more than a result. */
  settle(code: Code, label: string): string {
    return code.alias ?? this.compute(code, { label })
  }

  /** Whether a task is skipped exactly when the current branch is. */
  isInBranch(task: string): boolean {
    return this.#gates.get(task) === this.gate
  }

  #waitingFor(inputs: readonly string[]): Pick<Task, 'after' | 'need'> {
    if (this.gate === undefined) return {}
    const isGated = inputs.some((task) => this.isInBranch(task))
    const count = new Set(inputs).size + (isGated ? 0 : 1)
    return {
      ...(!isGated && { after: [this.gate] }),
      // In a branch that is not taken some come and some do not.
      ...(count > 1 && { need: count }),
    }
  }

  /** What is done in a branch: with its own gate, and with variables that others do not see. */
  inBranch<T>(
    gate: string,
    work: () => T,
  ): { readonly made: T; readonly scope: Map<string, Variable> } {
    const before = { gate: this.gate, scope: this.scope }
    this.gate = gate
    this.scope = new Map(before.scope)
    try {
      const result = work()
      return { made: result, scope: this.scope }
    } finally {
      this.gate = before.gate
      this.scope = before.scope
    }
  }
}

/** What is done if a condition holds, and if not; and what to call the choice. */
export interface Choice<T> {
  readonly test: Code
  readonly label: string
  readonly yes: () => T
  readonly no: () => T
}

/** Two branches of which one is taken. Variables that they set have the value of that one afterwards. */
export function branch<T>(flow: Flow, { test, label, yes, no }: Choice<T>): BranchesMade<T> {
  const [yesGate, noGate] = [flow.reserve(), flow.reserve()]
  const asked = made([test], (values) => Boolean(test.run(values)))
  const isTrue = flow.services.add((value) => value === true)
  const choice = flow.compute(asked, {
    label,
    one: [{ task: yesGate, when: isTrue }, { task: noGate }],
  })
  const [yesDone, noDone] = [
    flow.inBranch(yesGate, () => {
      flow.add({ after: [choice], label: 'yes' }, yesGate)
      return yes()
    }),
    flow.inBranch(noGate, () => {
      flow.add({ after: [choice], label: 'no' }, noGate)
      return no()
    }),
  ]
  const join = (a: string, b: string, name: string): string => {
    if (a === b) return a
    const from = flow.inBranch(yesGate, () => (flow.isInBranch(a) ? a : flow.pass(a, name))).made
    const other = flow.inBranch(noGate, () => (flow.isInBranch(b) ? b : flow.pass(b, name))).made
    return flow.merge([from, other], name)
  }
  for (const [name, variable] of flow.scope) {
    const [a, b] = [yesDone.scope.get(name), noDone.scope.get(name)]
    if (a === undefined || b === undefined) continue
    const task = join(a.task, b.task, name)
    if (task !== variable.task) flow.scope.set(name, { ...variable, task })
  }
  return { yes: yesDone.made, no: noDone.made, join }
}

/** What the branches gave, and how a result of one and a result of the other become one. */
export interface BranchesMade<T> {
  readonly yes: T
  readonly no: T
  readonly join: (yes: string, no: string, label: string) => string
}
