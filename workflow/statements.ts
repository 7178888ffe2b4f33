import type { AnyNode, Expression, Pattern, Statement } from 'acorn'
import { constant, made, resultOfTask } from './code.ts'
import type { Code } from './code.ts'
import { expression } from './expressions.ts'
import { branch } from './flow.ts'
import { forOf, loop } from './loops.ts'
import { patternReaders } from './patterns.ts'
import { callsHost } from './site.ts'
import type { Site, StatementSite } from './site.ts'
import { partsOf } from './syntax.ts'

/** Statements in their order. Gives the task with the result where they always return. */
export function statements(nodes: readonly Statement[], site: StatementSite): string | undefined {
  for (const [i, node] of nodes.entries()) {
    if (node.type === 'ReturnStatement') return returned(node.argument, site)
    if (node.type === 'IfStatement' && returns(node)) return early(node, nodes.slice(i + 1), site)
    if (node.type === 'BlockStatement' && returns(node))
      return statements([...node.body, ...nodes.slice(i + 1)], site)
    statement(node, site)
  }
  return undefined
}

function returned(argument: Expression | null | undefined, site: StatementSite): string {
  const { flow, source } = site
  if (!argument) return flow.compute(constant(undefined), { label: 'return' })
  return flow.settle(expression(argument, site), source.label(argument))
}

/** A branch that returns: what comes after it belongs to the other one. */
function early(
  node: Statement & { type: 'IfStatement' },
  rest: readonly Statement[],
  site: StatementSite,
): string {
  const { flow, source } = site
  const result = (nodes: readonly Statement[]): string =>
    statements([...nodes, ...rest], site) ?? returned(undefined, site)
  const label = source.label(node.test)
  const { yes, no, join } = branch(flow, {
    test: expression(node.test, site),
    label,
    yes: () => result([node.consequent]),
    no: () => result(node.alternate ? [node.alternate] : []),
  })
  return join(yes, no, 'return')
}

function statement(node: Statement, site: StatementSite): void {
  const { flow, source } = site
  switch (node.type) {
    case 'EmptyStatement':
      return
    case 'ExpressionStatement':
      expressionStatement(node.expression, site)
      return
    case 'VariableDeclaration':
      declaration(node, site)
      return
    case 'BlockStatement':
      block(node.body, site)
      return
    case 'IfStatement':
      branch(flow, {
        test: expression(node.test, site),
        label: source.label(node.test),
        yes: () => {
          body(node.consequent, site)
        },
        no: () => {
          if (node.alternate) body(node.alternate, site)
        },
      })
      return
    case 'WhileStatement':
    case 'DoWhileStatement':
      loop(
        {
          node,
          label: source.label(node.test),
          asksFirst: node.type === 'WhileStatement',
          test: (inner) => expression(node.test, inner),
          body: (inner) => {
            body(node.body, inner)
          },
        },
        site,
      )
      return
    case 'ForStatement':
      forStatement(node, site)
      return
    case 'ForOfStatement':
      forOf(
        node,
        site,
        (inner) => {
          body(node.body, inner)
        },
        bind,
      )
      return
    default:
      throw refusal(node, site)
  }
}

const HINTS: Readonly<Record<string, readonly [string, string]>> = {
  TryStatement: [
    '`try` cannot see what fails on another node',
    'let a function of the host catch it, or give the task `retry` or an adaptation',
  ],
  ThrowStatement: ['`throw` stands in no task', 'call a function of the host that throws'],
  LabeledStatement: ['a label', 'let a variable say how far the outer loop goes'],
  FunctionDeclaration: ['a function inside of a workflow', 'move it out, and give it in `host`'],
  ClassDeclaration: ['a class inside of a workflow', 'move it out, and give functions in `host`'],
  ForInStatement: ['`for … in` goes through names', 'write `for (const key of Object.keys(x))`'],
  SwitchStatement: ['`switch`', 'write `if … else if …`'],
}

function refusal(node: AnyNode, { source }: Site): Error {
  const [message, hint] = HINTS[node.type] ?? [
    `\`${source.label(node)}\` cannot be a part of a workflow`,
    'put it into a function of the host',
  ]
  return source.refusal(node, message, hint)
}

/** A branch, or the turn of a loop. */
function body(node: Statement, site: StatementSite): void {
  block(node.type === 'BlockStatement' ? node.body : [node], site)
}

/** Statements in a scope of their own: what they declare is gone afterwards. */
function block(nodes: readonly Statement[], site: StatementSite): void {
  const { flow } = site
  const before = new Map(flow.scope)
  const own = new Set<string>()
  for (const node of nodes) {
    if (node.type === 'VariableDeclaration')
      for (const { id } of node.declarations)
        for (const { name } of patternReaders(id, site)) own.add(name)
    statement(node, site)
  }
  for (const name of own) {
    const outer = before.get(name)
    if (outer === undefined) flow.scope.delete(name)
    else flow.scope.set(name, outer)
  }
}

