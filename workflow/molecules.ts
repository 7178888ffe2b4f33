import { List, SolutionValue, Tuple, printInline, symbol } from '../interpreter/index.ts'
import type { Molecule } from '../interpreter/index.ts'
import { sourcesOf } from './description.ts'
import type { Adaptation, Branch, Task, Workflow } from './description.ts'
import { asMolecule } from './values.ts'

/** The molecules of a workflow, as `hocl.workflow` takes them: its tasks and adaptations. */
export function workflowMolecules(workflow: Workflow): readonly Molecule[] {
  const served = new Map<string, string[]>()
  for (const [name, task] of Object.entries(workflow.tasks))
    for (const source of sourcesOf(task)) {
      const known = served.get(source)
      if (known === undefined) served.set(source, [name])
      else known.push(name)
    }
  return [
    ...Object.entries(workflow.tasks).map(([name, task]) =>
      tuple(symbol(name), taskSolution(task, served.get(name) ?? [])),
    ),
    ...(workflow.adapt ?? []).map(adaptation),
  ]
}

/** The program of a workflow. The functions that do the work are to be there when it runs: `--host`. */
export function workflowText(workflow: Workflow): string {
  const lines = workflowMolecules(workflow).map((each) => `  ${printInline(each)},\n`)
  const waits = needsTime(workflow)
  return `import hocl.workflow;\n${waits ? 'import hocl.time;\n' : ''}<\n${lines.join('')}  ...workflow${waits ? ',\n  ...time' : ''}\n>\n`
}

/** Whether something in a workflow waits for a while, so that somebody has to keep the time. */
export function needsTime({ tasks, adapt = [] }: Workflow): boolean {
  return (
    Object.values(tasks).some(
      ({ retry, workflow }) =>
        (retry?.wait ?? 0) > 0 || (workflow !== undefined && needsTime(workflow)),
    ) || adapt.some((each) => needsTime(each.with))
  )
}

function taskSolution(task: Task, served: readonly string[]): Molecule {
  const { need, retry, while: again, one, some, undo } = task
  const options: Molecule[] = [
    tuple(symbol('SRC'), names(sourcesOf(task))),
    tuple(symbol('DST'), names(served)),
  ]
  const option = (name: string, ...values: readonly Molecule[]): void => {
    options.push(new Tuple([symbol(name), ...values]))
  }
  service(task, option)
  inputs(task, option)
  if (need !== undefined) option('NEED', need)
  if (retry !== undefined) option('RETRY', retry.times, retry.wait ?? 0)
  if (again !== undefined) option('WHILE', again)
  if (one !== undefined) option('THEN', symbol('ONE'), branches(one))
  if (some !== undefined) option('THEN', symbol('SOME'), branches(some))
  if (undo !== undefined) option('UNDO', undo)
  return solutionOf(options)
}

type Option = (name: string, ...values: readonly Molecule[]) => void

function service({ service: name, each, every, workflow }: Task, option: Option): void {
  if (name !== undefined) option('SRV', name)
  if (each !== undefined) option('SRV', symbol('EACH'), each)
  if (every !== undefined) option('SRV', symbol('EVERY'), every)
  if (workflow !== undefined) option('SRV', solutionOf(workflowMolecules(workflow)))
}

/** What is there from the start; arguments that are values are named, so that they keep their places. */
function inputs({ arguments: wanted, given = [] }: Task, option: Option): void {
  const there = given.map(asMolecule)
  if (wanted === undefined) {
    option('IN', solutionOf(there))
    return
  }
  const order = wanted.map((each, i) => {
    if ('from' in each) return symbol(each.from)
    const name = symbol(`Value${String(i + 1)}`)
    there.push(tuple(symbol('FROM'), name, asMolecule(each.value)))
    return name
  })
  option('ARGS', new List(order))
  option('IN', solutionOf(there))
}

function branches(given: readonly Branch[]): Molecule {
  return new List(
    given.map(({ task, when }) => (when === undefined ? symbol(task) : tuple(symbol(task), when))),
  )
}

function adaptation({ replaces, with: other, exit }: Adaptation): Molecule {
  return tuple(
    symbol('ADAPT'),
    solutionOf([
      tuple(symbol('REPLACES'), names(replaces)),
      tuple(symbol('WITH'), solutionOf(workflowMolecules(other))),
      tuple(symbol('EXIT'), symbol(exit)),
    ]),
  )
}

function names(given: readonly string[]): Molecule {
  return solutionOf(given.map(symbol))
}

function solutionOf(molecules: readonly Molecule[]): Molecule {
  return SolutionValue.of(molecules.map((each) => [each, 1]))
}

function tuple(...fields: readonly Molecule[]): Molecule {
  return new Tuple(fields)
}
