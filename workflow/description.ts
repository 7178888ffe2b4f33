/**
 * A workflow as plain data, which is what its JSON form holds. Tasks are known by names that are symbols of
 * the language: they begin with a capital.
 */
export interface Workflow {
  readonly tasks: Readonly<Record<string, Task>>
  /** What is to take the place of tasks that fail. */
  readonly adapt?: readonly Adaptation[]
  /** The task whose result is the workflow's. */
  readonly result?: string
}

/** A task: what it waits for, and what does its work. One of `service`, `each`, `every` and `workflow`, or none: then it passes on what it gets. */
export interface Task {
  /** The function that does the work. */
  readonly service?: string
  /** The function that is called for each item of the list that comes; the result is the list of what it gives. */
  readonly each?: string
  /** The function that is called for each result as it comes, without waiting for the others. */
  readonly every?: string
  /** A workflow that does the work. Its tasks wait for `INPUT`, and the result of `OUTPUT` is the task's. */
  readonly workflow?: Workflow
  /** Tasks that it waits for, beside those in `arguments`. */
  readonly after?: readonly string[]
  /** What the function gets, in order. Without it the function gets one solution of all that came. */
  readonly arguments?: readonly Argument[]
  /** What it has got from the start. */
  readonly given?: readonly unknown[]
  /** How many results are enough. */
  readonly need?: number
  readonly retry?: Retry
  /** A condition: while it holds of the result, the function is called again, with that. */
  readonly while?: string
  /** Serves the first task whose condition holds; one without a condition always does. */
  readonly one?: readonly Branch[]
  /** Serves each task whose condition holds. */
  readonly some?: readonly Branch[]
  /** The function that undoes the work, given its result. */
  readonly undo?: string
  /** What pictures show in place of the name. */
  readonly label?: string
}

/** The result of a task, or a value of JSON. */
export type Argument = { readonly from: string } | { readonly value: unknown }

/** How often a call that fails is made again, and after how many milliseconds; then after twice as many. */
export interface Retry {
  readonly times: number
  readonly wait?: number
}

/** A task that may be served, and the function that says whether. */
export interface Branch {
  readonly task: string
  readonly when?: string
}

/** If one of the tasks of a region fails, others come in, and who waited for the region waits for `exit`. */
export interface Adaptation {
  readonly replaces: readonly string[]
  readonly with: Workflow
  readonly exit: string
}

/** All tasks that a task waits for, each once, arguments first. */
export function sourcesOf({ arguments: given = [], after = [] }: Task): readonly string[] {
  const named = given.flatMap((each) => ('from' in each ? [each.from] : []))
  return [...new Set([...named, ...after])]
}
