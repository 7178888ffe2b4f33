import type {
  Definition,
  Element,
  ErrorNode,
  Expression,
  Import,
  MemberExpression,
  Molecules,
  NamedRule,
  Program,
  RuleExpression,
  Span,
  Token,
  Type,
  Word,
} from '../../grammar/index.ts'
import type { Call, Declaration, Occurrence, Role } from './declaration.ts'
import { qualifierOf, targetOf } from './imports.ts'
import { looseNames } from './loose.ts'
import { declarePatterns } from './patterns.ts'
import { Scope } from './scope.ts'

/** Walks a tree and collects its names. */
export class Finder {
  readonly occurrences: Occurrence[] = []
  readonly declarations: Declaration[] = []
  readonly calls: Call[] = []
  readonly #tokens: readonly Token[]
  readonly #whole: Span
  readonly #modules = new Set<string>()

  constructor(program: Program, tokens: readonly Token[]) {
    this.#tokens = tokens
    this.#whole = program.span
  }

  import(node: Import): void {
    const { name, span } = qualifierOf(node)
    this.#modules.add(name)
    const declaration: Declaration = {
      kind: 'module',
      name,
      span,
      whole: node.span,
      scope: this.#whole,
      module: { target: targetOf(node), isStandard: node.target.kind === 'path' },
    }
    this.declare(declaration)
    if (node.target.kind === 'path')
      for (const word of node.target.words)
        if (word.span.start !== span.start) this.#add(word, 'module', undefined)
  }

  program({ definitions, solution, imports }: Program, scope: Scope): void {
    const inside = this.#definitions(definitions, scope, this.#whole, { isExported: true })
    if (solution !== undefined) this.molecules(solution.molecules, inside, solution.span.end)
    const isUnread = definitions.length + imports.length === 0 && solution === undefined
    if (isUnread) this.#loose(this.#whole, inside)
  }

  declare(declaration: Declaration, role: Role = 'declares'): void {
    this.declarations.push(declaration)
    const { name, span } = declaration
    this.occurrences.push({ name, span, role, declaration })
  }

  use(word: Word, role: Role, scope: Scope): void {
    this.#add(word, role, scope.find(word.text))
  }

  symbol(word: Word, { isTag = false } = {}): void {
    this.occurrences.push({ name: word.text, span: word.span, role: 'symbol', isTag })
  }