function declaration(node: Statement & { type: 'VariableDeclaration' }, site: StatementSite): void {
  for (const { id, init } of node.declarations)
    bind(id, init ? expression(init, site) : constant(undefined), site, node.kind === 'const')
}

/** Gives the variables of a pattern their values. */
export function bind(pattern: Pattern, code: Code, site: StatementSite, isConstant: boolean): void {
  const { flow, source } = site
  const set = (name: string, value: Code, label: string): void => {
    flow.scope.set(name, { task: flow.settle(value, label), isConstant })
  }
  if (pattern.type === 'Identifier') {
    set(pattern.name, code, `${pattern.name} = …`)
    return
  }
  const whole = resultOfTask(flow.settle(code, source.label(pattern)))
  for (const { name, read } of patternReaders(pattern, site))
    set(
      name,
      made([whole], (values) => read(whole.run(values))),
      name,
    )
}

function expressionStatement(node: Expression, site: StatementSite): void {
  switch (node.type) {
    case 'AssignmentExpression':
      assignment(node, site)
      return
    case 'UpdateExpression': {
      const before = expression(node.argument, site)
      const step = node.operator === '++' ? 1 : -1
      const after = made([before], (values) => Number(before.run(values)) + step)
      assign(node.argument, after, site)
      return
    }
    default: {
      const code = expression(node, site)
      // Its calls are tasks already. What calls nothing does nothing, unless it fails.
      if (!callsHost(node, site)) site.flow.compute(code, { label: site.source.label(node) })
    }
  }
}

function assignment(
  node: Expression & { type: 'AssignmentExpression' },
  site: StatementSite,
): void {
  const { operator, left, right } = node
  if (operator === '=') {
    assign(left, expression(right, site), site)
    return
  }
  if (left.type !== 'Identifier') throw shared(left, site)
  // `a += b` is `a = a + b`, and `a ||= b` is `a = a || b`.
  const plain = operator.slice(0, -1)
  const type = ['&&', '||', '??'].includes(plain) ? 'LogicalExpression' : 'BinaryExpression'
  const whole = { ...node, type, operator: plain, left, right } as Expression
  assign(left, expression(whole, site), site)
}

function assign(target: Pattern | Expression, code: Code, site: StatementSite): void {
  const { flow, source } = site
  if (target.type === 'MemberExpression') throw shared(target, site)
  // A target of an assignment is a pattern.
  const readers = patternReaders(target as Pattern, site)
  const whole = resultOfTask(flow.settle(code, source.label(target)))
  for (const { name, read } of readers) {
    const variable = flow.scope.get(name)
    if (variable === undefined)
      throw source.refusal(
        target,
        `\`${name}\` is a variable outside of the function`,
        'return what is to be known outside',
      )
    if (variable.isConstant)
      throw source.refusal(target, `\`${name}\` is a constant`, 'write `let`')
    const value =
      target.type === 'Identifier' ? whole : made([whole], (values) => read(whole.run(values)))
    flow.scope.set(name, { task: flow.settle(value, name), isConstant: false })
  }
}

function shared(node: AnyNode, { source }: Site): Error {
  return source.refusal(
    node,
    `\`${source.label(node)}\` changes a value that other tasks may have`,
    'make a new one: `item = { ...item, count: 1 }`',
  )
}

function forStatement(node: Statement & { type: 'ForStatement' }, site: StatementSite): void {
  const { flow, source } = site
  const { init, test, update } = node
  const before = new Map(flow.scope)
  const own: string[] = []
  if (init?.type === 'VariableDeclaration') {
    declaration(init, site)
    for (const { id } of init.declarations)
      own.push(...patternReaders(id, site).map(({ name }) => name))
  } else if (init) expressionStatement(init, site)
  loop(
    {
      node,
      label: test ? source.label(test) : 'for',
      asksFirst: true,
      test: (inner) => (test ? expression(test, inner) : constant(true)),
      body: (inner) => {
        body(node.body, inner)
        if (update?.type === 'SequenceExpression')
          for (const each of update.expressions) expressionStatement(each, inner)
        else if (update) expressionStatement(update, inner)
      },
    },
    site,
  )
  for (const name of own) {
    const outer = before.get(name)
    if (outer === undefined) flow.scope.delete(name)
    else flow.scope.set(name, outer)
  }
}

function returns(node: AnyNode): boolean {
  if (node.type === 'ReturnStatement') return true
  if (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression') return false
  for (const part of partsOf(node)) if (returns(part)) return true
  return false
}
