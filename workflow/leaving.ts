import type { AnyNode, Expression, Statement } from 'acorn'

/** A loop over items that has no other turn once a variable is true. */
export type ForOfUntil = Statement & { type: 'ForOfStatement'; until?: Expression }

type LoopStatement = Statement & {
  type: 'WhileStatement' | 'DoWhileStatement' | 'ForStatement' | 'ForOfStatement'
}

/** The variables that say how far a loop goes. */
interface LoopLeft {
  /** No other turn. */
  readonly left: string
  /** Nothing more in this turn. */
  readonly skipped: string
  /** The function is left too, with this. */
  readonly returned: string
  readonly result: string
  /** Whether something after a part that may have left the turn asks so. */
  asksSkipped: boolean
}

/**
 * The same statements without `break`, `continue` and `return` in loops: variables with names that no text can have
 * say that a turn or the loop is left, and what comes after asks them. A label is left where it stands, to be refused.
 */
export function withoutLeaps(nodes: readonly Statement[]): Statement[] {
  return new Leaps().list(nodes, undefined)
}

class Leaps {
  #count = 0

  list(nodes: readonly Statement[], loop: LoopLeft | undefined): Statement[] {
    const made: Statement[] = []
    for (const [i, node] of nodes.entries()) {
      const rest = nodes.slice(i + 1)
      if (loop !== undefined && isLeap(node)) return [...made, ...leap(node, loop)]
      if (isLoop(node)) {
        const { statements, after } = this.#loop(node)
        made.push(...statements)
        if (after === undefined) continue
        return [...made, ...this.list([after, ...rest], loop)]
      }
      if (loop !== undefined && (node.type === 'IfStatement' || node.type === 'BlockStatement')) {
        if (leaves(node)) return [...made, ...this.#leaving(node, rest, loop)]
      }
      made.push(this.#within(node, loop))
    }
    return made
  }

  /** A statement that may leave the turn, and what comes after it. */
  #leaving(
    node: Statement & { type: 'IfStatement' | 'BlockStatement' },
    rest: readonly Statement[],
    loop: LoopLeft,
  ): Statement[] {
    if (ends(node)) return [this.#within(node, loop)]
    if (node.type === 'IfStatement' && ends(node.consequent)) {
      const others = [...(node.alternate ? [this.#block(node.alternate)] : []), ...rest]
      const alternate = this.list(others, loop)
      const consequent = this.#body(node.consequent, loop)
      return [
        { ...node, consequent, alternate: alternate.length > 0 ? block(alternate, node) : null },
      ]
    }
    const [first] = rest
    const before = this.#within(node, loop)
    if (first === undefined) return [before]
    loop.asksSkipped = true
    const after = block(this.list(rest, loop), first)
    return [before, chosen(not(name(loop.skipped, first)), after)]
  }

  /** The same for what is inside of a statement. */
  #within(node: Statement, loop: LoopLeft | undefined): Statement {
    if (node.type === 'BlockStatement') return block(this.list(node.body, loop), node)
    if (node.type !== 'IfStatement') return node
    const alternate = node.alternate ? this.#body(node.alternate, loop) : null
    return { ...node, consequent: this.#body(node.consequent, loop), alternate }
  }

  #body(node: Statement, loop: LoopLeft | undefined): Statement {
    return block(this.list(bodyOf(node), loop), node)
  }

  #block(node: Statement): Statement {
    return node.type === 'BlockStatement' ? node : block([node], node)
  }

  /** A loop, with the variables that it needs, and how the function is left after it. */
  #loop(node: LoopStatement): { statements: Statement[]; after?: Statement } {
    const number = String(++this.#count)
    const variable = (of: string): string => `#${of}${number}`
    const loop: LoopLeft = {
      left: variable('left'),
      skipped: variable('skipped'),
      returned: variable('returned'),
      result: variable('result'),
      asksSkipped: false,
    }
    const body = this.#turn(bodyOf(node.body), loop)
    const [breaks, returns] = [leaves(node.body, 'break'), leaves(node.body, 'return')]
    if (!breaks && !returns) return { statements: [{ ...node, body: block(body, node.body) }] }
    const declared = [declaration(loop.left, node, no(node))]
    if (returns)
      declared.push(declaration(loop.returned, node, no(node)), declaration(loop.result, node))
    const statements = [...declared, until(node, body, name(loop.left, node))]
    if (!returns) return { statements }
    const argument = name(loop.result, node)
    const given = { ...placed(node), type: 'ReturnStatement', argument } as const
    return { statements, after: chosen(name(loop.returned, node), given) }
  }

  /** The body of a loop. Only where it is asked whether the turn is left, a variable says so. */
  #turn(nodes: readonly Statement[], loop: LoopLeft): Statement[] {
    const count = this.#count
    const body = this.list(nodes, loop)
    const [first] = nodes
    if (!loop.asksSkipped || first === undefined) return body
    this.#count = count
    return [declaration(loop.skipped, first, no(first)), ...this.list(nodes, loop)]
  }
}

/** A loop that asks a variable before each turn, and before it goes on to the next. */
function until(node: LoopStatement, body: readonly Statement[], left: Expression): Statement {
  const goesOn = (test: Expression): Expression => ({
    ...placed(test),
    type: 'LogicalExpression',
    operator: '&&',
    left: not(left),
    right: test,
  })
  const whole = block(body, node.body)
  switch (node.type) {
    case 'WhileStatement':
    case 'DoWhileStatement':
      return { ...node, test: goesOn(node.test), body: whole }
    case 'ForOfStatement':
      return { ...node, body: whole, until: left } as ForOfUntil
    case 'ForStatement': {
      const { init, test, update } = node
      const turn: Statement[] = [whole]
      if (update) turn.push(chosen(not(left), block(steps(update), update)))
      const loop: Statement = {
        ...placed(node),
        type: 'WhileStatement',
        test: goesOn(test ?? yes(node)),
        body: block(turn, node.body),
      }
      if (!init) return loop
      return block([...(init.type === 'VariableDeclaration' ? [init] : steps(init)), loop], node)
    }
  }
}

function leap(
  node: Statement & { type: 'BreakStatement' | 'ContinueStatement' | 'ReturnStatement' },
  { left, skipped, returned, result, asksSkipped }: LoopLeft,
): Statement[] {
  const made: Statement[] = []
  if (node.type === 'ReturnStatement') {
    if (node.argument) made.push(assigned(result, node.argument))
    made.push(assigned(returned, yes(node)))
  }
  if (node.type !== 'ContinueStatement') made.push(assigned(left, yes(node)))
  if (asksSkipped) made.push(assigned(skipped, yes(node)))
  return made
}

/** Whether what comes after a statement is never reached. */
function ends(node: Statement): boolean {
  if (isLeap(node)) return true
  if (node.type === 'BlockStatement') return node.body.some(ends)
  return (
    node.type === 'IfStatement' && !!node.alternate && ends(node.consequent) && ends(node.alternate)
  )
}

/** Whether a part leaves the turn of the loop that it is in, or that loop, or the function. */
function leaves(node: AnyNode, by?: 'break' | 'return'): boolean {
  if (isLoop(node)) return by !== 'break' && leaves(node.body, 'return')
  if (isLeap(node))
    return by === undefined || node.type === (by === 'break' ? 'BreakStatement' : 'ReturnStatement')
  if (node.type === 'BlockStatement') return node.body.some((part) => leaves(part, by))
  if (node.type !== 'IfStatement') return false
  return leaves(node.consequent, by) || (!!node.alternate && leaves(node.alternate, by))
}

function isLeap(
  node: AnyNode,
): node is Statement & { type: 'BreakStatement' | 'ContinueStatement' | 'ReturnStatement' } {
  if (node.type === 'ReturnStatement') return true
  return (node.type === 'BreakStatement' || node.type === 'ContinueStatement') && !node.label
}

function isLoop(node: AnyNode): node is LoopStatement {
  return /^(?:While|DoWhile|For|ForOf)Statement$/.test(node.type)
}

function bodyOf(node: Statement): readonly Statement[] {
  return node.type === 'BlockStatement' ? node.body : [node]
}

function steps(node: Expression): Statement[] {
  const parts = node.type === 'SequenceExpression' ? node.expressions : [node]
  return parts.map((expression) => ({
    ...placed(expression),
    type: 'ExpressionStatement',
    expression,
  }))
}

// — parts that no text has, with the place of one that it has

function placed({ start, end, loc }: AnyNode): Pick<AnyNode, 'start' | 'end' | 'loc'> {
  return { start, end, ...(loc && { loc }) }
}

function block(body: readonly Statement[], at: AnyNode): Statement & { type: 'BlockStatement' } {
  return { ...placed(at), type: 'BlockStatement', body: [...body] }
}

function chosen(test: Expression, consequent: Statement): Statement {
  return { ...placed(test), type: 'IfStatement', test, consequent, alternate: null }
}

function name(wanted: string, at: AnyNode): Expression & { type: 'Identifier' } {
  return { ...placed(at), type: 'Identifier', name: wanted }
}

function not(argument: Expression): Expression {
  return { ...placed(argument), type: 'UnaryExpression', operator: '!', prefix: true, argument }
}

function yes(at: AnyNode): Expression {
  return { ...placed(at), type: 'Literal', value: true }
}

function no(at: AnyNode): Expression {
  return { ...placed(at), type: 'Literal', value: false }
}

function declaration(wanted: string, at: AnyNode, init: Expression | null = null): Statement {
  const place = placed(at)
  const declarator = { ...place, type: 'VariableDeclarator', id: name(wanted, at), init } as const
  return { ...place, type: 'VariableDeclaration', kind: 'let', declarations: [declarator] }
}

function assigned(wanted: string, right: Expression): Statement {
  const place = placed(right)
  const left = name(wanted, right)
  const expression = { ...place, type: 'AssignmentExpression', operator: '=', left, right } as const
  return { ...place, type: 'ExpressionStatement', expression }
}
