import type { Element as ElementNode, RuleExpression } from '../../grammar/index.ts'
import { closedForm } from '../closed-form/closed-form.ts'
import { RuleShape } from '../rule.ts'
import type { Expression } from '../rule.ts'
import { placeOf } from './context.ts'
import type { Lowering, Site } from './context.ts'
import { PatternLowering } from './patterns.ts'
import { Frame, Scope } from './scope.ts'
import type { Module, RuleDefinition } from './scope.ts'

/** A rule where an instance of it is wanted: anonymous, or by the name of the definition that makes it. */
export function lowerRule(
  node: RuleExpression,
  site: Site,
  name: string | undefined,
  lowering: Lowering,
): Expression {
  const frame = new Frame()
  const shape = lowerShape({ node, name }, { ...site, frame }, lowering)
  const identity = identityOf(node, name, site.module)
  return lowering.make(
    { identity, name: name ?? '', isRecursive: false, isRead: () => true, shape: () => shape },
    frame,
    site.frame,
  )
}

/** An instance of a defined rule, which is lowered when it is first used. */
export function lowerDefinition(
  definition: RuleDefinition,
  site: Site,
  lowering: Lowering,
): Expression {
  const identity = identityOf(definition.node, definition.name, definition.module)
  if (definition.frame === undefined) {
    const frame = new Frame()
    definition.frame = frame
    const inside: Site = {
      module: definition.module,
      scope: definition.scope,
      frame,
      mustBePure: undefined,
      rule: undefined,
      depth: site.depth + 1,
    }
    definition.shape = lowerShape(
      { node: definition.node, name: definition.name, definition },
      inside,
      lowering,
    )
  }
  const shape = (): RuleShape => {
    if (definition.shape === undefined)
      throw new Error(`the rule ${definition.name} is used before it is read`)
    return definition.shape
  }
  return lowering.make(
    {
      identity,
      name: definition.name,
      isRecursive: definition.isRecursive,
      isRead: () => definition.shape !== undefined,
      shape,
    },
    definition.frame,
    site.frame,
  )
}

function identityOf(node: RuleExpression, name: string | undefined, module: Module): string {
  return `${name ?? ''}@${module.source.name}:${String(node.span.start)}`
}

interface RuleText {
  readonly node: RuleExpression
  readonly name: string | undefined
  readonly definition?: RuleDefinition
}

function lowerShape(
  { node, name, definition }: RuleText,
  outer: Site,
  lowering: Lowering,
): RuleShape {
  const { frame, module } = outer
  const scope = new Scope(outer.scope)
  const site: Site = { ...outer, scope, rule: node, mustBePure: undefined }
  const { patterns, topRests } = new PatternLowering(
    node.patterns,
    site,
    outer.scope,
    lowering,
  ).lower(node.patterns)
  const repeats =
    definition?.isRecursive === true &&
    node.form !== 'replace' &&
    repeatsItself(node, name ?? '', site)
  const product = lowering.lower.molecules(
    repeats ? withoutItself(node, name ?? '') : node.product,
    site,
  )
  const parts = {
    name,
    identity: definition?.isRecursive === true ? identityOf(node, name, module) : undefined,
    printsInFull: definition === undefined || definition.module.isLater === true,
    shots: node.form === 'replace' || repeats ? ('many' as const) : ('one' as const),
    isCatalytic: node.form === 'with',
    patterns,
    topRests,
    condition:
      node.condition &&
      lowering.lower.expression(node.condition, { ...site, mustBePure: 'a condition' }),
    rate: node.rate && lowering.lower.expression(node.rate, { ...site, mustBePure: 'a rate' }),
    ratePlace: node.rate && placeOf(node.rate, module.source),
    product,
    slotNames: frame.names,
    captured: frame.captured,
    place: placeOf(node, module.source),
  }
  const shape = new RuleShape({ ...parts, form: closedForm(parts) })
  lowering.shapes.push(shape)
  return shape
}

/** `let rec f = one P by M, f`: exactly one plain `f` among the elements makes the rule n-shot. */
function repeatsItself(node: RuleExpression, name: string, site: Site): boolean {
  if (site.scope.own(name) !== undefined) return false
  if (node.product.items.some((item) => item.kind === 'definition')) return false
  return node.product.items.filter((item) => isName(item, name)).length === 1
}

function withoutItself(node: RuleExpression, name: string): RuleExpression['product'] {
  return { ...node.product, items: node.product.items.filter((item) => !isName(item, name)) }
}

function isName(
  item: RuleExpression['product']['items'][number],
  name: string,
): item is Extract<ElementNode, { kind: 'name' }> {
  return item.kind === 'name' && item.name === name
}
