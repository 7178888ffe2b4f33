import type { AnyNode, Expression } from 'acorn'
import { made, resultOfTask } from './code.ts'
import type { Code, Values } from './code.ts'
import { NOTHING, keyOf, list, member } from './members.ts'
import { namesIn, patternReaders } from './patterns.ts'
import { CHANGING, callMethod, isNamespace } from './pure.ts'
import { callsHost, eachRefusal, isVariable, pathOf, refusal } from './site.ts'
import type { Site } from './site.ts'

/** A call: of the host, which is a task, or of something that depends on its arguments only. */
export function call(node: Expression & { type: 'CallExpression' }, site: Site): Code {
  const { callee } = node
  const path = pathOf(callee, site)
  const service = path === undefined ? undefined : site.host.service(path)
  if (service !== undefined) return hostCall(node, site, service)
  if (path === 'Promise.all') return all(node, site)
  if (callee.type === 'Identifier') {
    const found = site.expression(callee, site)
    return applied(node, site, found)
  }
  if (callee.type !== 'MemberExpression') throw refusal(node, site)
  if (path !== undefined && callee.object.type === 'Identifier' && isNamespace(callee.object.name))
    return applied(node, site, member(callee, site))
  return method(node, site, callee)
}

function hostCall(
  node: Expression & { type: 'CallExpression' },
  site: Site,
  service: (...args: unknown[]) => unknown,
): Code {
  if (site.flow === undefined) throw eachRefusal(node, site)
  const args = argumentsOf(node, site)
  const task = site.flow.call(
    args.inputs,
    (...results) => {
      const tasks = new Map(args.inputs.map((input, i) => [input, results[i]]))
      return service(...(args.run({ tasks, locals: undefined }) as unknown[]))
    },
    { label: site.source.label(node) },
  )
  return resultOfTask(task)
}

function applied(node: Expression & { type: 'CallExpression' }, site: Site, callee: Code): Code {
  const args = argumentsOf(node, site)
  return made([callee, args], (values) => {
    const found = callee.run(values)
    if (typeof found !== 'function')
      throw new TypeError(`${site.source.label(node.callee)} is not a function`)
    const apply = found as (...given: unknown[]) => unknown
    return apply(...(args.run(values) as unknown[]))
  })
}

function method(
  node: Expression & { type: 'CallExpression' },
  site: Site,
  callee: Expression & { type: 'MemberExpression' },
): Code {
  const key = keyOf(callee, site)
  if (callee.property.type === 'Identifier' && CHANGING.has(callee.property.name))
    throw site.source.refusal(
      node,
      `\`${callee.property.name}\` changes a list that other tasks may have`,
      'make a new one: `[...items, item]`, `items.toSorted()`',
    )
  const root = callee.object
  if (root.type === 'Identifier' && !isVariable(root.name, site) && !site.host.constant(root.name))
    throw site.source.refusal(
      node,
      `\`${site.source.label(callee)}\` is not known here`,
      'give it in `host`, where its name stands for what is called',
    )
  const self = site.expression(root, site)
  const args = argumentsOf(node, site)
  return made([self, key, args], (values) => {
    const value = self.run(values)
    if (callee.optional && (value === null || value === undefined)) throw NOTHING
    return callMethod(value, String(key.run(values)), args.run(values) as unknown[])
  })
}

function argumentsOf(node: Expression & { type: 'CallExpression' }, site: Site): Code {
  return list({ ...node, type: 'ArrayExpression', elements: node.arguments }, site)
}

/** `Promise.all([…])`, and `Promise.all(items.map(f))`, for which there is a task for each item. */
function all(node: Expression & { type: 'CallExpression' }, site: Site): Code {
  const [given] = node.arguments
  if (given === undefined || given.type === 'SpreadElement') throw refusal(node, site)
  if (given.type !== 'CallExpression' || given.callee.type !== 'MemberExpression')
    return site.expression(given, site)
  const { callee } = given
  const [each] = given.arguments
  const isMap = callee.property.type === 'Identifier' && callee.property.name === 'map'
  if (!isMap || each === undefined || !isFunction(each) || !callsHost(each.body, site))
    return site.expression(given, site)
  return eachItem(each, site.expression(callee.object, site), site)
}

type FunctionNode = Expression & { type: 'ArrowFunctionExpression' | 'FunctionExpression' }

function isFunction(node: AnyNode): node is FunctionNode {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression'
}

/** A task for each item of a list: the function is one call of the host, with anything for arguments. */
function eachItem(each: FunctionNode, items: Code, site: Site): Code {
  const { flow, source, host } = site
  if (flow === undefined) throw eachRefusal(each, site)
  const found = strippedAwait(returned(each, site))
  const path = found.type === 'CallExpression' ? pathOf(found.callee, site) : undefined
  const service = path === undefined ? undefined : host.service(path)
  if (found.type !== 'CallExpression' || service === undefined)
    throw source.refusal(
      found,
      'what is called for each item is one function of the host',
      'put the rest into that function, or into a function for the items before or after',
    )
  const inner: Site = {
    ...site,
    flow: undefined,
    host: host.within(flow.scope),
    locals: localsOf(each, site),
  }
  const args = argumentsOf(found, inner)
  const bindings = parametersOf(each, inner)
  const label = source.label(found)
  const rows = made([items, args], ({ tasks }) =>
    (items.run({ tasks, locals: undefined }) as readonly unknown[]).map((item, i) =>
      args.run({ tasks, locals: { names: bindings([item, i]), outer: undefined } }),
    ),
  )
  const task = flow.compute(rows, { label: `each ${label}` })
  return resultOfTask(
    flow.add({
      after: [task],
      each: flow.services.add((row) => service(...(row as unknown[]))),
      label,
    }),
  )
}

function strippedAwait(node: Expression): Expression {
  return node.type === 'AwaitExpression' ? strippedAwait(node.argument) : node
}

/** What a function gives that does nothing else. */
function returned({ body }: FunctionNode, site: Site): Expression {
  if (body.type !== 'BlockStatement') return body
  const [only, more] = body.body
  if (only?.type === 'ReturnStatement' && more === undefined && only.argument) return only.argument
  throw site.source.refusal(
    body,
    'a function inside of a workflow is one expression',
    'write `(x) => …`, or put it into a function of the host',
  )
}

/** A function in an expression: called for items of a list, it works out one expression. */
export function callback(node: FunctionNode, site: Site): Code {
  if (node.async || node.generator || callsHost(node.body, site)) throw eachRefusal(node, site)
  const inner: Site = { ...site, locals: localsOf(node, site) }
  const body = site.expression(returned(node, inner), inner)
  const bindings = parametersOf(node, inner)
  return made(
    [body],
    ({ tasks, locals }: Values) =>
      (...args: unknown[]) =>
        body.run({ tasks, locals: { names: bindings(args), outer: locals } }),
  )
}

function localsOf({ params }: FunctionNode, site: Site): ReadonlySet<string> {
  return new Set([...site.locals, ...params.flatMap((param) => namesIn(param, site))])
}

function parametersOf(
  { params }: FunctionNode,
  site: Site,
): (args: readonly unknown[]) => ReadonlyMap<string, unknown> {
  const readers = params.map((param, i) =>
    param.type === 'RestElement'
      ? { readers: patternReaders(param.argument, site), rest: i }
      : { readers: patternReaders(param, site), rest: undefined },
  )
  return (args) =>
    new Map(
      readers.flatMap(({ readers: own, rest }, i) =>
        own.map(({ name: key, read }) => [
          key,
          read(rest === undefined ? args[i] : args.slice(rest)),
        ]),
      ),
    )
}
