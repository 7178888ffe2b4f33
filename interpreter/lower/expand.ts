import type { Expression as Node } from '../../grammar/index.ts'
import type { Binding, Expression } from '../rule.ts'
import { placeOf } from './context.ts'
import type { Call, Lowering, Site } from './context.ts'
import { failed, resolve } from './names.ts'
import { pathMeaning } from './paths.ts'
import { reportUsesItself } from './unknown.ts'
import { Scope } from './scope.ts'
import type { Maker, Meaning } from './scope.ts'

/** Puts the body of a definition with parameters in place of its use; each argument is worked out once, by value. */
export function expand(
  maker: Maker,
  { args, place }: Call,
  site: Site,
  lowering: Lowering,
): Expression {
  const parameters = maker.node.parameters ?? []
  if (args.length !== parameters.length) {
    lowering.error(
      'HOCL205',
      `\`${maker.name}\` takes ${String(parameters.length)} argument${parameters.length === 1 ? '' : 's'}, not ${String(args.length)}`,
      { ...place, text: `its parameters are ${parameters.map((p) => `\`${p.text}\``).join(', ')}` },
    )
    return failed
  }
  if (maker.isBeingExpanded) {
    reportUsesItself(maker.name, place, lowering)
    return failed
  }
  const scope = new Scope(maker.scope)
  const bindings: Binding[] = []
  parameters.forEach((parameter, i) => {
    const arg = args[i]
    if (arg === undefined) return
    const { meaning, binding } = argumentMeaning(parameter.text, arg, site, lowering)
    if (binding !== undefined) bindings.push(binding)
    scope.declare({
      name: parameter.text,
      span: parameter.span,
      source: maker.module.source,
      meaning,
      uses: 1,
    })
  })
  maker.isBeingExpanded = true
  const isOutermost = lowering.expansion === undefined
  lowering.expansion ??= place
  const inside: Site = { ...site, module: maker.module, scope }
  const body = bodyOf(maker, inside, lowering)
  maker.isBeingExpanded = false
  if (isOutermost) lowering.expansion = undefined
  return bindings.length === 0 ? body : { kind: 'let', bindings, body }
}

function bodyOf(maker: Maker, site: Site, lowering: Lowering): Expression {
  const body = maker.node.body
  return body.kind === 'rule'
    ? lowering.lower.rule(body, site, maker.name)
    : lowering.lower.expression(body, site)
}

/** What a parameter stands for: a name keeps its meaning, a constant its value, anything else becomes a variable of this frame. */
function argumentMeaning(
  parameter: string,
  node: Node,
  site: Site,
  lowering: Lowering,
): { readonly meaning: Meaning; readonly binding?: Binding } {
  if (node.kind === 'name') {
    const meaning = functionMeaning(node.name, node, site, lowering)
    if (meaning !== undefined) return { meaning }
  }
  const path = pathMeaning(node, site, lowering)
  if (path !== undefined) return { meaning: path }
  const value = lowering.lower.expression(node, site)
  if (value.kind === 'constant') return { meaning: value }
  const slot = site.frame.allocate(parameter)
  const meaning = {
    kind: 'variable',
    name: parameter,
    frame: site.frame,
    slot,
    isRest: false,
  } as const
  return { meaning, binding: { slot, value } }
}

/** The meaning of a name that is given on as it is: a definition, a function, a variable that is no rest. */
function functionMeaning(
  name: string,
  node: Node,
  site: Site,
  lowering: Lowering,
): Meaning | undefined {
  const place = placeOf(node, site.module.source)
  const meaning = resolve(name, place, site, lowering)
  if (meaning === 'ambiguous') return { kind: 'constant', value: 0 }
  if (meaning === undefined) {
    const found = lowering.host.functions.get(name)
    return found === undefined ? undefined : { kind: 'function', function: found }
  }
  return meaning.kind === 'variable' && meaning.isRest ? undefined : meaning
}
