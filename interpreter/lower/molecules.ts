import type {
  Counted,
  Element as ElementNode,
  Expression as Node,
  Molecules as MoleculesNode,
} from '../../grammar/index.ts'
import type { Binding, Element, Expression, Molecules } from '../rule.ts'
import { placeOf } from './context.ts'
import type { Lowering, Site } from './context.ts'
import { openDefinitions } from './definitions.ts'
import { isInt } from '../molecule.ts'
import { printBriefly } from '../print.ts'
import { restSource } from './names.ts'

/** Lowers what stands between commas, with the definitions among it in scope. */
export function lowerMolecules(node: MoleculesNode, outer: Site, lowering: Lowering): Molecules {
  const bindings: Binding[] = []
  const scope = openDefinitions(node, outer, lowering, bindings)
  const site = { ...outer, scope: scope.inner }
  const elements: Element[] = []
  let position = 0
  for (const item of node.items) {
    if (item.kind === 'definition') continue
    // A definition is in scope from where it stands: an element before it does not see it.
    const lowered = lowerElement(item, { ...site, scope: scope.at(position, item) }, lowering)
    if (lowered !== undefined) elements.push(lowered)
    position++
  }
  return { bindings, elements }
}

function lowerElement(node: ElementNode, site: Site, lowering: Lowering): Element | undefined {
  const place = placeOf(node, site.module.source)
  switch (node.kind) {
    case 'nothing':
      return undefined
    case 'spread':
      return { kind: 'spread', expression: lowering.lower.expression(node.expression, site), place }
    case 'counted':
      return countedElement(node, site, lowering)
    default:
      return plainElement(node, undefined, site, lowering)
  }
}

function countedElement(node: Counted, site: Site, lowering: Lowering): Element | undefined {
  const pure = { ...site, mustBePure: 'a multiplicity' }
  const multiplicity = lowering.lower.expression(node.multiplicity, pure)
  if (multiplicity.kind === 'constant' && !isInt(multiplicity.value))
    lowering.error(
      'HOCL208',
      `there cannot be \`${printBriefly(multiplicity.value)}\` copies`,
      {
        ...placeOf(node.multiplicity, site.module.source),
        text: 'a multiplicity is a whole number or ±∞',
      },
      'a power is `pow(x, n)`',
    )
  return plainElement(node.molecule, multiplicity, site, lowering)
}

function plainElement(
  node: Node,
  multiplicity: Expression | undefined,
  site: Site,
  lowering: Lowering,
): Element | undefined {
  const place = placeOf(node, site.module.source)
  if (node.kind === 'name' || node.kind === 'rest') {
    const rest = restSource(node.name, site, lowering)
    if (rest !== undefined) return { kind: 'rest', rest, multiplicity, place }
  }
  if (node.kind === 'group') {
    const [only, ...others] = node.molecules.items
    if (only === undefined) return undefined
    if (
      others.length > 0 ||
      only.kind === 'definition' ||
      only.kind === 'spread' ||
      only.kind === 'nothing' ||
      only.kind === 'counted'
    )
      return {
        kind: 'group',
        molecules: lowering.lower.molecules(node.molecules, site),
        multiplicity,
        place,
      }
    return plainElement(only, multiplicity, site, lowering)
  }
  return {
    kind: 'molecule',
    expression: lowering.lower.expression(node, site),
    multiplicity,
    place,
  }
}
