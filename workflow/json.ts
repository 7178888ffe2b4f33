import type { Adaptation, Argument, Branch, Retry, Task, Workflow } from './description.ts'
import { sourcesOf } from './description.ts'
import { WorkflowError } from './error.ts'
import { needsTime } from './molecules.ts'

/**
 * A workflow from its JSON form, a text or what `JSON.parse` made of one. Throws a `WorkflowError` that names
 * the part that is wrong: `tasks.Resize.retry.times`.
 */
export function workflowFromJson(json: unknown): Workflow {
  const value: unknown = typeof json === 'string' ? parsed(json) : json
  return workflowAt(value, '')
}

/** The JSON form of a workflow. */
export function workflowToJson(workflow: Workflow): string {
  return JSON.stringify(workflow, undefined, 2)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new WorkflowError(`this is not JSON: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    })
  }
}

type Fields = Readonly<Record<string, unknown>>

const WORKFLOW = ['tasks', 'adapt', 'result']
const TASK = [
  'service',
  'each',
  'every',
  'workflow',
  'after',
  'arguments',
  'given',
  'need',
  'retry',
  'while',
  'one',
  'some',
  'undo',
  'label',
]

/** Words that the rules of `hocl.workflow` use where names of tasks could stand. */
const TAKEN: ReadonlySet<string> = new Set(['ALL', 'NONE', 'REST', 'TASK', 'FROM'])

function workflowAt(value: unknown, path: string): Workflow {
  const fields = fieldsOf(value, path, WORKFLOW)
  const given = fieldsOf(fields['tasks'], at(path, 'tasks'))
  const tasks: Record<string, Task> = {}
  for (const [name, task] of Object.entries(given)) {
    checkName(name, at(path, 'tasks'))
    tasks[name] = taskAt(task, at(at(path, 'tasks'), name))
  }
  const adapt = optional(fields, 'adapt', path, (each, where) => listAt(each, where, adaptationAt))
  const result = optional(fields, 'result', path, nameAt)
  if (result !== undefined && !(result in tasks) && !isIn(adapt, result))
    throw wrong(at(path, 'result'), `there is no task \`${result}\``)
  const workflow: Workflow = {
    tasks,
    ...(adapt !== undefined && { adapt }),
    ...(result !== undefined && { result }),
  }
  checkSources(workflow, path)
  return workflow
}

function isIn(adapt: readonly Adaptation[] = [], name: string): boolean {
  return adapt.some((each) => name in each.with.tasks || isIn(each.with.adapt, name))
}

function adaptationAt(value: unknown, path: string): Adaptation {
  const fields = fieldsOf(value, path, ['replaces', 'with', 'exit'])
  return {
    replaces: listAt(fields['replaces'], at(path, 'replaces'), nameAt),
    with: workflowAt(fields['with'], at(path, 'with')),
    exit: nameAt(fields['exit'], at(path, 'exit')),
  }
}

function taskAt(value: unknown, path: string): Task {
  const fields = fieldsOf(value, path, TASK)
  const does = ['service', 'each', 'every', 'workflow'].filter((key) => fields[key] !== undefined)
  if (does.length > 1)
    throw wrong(path, `a task has one of ${does.join(' and ')}`, 'make two tasks of it')
  if (fields['one'] !== undefined && fields['some'] !== undefined)
    throw wrong(path, 'a task has `one` or `some`, not both')
  const task: Record<string, unknown> = {}
  const readers: Readonly<Record<string, (value: unknown, path: string) => unknown>> = {
    service: textAt,
    each: textAt,
    every: textAt,
    workflow: workflowAt,
    after: (each, where) => listAt(each, where, nameAt),
    arguments: (each, where) => listAt(each, where, argumentAt),
    given: (each, where) => listAt(each, where, (item) => item),
    need: countAt,
    retry: retryAt,
    while: textAt,
    one: (each, where) => listAt(each, where, branchAt),
    some: (each, where) => listAt(each, where, branchAt),
    undo: textAt,
    label: textAt,
  }
  for (const [key, read] of Object.entries(readers)) {
    const found = optional(fields, key, path, read)
    if (found !== undefined) task[key] = found
  }
  // Each field was read by the reader of its type.
  const read: Task = task
  if (read.workflow !== undefined && needsTime(read.workflow))
    throw wrong(
      at(path, 'workflow'),
      'nobody keeps the time in a workflow within a task',
      'leave `wait` out there, or give `retry` to the task around it',
    )
  return read
}

function argumentAt(value: unknown, path: string): Argument {
  const fields = fieldsOf(value, path, ['from', 'value'])
  if ('from' in fields) return { from: nameAt(fields['from'], at(path, 'from')) }
  if ('value' in fields) return { value: fields['value'] }
  throw wrong(path, 'an argument has `from` or `value`')
}

function retryAt(value: unknown, path: string): Retry {
  const fields = fieldsOf(value, path, ['times', 'wait'])
  const wait = optional(fields, 'wait', path, countAt)
  return { times: countAt(fields['times'], at(path, 'times')), ...(wait !== undefined && { wait }) }
}

function branchAt(value: unknown, path: string): Branch {
  const fields = fieldsOf(value, path, ['task', 'when'])
  const when = optional(fields, 'when', path, textAt)
  return { task: nameAt(fields['task'], at(path, 'task')), ...(when !== undefined && { when }) }
}

/** Choices are among tasks that wait for the one that chooses: another would never be released. */
function checkSources({ tasks }: Workflow, path: string): void {
  for (const [name, { one = [], some = [] }] of Object.entries(tasks))
    for (const { task } of [...one, ...some]) {
      const chosen = tasks[task]
      const where = at(at(path, 'tasks'), name)
      if (chosen === undefined) throw wrong(where, `there is no task \`${task}\` to choose`)
      if (!sourcesOf(chosen).includes(name))
        throw wrong(where, `\`${task}\` does not wait for \`${name}\``, 'name it in its `after`')
    }
}

function fieldsOf(value: unknown, path: string, known?: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(path, 'expected an object')
  for (const key of Object.keys(value))
    if (known !== undefined && !known.includes(key))
      throw wrong(at(path, key), 'this is not known here', `there are ${known.join(', ')}`)
  return value as Fields
}

function optional<T>(
  fields: Fields,
  key: string,
  path: string,
  read: (value: unknown, path: string) => T,
): T | undefined {
  const value = fields[key]
  return value === undefined ? undefined : read(value, at(path, key))
}

function listAt<T>(value: unknown, path: string, read: (item: unknown, path: string) => T): T[] {
  if (!Array.isArray(value)) throw wrong(path, 'expected a list')
  return value.map((item, i) => read(item, `${path}[${String(i)}]`))
}

function textAt(value: unknown, path: string): string {
  if (typeof value === 'string') return value
  throw wrong(path, 'expected a text')
}

function countAt(value: unknown, path: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw wrong(path, 'expected a whole number, not negative')
}

function nameAt(value: unknown, path: string): string {
  const name = textAt(value, path)
  checkName(name, path)
  return name
}

function checkName(name: string, path: string): void {
  if (!/^[\p{Lu}\p{Lt}][\p{L}\p{M}\p{Nd}_$']*$/u.test(name))
    throw wrong(path, `\`${name}\` is no name of a task`, 'a name begins with a capital: `Resize`')
  if (TAKEN.has(name)) throw wrong(path, `\`${name}\` means something else in workflows`)
}

function at(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function wrong(path: string, message: string, hint?: string): WorkflowError {
  return new WorkflowError(`${path === '' ? 'the workflow' : `\`${path}\``}: ${message}`, {
    ...(hint !== undefined && { hint }),
  })
}