  /** Definitions one after the other; consecutive `let rec` see one another. */
  #definitions(
    definitions: readonly Definition[],
    outer: Scope,
    around: Span,
    { isExported = false } = {},
  ): Scope {
    let scope = outer
    let recursive: readonly Definition[] = []
    definitions.forEach((definition, index) => {
      if (isRecursiveRule(definition)) {
        if (!recursive.includes(definition)) {
          recursive = groupFrom(definitions, index)
          scope = new Scope(scope)
          const start = recursive[0]?.span.start ?? definition.span.start
          for (const each of recursive)
            this.#declareDefinition(each, scope, { start, end: around.end }, isExported)
        }
        this.#body(definition, scope)
        return
      }
      this.#body(definition, scope)
      scope = new Scope(scope)
      const visible = { start: definition.span.end, end: around.end }
      this.#declareDefinition(definition, scope, visible, isExported)
    })
    return scope
  }

  #declareDefinition(
    { name, span, body, parameters, documentation }: Definition,
    scope: Scope,
    visible: Span,
    isExported: boolean,
  ): void {
    if (name.text === '') return
    const kind = parameters !== undefined ? 'maker' : body.kind === 'rule' ? 'rule' : 'value'
    const declaration: Declaration = {
      kind,
      name: name.text,
      span: name.span,
      whole: span,
      scope: visible,
      body,
      parameters: parameters?.map(({ text }) => text),
      documentation,
      isExported,
    }
    scope.declare(declaration)
    this.declare(declaration)
  }

  #body({ body, parameters, span, name }: Definition, outer: Scope): void {
    const scope = new Scope(outer)
    for (const parameter of parameters ?? []) {
      const declaration: Declaration = {
        kind: 'parameter',
        name: parameter.text,
        span: parameter.span,
        whole: parameter.span,
        scope: { start: name.span.end, end: span.end },
      }
      scope.declare(declaration)
      this.declare(declaration)
    }
    // Of what could not be read, the tree keeps only where the mistake was.
    const from = parameters?.at(-1)?.span.end ?? name.span.end
    if (body.kind === 'error') this.#loose({ start: from, end: span.end }, scope)
    else this.expression(body, scope)
  }

  /** The inside of a solution, parenthesis or product that ends at `end`. */
  molecules({ items, span }: Molecules, outer: Scope, end: number): void {
    const around = { start: span.start, end }
    const base = new Scope(outer)
    for (const item of items)
      if (item.kind !== 'definition')
        for (const rule of namedRules(item)) this.#name(rule, base, around)
    let scope = base
    let group: Definition[] = []
    const flush = (): void => {
      if (group.length > 0) scope = this.#definitions(group, scope, around)
      group = []
    }
    for (const item of items) {
      if (item.kind === 'definition') group.push(item)
      else {
        flush()
        this.#element(item, scope)
      }
    }
    flush()
  }

  #name({ name, rule, span }: NamedRule, scope: Scope, visible: Span): void {
    const declaration: Declaration = {
      kind: 'rule',
      name: name.text,
      span: name.span,
      whole: span,
      scope: visible,
      body: rule,
    }
    scope.declare(declaration)
    this.declare(declaration)
  }

  #element(element: Element, scope: Scope): void {
    switch (element.kind) {
      case 'nothing':
        return
      case 'spread':
        this.expression(element.expression, scope)
        return
      case 'counted':
        this.expression(element.molecule, scope)
        this.expression(element.multiplicity, scope)
        return
      default:
        this.expression(element, scope)
    }
  }

  rule(rule: RuleExpression, outer: Scope): void {
    const scope = new Scope(outer)
    declarePatterns(rule, scope, outer, this)
    this.molecules(rule.product, scope, rule.span.end)
    if (rule.condition !== undefined) this.expression(rule.condition, scope)
    if (rule.rate !== undefined) this.expression(rule.rate, scope)
  }

  expression(node: Expression, scope: Scope): void {
    switch (node.kind) {
      case 'name':
      case 'rest':
        this.use({ text: node.name, span: node.span }, 'uses', scope)
        return
      case 'symbol':
        this.#symbolOrVariable({ text: node.name, span: node.span }, scope, false)
        return
      case 'call':
        this.use(node.callee, 'calls', scope)
        this.#call({ name: node.callee, whole: node.span, arguments: node.arguments }, undefined)
        for (const each of node.arguments) this.expression(each, scope)
        return
      case 'member':
        this.#member(node, scope)
        return
      case 'tuple': {
        const [first] = node.fields
        for (const field of node.fields)
          if (field === first && field.kind === 'symbol')
            this.#symbolOrVariable({ text: field.name, span: field.span }, scope, true)
          else this.expression(field, scope)
        return
      }
      case 'index':
        this.expression(node.object, scope)
        this.expression(node.index, scope)
        return
      case 'new':
        this.type(node.type)
        this.#call(
          { name: typeWord(node.type), whole: node.span, arguments: node.arguments },
          undefined,
        )
        for (const each of node.arguments) this.expression(each, scope)
        return
      case 'unary':
        this.expression(node.operand, scope)
        return
      case 'binary':
        this.#binary(node, scope)
        return
      case 'conditional':
        for (const each of [node.test, node.then, node.else]) this.expression(each, scope)
        return
      case 'cast':
      case 'instanceof':
        this.type(node.type)
        this.expression(node.operand, scope)
        return
      case 'list':
        for (const each of node.items) this.expression(each, scope)
        return
      case 'solution':
      case 'group':
        this.molecules(node.molecules, scope, node.span.end)
        return
      case 'named-rule':
        this.#ownRule(node, scope)
        return
      case 'rule':
        this.rule(node, scope)
        return
      case 'error':
        this.error(node, scope)
        return
      case 'integer':
      case 'float':
      case 'string':
      case 'boolean':
      case 'infinity':
      case 'null':
        return
    }
  }

  /** `1 + 1 + …` leans to the left and may be as deep as it is long. */
  #binary(node: Extract<Expression, { kind: 'binary' }>, scope: Scope): void {
    const right: Expression[] = []
    let left: Expression = node
    while (left.kind === 'binary') {
      right.push(left.right)
      left = left.left
    }
    this.expression(left, scope)
    for (const each of right.reverse()) this.expression(each, scope)
  }

  /** A rule that is named where no solution declares the name, as an operand: it knows itself by it. */
  #ownRule(node: NamedRule, outer: Scope): void {
    const declared = outer.find(node.name.text)
    if (declared?.span.start === node.name.span.start) {
      this.rule(node.rule, outer)
      return
    }
    const scope = new Scope(outer)
    this.#name(node, scope, node.span)
    this.rule(node.rule, scope)
  }

  #member(node: MemberExpression, scope: Scope): void {
    const qualifier = pathOf(node.object)
    const first = qualifier?.[0]
    const isQualified =
      first !== undefined &&
      scope.find(first.text) === undefined &&
      (this.#modules.has(first.text) || first.isSymbol)
    if (isQualified) {
      for (const word of qualifier ?? []) {
        const declaration = this.declarations.find(
          (each) => each.kind === 'module' && each.name === word.text,
        )
        this.#add(word, 'module', declaration)
      }
    } else this.expression(node.object, scope)
    const written = isQualified ? qualifier?.map(({ text }) => text).join('.') : undefined
    const { text: name, span } = node.member
    const declaration = isQualified ? undefined : scope.find(name)
    const isOwn = declaration?.kind === 'maker' && node.arguments !== undefined
    this.occurrences.push({
      name,
      span,
      role: 'member',
      qualifier: written,
      ...(isOwn && { declaration }),
    })
    if (node.arguments !== undefined)
      this.#call(
        { name: node.member, whole: node.span, arguments: node.arguments },
        isQualified ? { qualifier: written } : { isMethod: true },
      )
    for (const each of node.arguments ?? []) this.expression(each, scope)
  }

  #call(
    call: { readonly name: Word; readonly whole: Span; readonly arguments: readonly Expression[] },
    how: { readonly qualifier?: string | undefined; readonly isMethod?: boolean } | undefined,
  ): void {
    this.calls.push({
      name: call.name.text,
      nameSpan: call.name.span,
      whole: call.whole,
      arguments: call.arguments.map(({ span }) => span),
      isMethod: how?.isMethod ?? false,
      qualifier: how?.qualifier,
    })
  }

  type(type: Type): void {
    switch (type.kind) {
      case 'named-type':
        for (const word of type.path.words)
          this.occurrences.push({ name: word.text, span: word.span, role: 'type' })
        for (const each of type.arguments) if (each.type !== undefined) this.type(each.type)
        return
      case 'tuple-type':
        for (const field of type.fields) this.type(field)
        return
      case 'solution-type':
      case 'list-type':
        return
    }
  }

  error({ span }: ErrorNode, scope: Scope): void {
    this.#loose(span, scope)
  }

  #loose(span: Span, scope: Scope): void {
    if (span.end <= span.start) return
    const found = looseNames(this.#tokens, span, scope)
    this.declarations.push(...found.declarations)
    this.occurrences.push(...found.occurrences)
  }

  #symbolOrVariable(word: Word, scope: Scope, isTag: boolean): void {
    const declaration = scope.find(word.text)
    if (declaration === undefined) this.symbol(word, { isTag })
    else this.#add(word, 'uses', declaration)
  }

  #add({ text, span }: Word, role: Role, declaration: Declaration | undefined): void {
    this.occurrences.push({ name: text, span, role, declaration })
  }
}

