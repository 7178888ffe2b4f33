/** Values by the tasks that they come from, and by the parameters of a function in an expression. */
export interface Values {
  readonly tasks: ReadonlyMap<string, unknown>
  readonly locals: Locals | undefined
}

/** Parameters of a function in an expression, and those of the functions around it. */
export interface Locals {
  readonly names: ReadonlyMap<string, unknown>
  readonly outer: Locals | undefined
}

/** An expression that is ready to be worked out as soon as these tasks have results. It calls nothing of the host. */
export interface Code {
  readonly inputs: readonly string[]
  /** The task whose result it is, where it is no more than that. */
  readonly alias?: string
  readonly run: (values: Values) => unknown
}

/** A value that is known. */
export function constant(value: unknown): Code {
  return { inputs: [], run: () => value }
}

/** The result of a task. */
export function resultOfTask(task: string): Code {
  return { inputs: [task], alias: task, run: ({ tasks }) => tasks.get(task) }
}

/** Something made of several parts. Each is worked out by whoever makes it. */
export function made(parts: readonly Code[], run: (values: Values) => unknown): Code {
  return { inputs: [...new Set(parts.flatMap(({ inputs }) => inputs))], run }
}

/** The value of a local name. */
export function local(name: string, locals: Locals | undefined): unknown {
  for (let at = locals; at !== undefined; at = at.outer)
    if (at.names.has(name)) return at.names.get(name)
  return undefined
}

/** The function that works code out from the results of its tasks, in their order. */
export function asFunction(code: Code): (...results: unknown[]) => unknown {
  return (...results) =>
    code.run({
      tasks: new Map(code.inputs.map((task, i) => [task, results[i]])),
      locals: undefined,
    })
}
