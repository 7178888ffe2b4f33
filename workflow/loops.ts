import type { AnyNode, Pattern } from 'acorn'
import { constant, made, resultOfTask } from './code.ts'
import type { Code } from './code.ts'
import { expression } from './expressions.ts'
import { Flow } from './flow.ts'
import type { ForOfUntil } from './leaving.ts'
import type { StatementSite } from './site.ts'
import { partsOf } from './syntax.ts'

/** A loop. Each turn of it is a workflow, which gets the variables and gives them back, after the condition. */
export interface Loop {
  readonly node: AnyNode
  readonly label: string
  /** Whether the condition is asked before the first turn. */
  readonly asksFirst: boolean
  readonly test: (site: StatementSite) => Code
  readonly body: (site: StatementSite) => void
  /** Variables that the text does not name. */
  readonly hidden?: readonly string[]
}

/** Makes the task of a loop. Variables that the body sets have their last values afterwards. */
export function loop(
  { node, label, asksFirst, test, body, hidden = [] }: Loop,
  site: StatementSite,
): void {
  const { flow } = site
  const named = new Set(hidden)
  namesIn(node, named)
  const names = [...flow.scope.keys()].filter((name) => named.has(name))
  const first = state(asksFirst ? test(site) : constant(true), names, flow)
  const goesOn = flow.services.add((given) => Array.isArray(given) && given[0] === true)
  const [turns, none] = [flow.reserve(), flow.reserve()]
  const start = flow.compute(first, {
    label,
    one: [{ task: turns, when: goesOn }, { task: none }],
  })
  const turn = new Flow(flow.services)
  names.forEach((name, i) => {
    const task = turn.compute(field('INPUT', i + 1), { label: name })
    turn.scope.set(name, { task, isConstant: flow.scope.get(name)?.isConstant ?? false })
  })
  const before = new Map(turn.scope)
  const inner: StatementSite = { ...site, flow: turn }
  body(inner)
  const last = turn.compute(state(test(inner), names, turn), { label: 'again?' })
  const output = turn.tasks[last]
  if (output !== undefined) turn.add(output, 'OUTPUT')
  Reflect.deleteProperty(turn.tasks, last)
  flow.add(
    {
      arguments: [{ from: start }],
      workflow: { tasks: turn.tasks },
      while: goesOn,
      label: `while ${label}`,
    },
    turns,
  )
  flow.add({ after: [start], label: 'no turn' }, none)
  const end = flow.merge([turns, none], `after ${label}`)
  names.forEach((name, i) => {
    const variable = flow.scope.get(name)
    if (variable === undefined || turn.scope.get(name)?.task === before.get(name)?.task) return
    flow.scope.set(name, { ...variable, task: flow.compute(field(end, i + 1), { label: name }) })
  })
}

/** Whether it goes on, and the variables. */
function state(test: Code, names: readonly string[], flow: Flow): Code {
  const variables = names.map((name) => resultOfTask(flow.scope.get(name)?.task ?? ''))
  return made([test, ...variables], (values) => [
    Boolean(test.run(values)),
    ...variables.map((variable) => variable.run(values)),
  ])
}

function field(task: string, index: number): Code {
  return {
    inputs: [task],
    run: ({ tasks }) => (tasks.get(task) as readonly unknown[])[index],
  }
}

function namesIn(node: AnyNode, found: Set<string>): void {
  if (node.type === 'Identifier') found.add(node.name)
  for (const part of partsOf(node)) namesIn(part, found)
}

type Bind = (pattern: Pattern, code: Code, site: StatementSite, isConstant: boolean) => void

/** `for (const x of items)`: one turn after the other, with two variables of its own. */
export function forOf(
  node: ForOfUntil,
  site: StatementSite,
  body: (site: StatementSite) => void,
  bind: Bind,
): void {
  const { flow, source } = site
  if (node.left.type !== 'VariableDeclaration')
    throw source.refusal(
      node.left,
      'a loop needs a variable of its own',
      'write `for (const x of …)`',
    )
  const [declared] = node.left.declarations
  const isConstant = node.left.kind === 'const'
  const depth = String(flow.scope.size)
  const [items, index] = [`#items${depth}`, `#index${depth}`]
  const given = expression(node.right, site)
  const listed = made([given], (values) => Array.from(given.run(values) as Iterable<unknown>))
  const variable = (code: Code, label: string): { task: string; isConstant: boolean } => ({
    task: flow.compute(code, { label }),
    isConstant: false,
  })
  flow.scope.set(items, variable(listed, source.label(node.right)))
  flow.scope.set(index, variable(constant(0), '0'))
  const read = (inner: StatementSite): readonly [Code, Code] => [
    resultOfTask(inner.flow.scope.get(items)?.task ?? ''),
    resultOfTask(inner.flow.scope.get(index)?.task ?? ''),
  ]
  loop(
    {
      node,
      label: `of ${source.label(node.right)}`,
      asksFirst: true,
      hidden: [items, index],
      test: (inner) => {
        const [all, i] = read(inner)
        const left = node.until ? expression(node.until, inner) : constant(false)
        return made(
          [all, i, left],
          (values) =>
            left.run(values) !== true &&
            Number(i.run(values)) < (all.run(values) as unknown[]).length,
        )
      },
      body: (inner) => {
        const [all, i] = read(inner)
        const item = made(
          [all, i],
          (values) => (all.run(values) as unknown[])[Number(i.run(values))],
        )
        const outer = new Map(inner.flow.scope)
        if (declared !== undefined) bind(declared.id, item, inner, isConstant)
        body(inner)
        for (const name of [...inner.flow.scope.keys()])
          if (!outer.has(name)) inner.flow.scope.delete(name)
        const next = made([i], (values) => Number(i.run(values)) + 1)
        inner.flow.scope.set(index, {
          task: inner.flow.compute(next, { label: 'next' }),
          isConstant: false,
        })
      },
    },
    site,
  )
  flow.scope.delete(items)
  flow.scope.delete(index)
}
