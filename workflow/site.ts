import type { AnyNode, Expression, SpreadElement, Super } from 'acorn'
import type { Code } from './code.ts'
import type { Flow } from './flow.ts'
import type { HostNames } from './host-names.ts'
import { partsOf } from './syntax.ts'
import type { FunctionSource } from './syntax.ts'

/** Where an expression stands. */
export interface Site {
  /** Reads a part of it. */
  readonly expression: (node: Expression | Super | SpreadElement, site: Site) => Code
  readonly source: FunctionSource
  readonly host: HostNames
  /** Absent in a function that is called for each item: there nothing of the host can be called. */
  readonly flow: Flow | undefined
  /** Names of variables that tasks have, or undefined for one that is local. */
  readonly locals: ReadonlySet<string>
}

/** Where statements stand: there are always tasks to be made of them. */
export interface StatementSite extends Site {
  readonly flow: Flow
}

const HINTS: Readonly<Record<string, readonly [string, string]>> = {
  ThisExpression: [
    '`this` is somewhere else when a task runs',
    'give what is needed as an argument',
  ],
  Super: ['`super` is somewhere else when a task runs', 'call a function of the host'],
  NewExpression: [
    'an object of a class cannot travel',
    'let a function of the host make plain data',
  ],
  YieldExpression: ['a generator cannot become a workflow', 'write an `async function`'],
  AssignmentExpression: [
    'an assignment inside an expression',
    'write it as a statement of its own',
  ],
  UpdateExpression: ['an assignment inside an expression', 'write it as a statement of its own'],
  ClassExpression: [
    'an object of a class cannot travel',
    'let a function of the host make plain data',
  ],
  TaggedTemplateExpression: ['a tagged template', 'call the function with the parts as arguments'],
  ImportExpression: ['an import', 'give the function in `host`'],
  MetaProperty: ['`import.meta` is somewhere else when a task runs', 'give it as an argument'],
}

/** What is to be thrown at an expression that cannot be a part of a workflow. */
export function refusal(node: AnyNode, { source }: Site): Error {
  const [message, hint] = HINTS[node.type] ?? [
    `\`${source.label(node)}\` cannot be a part of a workflow`,
    'put it into a function of the host',
  ]
  return source.refusal(node, message, hint)
}

/** The same for a call of the host in a function that is called for each item. */
export function eachRefusal(node: AnyNode, { source }: Site): Error {
  return source.refusal(
    node,
    `\`${source.label(node)}\` waits in a function that is called for each item`,
    'write `await Promise.all(items.map((item) => f(item)))`, or a loop `for (const item of items)`',
  )
}

/** Whether a name is a variable of the function. */
export function isVariable(wanted: string, site: Site): boolean {
  return (
    site.locals.has(wanted) ||
    site.flow?.scope.has(wanted) === true ||
    site.host.outer?.has(wanted) === true
  )
}

/** `api.get`, where `api` is no variable of the function. */
export function pathOf(callee: AnyNode, site: Site): string | undefined {
  if (callee.type === 'Identifier') return isVariable(callee.name, site) ? undefined : callee.name
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined
  const before = pathOf(callee.object, site)
  return before === undefined || callee.property.type !== 'Identifier'
    ? undefined
    : `${before}.${callee.property.name}`
}

/** Whether a part calls something of the host, or waits. */
export function callsHost(node: AnyNode, site: Site): boolean {
  if (node.type === 'AwaitExpression') return true
  if (node.type === 'CallExpression') {
    const path = pathOf(node.callee, site)
    if (path !== undefined && site.host.service(path) !== undefined) return true
  }
  for (const part of partsOf(node)) if (callsHost(part, site)) return true
  return false
}
