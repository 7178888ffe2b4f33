import type {
  Expression as Node,
  ListExpression,
  NamedRule,
  TupleExpression,
  UnaryExpression,
} from '../../grammar/index.ts'
import { negate } from '../arithmetic.ts'
import { Float, NULL, symbol } from '../molecule.ts'
import type { Expression, ListItem } from '../rule.ts'
import { callExpression, newExpression } from './calls.ts'
import { MAX_EXPANDED_DEPTH, MAX_EXPANDED_SIZE, placeOf } from './context.ts'
import type { Lowering, Site } from './context.ts'
import { mentions, namedAlone } from './definitions.ts'
import { memberExpression } from './members.ts'
import { failed, nameExpression, restSource } from './names.ts'
import { reportExpansion } from './too-much.ts'
import { typeTest } from './types.ts'

/** Lowers one expression. What is wrong with it is reported, and a constant stands in its place. */
export function lowerExpression(node: Node, outer: Site, lowering: Lowering): Expression {
  const site = { ...outer, depth: outer.depth + 1 }
  const place = placeOf(node, site.module.source)
  // Only what definitions bring in can grow without bound: a program may itself be of any length.
  const isTooMuch = lowering.expansion !== undefined && ++lowering.size > MAX_EXPANDED_SIZE
  if (site.depth > MAX_EXPANDED_DEPTH || isTooMuch) {
    reportExpansion(lowering.expansion ?? place, lowering)
    return failed
  }
  const lower = (inner: Node): Expression => lowerExpression(inner, site, lowering)
  switch (node.kind) {
    case 'integer':
    case 'string':
    case 'boolean':
      return { kind: 'constant', value: node.value }
    case 'float':
      return { kind: 'constant', value: new Float(node.value) }
    case 'infinity':
      return { kind: 'constant', value: Infinity }
    case 'null':
      return { kind: 'constant', value: NULL }
    case 'name':
    case 'rest':
      return nameExpression(node.name, place, site, lowering)
    case 'symbol':
      return symbolExpression(node.name, site, lowering)
    case 'call':
      return callExpression(node, site, lowering)
    case 'member':
      return memberExpression(node, site, lowering)
    case 'new':
      return newExpression(node, site, lowering)
    case 'index':
      return { kind: 'index', object: lower(node.object), index: lower(node.index), place }
    case 'unary':
      return unaryExpression(node, site, lowering)
    case 'binary':
      return {
        kind: 'binary',
        operator: node.operator,
        left: lower(node.left),
        right: lower(node.right),
        place,
      }
    case 'conditional':
      return {
        kind: 'conditional',
        test: lower(node.test),
        then: lower(node.then),
        else: lower(node.else),
        place,
      }
    case 'cast':
      return {
        kind: 'cast',
        type: typeTest(node.type, site, lowering),
        operand: lower(node.operand),
        place,
      }
    case 'instanceof':
      return {
        kind: 'instanceof',
        type: typeTest(node.type, site, lowering),
        operand: lower(node.operand),
      }
    case 'list':
      return listExpression(node, site, lowering)
    case 'tuple':
      return tupleExpression(node, site, lowering)
    case 'solution':
      return { kind: 'solution', molecules: lowering.lower.molecules(node.molecules, site), place }
    case 'group':
      return groupExpression(node, site, lowering)
    case 'named-rule':
      return namedRule(node, site, lowering)
    case 'rule':
      return lowering.lower.rule(node, site, undefined)
    case 'error':
      return failed
  }
}

/** A symbol, or the variable that the rule's patterns bind as `X::T`. */
function symbolExpression(name: string, site: Site, lowering: Lowering): Expression {
  const declared = site.scope.find(name)
  if (declared?.meaning.kind === 'variable') {
    declared.uses++
    return lowering.access(declared.meaning, site.frame)
  }
  return { kind: 'constant', value: symbol(name) }
}

/** `-3` is the constant. */
function unaryExpression(node: UnaryExpression, site: Site, lowering: Lowering): Expression {
  const operand = lowerExpression(node.operand, site, lowering)
  const isNumber =
    operand.kind === 'constant' &&
    (typeof operand.value !== 'object' || operand.value.kind === 'float')
  if (
    node.operator === '-' &&
    isNumber &&
    typeof operand.value !== 'string' &&
    typeof operand.value !== 'boolean'
  )
    return { kind: 'constant', value: negate(operand.value) }
  return {
    kind: 'unary',
    operator: node.operator,
    operand,
    place: placeOf(node, site.module.source),
  }
}

/** Its own definition, which need not be the only one of that name. */
function namedRule(node: NamedRule, site: Site, lowering: Lowering): Expression {
  const own = lowering.namedRules.get(node)
  if (own !== undefined) return lowering.lower.definition(own, site)
  const isRecursive = mentions(node.rule, new Set([node.name.text]))
  return lowering.lower.definition(namedAlone(node, isRecursive, site, lowering).meaning, site)
}

function listExpression(node: ListExpression, site: Site, lowering: Lowering): Expression {
  const items = node.items.map((item): ListItem => {
    if (item.kind === 'name' || item.kind === 'rest') {
      const rest = restSource(item.name, site, lowering)
      if (rest !== undefined) return { kind: 'rest', rest }
    }
    return { kind: 'item', expression: lowerExpression(item, site, lowering) }
  })
  return { kind: 'list', items }
}

function tupleExpression(node: TupleExpression, site: Site, lowering: Lowering): Expression {
  return {
    kind: 'tuple',
    fields: node.fields.map((field) => lowerExpression(field, site, lowering)),
  }
}

/** Parentheses around one molecule are that molecule; around several they stand as a whole element only. */
function groupExpression(
  node: Extract<Node, { kind: 'group' }>,
  site: Site,
  lowering: Lowering,
): Expression {
  const [only, ...others] = node.molecules.items
  if (only !== undefined && others.length === 0) {
    switch (only.kind) {
      case 'definition':
      case 'nothing':
      case 'spread':
      case 'counted':
        break
      default:
        return lowerExpression(only, site, lowering)
    }
  }
  // The parser has reported it.
  return failed
}