function typeWord(type: Type): Word {
  const last = type.kind === 'named-type' ? type.path.words.at(-1) : undefined
  return last ?? { text: '', span: type.span }
}

function isRecursiveRule({ isRecursive, body, parameters }: Definition): boolean {
  return isRecursive && parameters === undefined && (body.kind === 'rule' || body.kind === 'error')
}

function groupFrom(definitions: readonly Definition[], first: number): readonly Definition[] {
  const end = definitions.findIndex((each, i) => i >= first && !isRecursiveRule(each))
  return definitions.slice(first, end < 0 ? undefined : end)
}

/** The rules that an element names for the solution it stands in. */
function namedRules(node: Element): readonly NamedRule[] {
  switch (node.kind) {
    case 'named-rule':
      return [node]
    case 'tuple':
      return node.fields.flatMap(namedRules)
    case 'list':
      return node.items.flatMap(namedRules)
    case 'counted':
      return namedRules(node.molecule)
    case 'group': {
      const [only, ...others] = node.molecules.items
      return only === undefined || others.length > 0 || only.kind === 'definition'
        ? []
        : namedRules(only)
    }
    default:
      return []
  }
}

/** The words of `a.b`; undefined where something else stands before the dot. */
function pathOf(node: Expression): readonly (Word & { readonly isSymbol: boolean })[] | undefined {
  if (node.kind === 'name' || node.kind === 'symbol')
    return [{ text: node.name, span: node.span, isSymbol: node.kind === 'symbol' }]
  if (node.kind !== 'member' || node.arguments !== undefined) return undefined
  const before = pathOf(node.object)
  return before && [...before, { ...node.member, isSymbol: false }]
}
