import type {
  Definition,
  Element,
  Expression,
  Import,
  Molecules,
  Pattern,
  Program,
  RuleExpression,
  Type,
} from '../../grammar/index.ts'
import { pathText, typeText } from '../../grammar/type-text.ts'

/*
 * Trees as s-expressions: `(+ 1 (* 2 x))`. Atoms stand as they are written, a tuple is `(: A 1)`, a
 * solution `<…>`, parentheses `{…}`, a rule `(replace [x] by [x] if (> x 0))`. Everything in the tree
 * shows, except spans.
 */

export function show(program: Program): string {
  const parts = [
    ...(program.package === undefined ? [] : [`(package ${pathText(program.package)})`]),
    ...program.imports.map(showImport),
    ...program.definitions.map(showDefinition),
    ...(program.solution === undefined ? [] : [showExpression(program.solution)]),
  ]
  return parts.join(' ')
}

export function showImport(each: Import): string {
  const { target, isStatic, isWildcard, alias } = each
  const path = target.kind === 'path' ? pathText(target) : JSON.stringify(target.value)
  const words = [isStatic ? 'import static' : 'import', `${path}${isWildcard ? '.*' : ''}`]
  return `(${[...words, ...(alias === undefined ? [] : [`as ${alias.text}`])].join(' ')})`
}

export function showDefinition(definition: Definition): string {
  const { isRecursive, name, parameters, body, documentation } = definition
  const names = parameters?.map((parameter) => parameter.text).join(' ')
  const head = `${name.text}${names === undefined ? '' : `(${names})`}`
  const lines = documentation.length === 0 ? '' : ` ${JSON.stringify(documentation)}`
  return `(let${isRecursive ? ' rec' : ''} ${head} ${showExpression(body)}${lines})`
}

export function showMolecules({ items }: Molecules): string {
  return items
    .map((item) => (item.kind === 'definition' ? showDefinition(item) : showElement(item)))
    .join(' ')
}

function showElement(element: Element): string {
  switch (element.kind) {
    case 'nothing':
      return '∅'
    case 'spread':
      return `(... ${showExpression(element.expression)})`
    case 'counted':
      return `(^ ${showExpression(element.molecule)} ${showExpression(element.multiplicity)})`
    default:
      return showExpression(element)
  }
}

export function showExpression(node: Expression): string {
  switch (node.kind) {
    case 'integer':
      return typeof node.value === 'bigint' ? `${node.value}n` : String(node.value)
    case 'float':
      return Number.isInteger(node.value) ? `${node.value}.0` : String(node.value)
    case 'string':
      return node.quote === '"' ? JSON.stringify(node.value) : `'${node.value}'`
    case 'boolean':
      return String(node.value)
    case 'infinity':
      return '∞'
    case 'null':
      return 'null'
    case 'name':
    case 'symbol':
    case 'rest':
      return node.kind === 'rest' ? `?${node.name}` : node.name
    case 'call':
      return `(call ${[node.callee.text, ...node.arguments.map(showExpression)].join(' ')})`
    case 'member': {
      const args =
        node.arguments === undefined ? '' : ` (${node.arguments.map(showExpression).join(' ')})`
      return `(. ${showExpression(node.object)} ${node.member.text}${args})`
    }
    case 'index':
      return `(at ${showExpression(node.object)} ${showExpression(node.index)})`
    case 'new':
      return `(${['new', typeText(node.type), ...node.arguments.map(showExpression)].join(' ')})`
    case 'unary':
      return `(${node.operator} ${showExpression(node.operand)})`
    case 'binary':
      return `(${node.operator} ${showExpression(node.left)} ${showExpression(node.right)})`
    case 'conditional':
      return `(? ${[node.test, node.then, node.else].map(showExpression).join(' ')})`
    case 'cast':
      return `(cast ${typeText(node.type)} ${showExpression(node.operand)})`
    case 'instanceof':
      return `(instanceof ${showExpression(node.operand)} ${typeText(node.type)})`
    case 'list':
      return `[${node.items.map(showExpression).join(' ')}]`
    case 'solution':
      return `${node.brackets.charAt(0)}${showMolecules(node.molecules)}${node.brackets.charAt(1)}`
    case 'group':
      return `{${showMolecules(node.molecules)}}`
    case 'tuple':
      return `(: ${node.fields.map(showExpression).join(' ')})`
    case 'named-rule':
      return `(= ${node.name.text} ${showRule(node.rule)})`
    case 'rule':
      return showRule(node)
    case 'error':
      return '#'
  }
}

function showRule({ form, patterns, product, condition, rate }: RuleExpression): string {
  const word = form === 'with' ? 'inject' : 'by'
  const clauses = [
    { word: 'if', node: condition },
    { word: '@', node: rate },
  ].flatMap(({ word, node }) => (node === undefined ? [] : [` ${word} ${showExpression(node)}`]))
  const taken = patterns.map(showPattern).join(' ')
  return `(${form} [${taken}] ${word} [${showMolecules(product)}]${clauses.join('')})`
}

export function showPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'nothing-pattern':
      return '∅'
    case 'rest-pattern':
      return `?${pattern.name.text}`
    case 'counted-pattern':
      return `(^ ${showPattern(pattern.pattern)} ${showExpression(pattern.multiplicity)})`
    case 'tuple-pattern':
      return `(: ${pattern.fields.map(showPattern).join(' ')})`
    case 'group-pattern':
      return `{${showPattern(pattern.pattern)}}`
    case 'solution-pattern':
      return `${pattern.brackets.charAt(0)}${pattern.patterns.map(showPattern).join(' ')}${pattern.brackets.charAt(1)}`
    case 'list-pattern':
      return `[${pattern.items.map(showPattern).join(' ')}]`
    case 'literal-pattern':
      return `${pattern.isNegative ? '-' : ''}${showExpression(pattern.literal)}`
    case 'wildcard-pattern':
      return `_${typed(pattern.type)}`
    case 'variable-pattern':
      return `${pattern.name.text}${typed(pattern.type)}`
    case 'symbol-pattern':
      return `'${pattern.name}`
    case 'constant-pattern':
      return `(constant ${pathText(pattern.path)})`
    case 'caught-rule-pattern':
      return `(= ${pathText(pattern.rule)} ${pattern.variable.text})`
    case 'error':
      return '#'
  }
}

function typed(type: Type | undefined): string {
  return type === undefined ? '' : `::${typeText(type)}`
}
