import type { AnyNode, Expression, SpreadElement, Super } from 'acorn'
import { call, callback } from './calls.ts'
import { constant, local, made, resultOfTask } from './code.ts'
import type { Code } from './code.ts'
import { branch } from './flow.ts'
import { NOTHING, list, member } from './members.ts'
import { binary, unary } from './operators.ts'
import { globals } from './pure.ts'
import { callsHost, eachRefusal, refusal } from './site.ts'
import type { Site } from './site.ts'

/** An expression as code. What calls the host or waits becomes tasks of its own. */
export function expression(node: Expression | Super | SpreadElement, site: Site): Code {
  switch (node.type) {
    case 'Literal':
      return literal(node)
    case 'TemplateLiteral':
      return template(node, site)
    case 'Identifier':
      return name(node, site)
    case 'ParenthesizedExpression':
      return expression(node.expression, site)
    case 'AwaitExpression':
      return expression(node.argument, site)
    case 'ChainExpression':
      return chain(expression(node.expression, site))
    case 'UnaryExpression':
      return unaryExpression(node, site)
    case 'BinaryExpression':
      return binaryExpression(node, site)
    case 'LogicalExpression':
      return logical(node, site)
    case 'ConditionalExpression':
      return conditional(node, site)
    case 'ArrayExpression':
      return list(node, site)
    case 'ObjectExpression':
      return object(node, site)
    case 'MemberExpression':
      return member(node, site)
    case 'CallExpression':
      return call(node, site)
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return callback(node, site)
    case 'SequenceExpression': {
      const parts = node.expressions.map((part) => expression(part, site))
      return parts.at(-1) ?? constant(undefined)
    }
    default:
      throw refusal(node, site)
  }
}

function literal({ value, regex }: Expression & { type: 'Literal' }): Code {
  // A regular expression remembers where it was: each use has its own.
  if (regex) return { inputs: [], run: () => new RegExp(regex.pattern, regex.flags) }
  return constant(value)
}

function template(node: Expression & { type: 'TemplateLiteral' }, site: Site): Code {
  const parts = node.expressions.map((part) => expression(part, site))
  const texts = node.quasis.map(({ value }) => value.cooked ?? '')
  return made(parts, (values) =>
    texts.map((text, i) => text + (i < parts.length ? String(parts[i]?.run(values)) : '')).join(''),
  )
}

function name(node: Expression & { type: 'Identifier' }, site: Site): Code {
  const { name: wanted } = node
  if (site.locals.has(wanted)) return { inputs: [], run: ({ locals }) => local(wanted, locals) }
  const variable = site.flow?.scope.get(wanted) ?? site.host.outer?.get(wanted)
  if (variable !== undefined) return resultOfTask(variable.task)
  const found = site.host.constant(wanted)
  if (found !== undefined) return constant(found.value)
  if (globals.has(wanted)) return constant(globals.get(wanted))
  throw site.source.refusal(
    node,
    `\`${wanted}\` is a variable outside of the function`,
    'give it as an argument, or in `host`',
  )
}

function chain(whole: Code): Code {
  return made([whole], (values) => {
    try {
      return whole.run(values)
    } catch (error) {
      if (error === NOTHING) return undefined
      throw error
    }
  })
}

function unaryExpression(node: Expression & { type: 'UnaryExpression' }, site: Site): Code {
  const apply = unary(node.operator)
  if (apply === undefined) throw refusal(node, site)
  const operand = expression(node.argument, site)
  return made([operand], (values) => apply(operand.run(values)))
}

function binaryExpression(node: Expression & { type: 'BinaryExpression' }, site: Site): Code {
  const apply = binary(node.operator)
  if (apply === undefined || node.left.type === 'PrivateIdentifier') throw refusal(node, site)
  const [left, right] = [expression(node.left, site), expression(node.right, site)]
  return made([left, right], (values) => apply(left.run(values), right.run(values)))
}

function logical(node: Expression & { type: 'LogicalExpression' }, site: Site): Code {
  const left = expression(node.left, site)
  const goesOn = (value: unknown): boolean =>
    node.operator === '&&'
      ? Boolean(value)
      : node.operator === '||'
        ? !value
        : value === null || value === undefined
  if (site.flow !== undefined && callsHost(node.right, site)) {
    const { flow } = site
    const first = resultOfTask(flow.settle(left, site.source.label(node.left)))
    return chosen(node, site, {
      test: made([first], (values) => goesOn(first.run(values))),
      yes: () => expression(node.right, site),
      no: () => first,
    })
  }
  const right = expression(node.right, site)
  return made([left, right], (values) => {
    const value = left.run(values)
    return goesOn(value) ? right.run(values) : value
  })
}

function conditional(node: Expression & { type: 'ConditionalExpression' }, site: Site): Code {
  const test = expression(node.test, site)
  const isPure = !callsHost(node.consequent, site) && !callsHost(node.alternate, site)
  if (!isPure)
    return chosen(node, site, {
      test,
      yes: () => expression(node.consequent, site),
      no: () => expression(node.alternate, site),
    })
  const [yes, no] = [expression(node.consequent, site), expression(node.alternate, site)]
  return made([test, yes, no], (values) => (test.run(values) ? yes.run(values) : no.run(values)))
}

interface Alternatives {
  readonly test: Code
  readonly yes: () => Code
  readonly no: () => Code
}

/** Of two parts that call the host only one is called. */
function chosen(node: AnyNode, site: Site, { test, yes, no }: Alternatives): Code {
  const { flow, source } = site
  if (flow === undefined) throw eachRefusal(node, site)
  const label = source.label(node)
  const branches = branch(flow, {
    test,
    label,
    yes: () => flow.settle(yes(), label),
    no: () => flow.settle(no(), label),
  })
  return resultOfTask(branches.join(branches.yes, branches.no, label))
}

function object(node: Expression & { type: 'ObjectExpression' }, site: Site): Code {
  const parts = node.properties.map((property) => {
    if (property.type === 'SpreadElement')
      return { key: undefined, value: expression(property.argument, site) }
    if (property.kind !== 'init' || property.method) throw refusal(property, site)
    const key =
      !property.computed && property.key.type === 'Identifier'
        ? constant(property.key.name)
        : expression(property.key, site)
    return { key, value: expression(property.value, site) }
  })
  return made(
    parts.flatMap(({ key, value }) => (key === undefined ? [value] : [key, value])),
    (values) => {
      const entries = parts.flatMap(({ key, value }) =>
        key === undefined
          ? Object.entries(Object(value.run(values) ?? {}) as object)
          : [[String(key.run(values)), value.run(values)] as const],
      )
      return Object.fromEntries(entries)
    },
  )
}
