import { suggest } from '../../grammar/index.ts'
import type { Expression as Node, MemberExpression } from '../../grammar/index.ts'
import type { HostClass, Namespace } from '../host.ts'
import { symbol } from '../molecule.ts'
import type { Expression } from '../rule.ts'
import { applyMeaning, checkPurity, functionCall } from './calls.ts'
import { placeOf } from './context.ts'
import type { Lowering, Site } from './context.ts'
import { expand } from './expand.ts'
import { failed, meaningExpression } from './names.ts'
import { findNamespace, qualifierOf } from './paths.ts'
import type { Meaning, Module } from './scope.ts'
import {
  reportFunction,
  reportUnknownFunction,
  reportUnknownPath,
  reportUnknownQualifier,
} from './unknown.ts'

/** `x.f(y)`, `x.f`, `Math.abs(n)`, `sets.union(a, b)`, `Integer.MAX_VALUE`. */
export function memberExpression(
  node: MemberExpression,
  site: Site,
  lowering: Lowering,
): Expression {
  const qualifier = qualifierOf(node.object, site)
  if (qualifier !== undefined) {
    const qualified = qualifiedExpression(qualifier, node, site, lowering)
    if (qualified !== undefined) return qualified
  }
  if (reportUnknownQualifier(node.object, site, lowering)) return failed
  return methodExpression(node, site, lowering)
}

function qualifiedExpression(
  words: readonly string[],
  node: MemberExpression,
  site: Site,
  lowering: Lowering,
): Expression | undefined {
  const name = node.member.text
  const place = placeOf(node, site.module.source)
  const imported =
    words.length === 1 ? site.module.imports.find((i) => i.qualifier === words[0]) : undefined
  const declared = imported?.module.exports.get(name)
  if (declared !== undefined) {
    declared.uses++
    return node.arguments === undefined
      ? meaningExpression(declared.meaning, { name, place }, site, lowering)
      : applyMeaning(declared.meaning, { name, args: node.arguments, place }, site, lowering)
  }
  const namespace = findNamespace(words, lowering)
  if (namespace === undefined && imported === undefined) return undefined
  if (namespace?.classes.has(name) === true && node.arguments === undefined) return undefined
  const found = namespace && memberOf(namespace, node, site, lowering)
  if (found === undefined)
    reportUnknownMember(words, node, { site, lowering, module: imported?.module, namespace })
  return found ?? failed
}

/** A constant, or the call of a function, of a namespace. */
function memberOf(
  { functions, constants }: Namespace,
  { member, arguments: args, ...node }: MemberExpression,
  site: Site,
  lowering: Lowering,
): Expression | undefined {
  const place = placeOf(node, site.module.source)
  const constant = constants.get(member.text)
  const found = functions.get(member.text)
  if (args === undefined) {
    if (constant !== undefined) return { kind: 'constant', value: constant }
    if (found === undefined) return undefined
    reportFunction(member.text, placeOf(member, site.module.source), lowering)
    return failed
  }
  if (found !== undefined) return functionCall(found, { args, place }, site, lowering)
  if (constant === undefined) return undefined
  return applyMeaning(
    { kind: 'constant', value: constant },
    { name: member.text, args, place },
    site,
    lowering,
  )
}

interface Missing {
  readonly site: Site
  readonly lowering: Lowering
  readonly module: Module | undefined
  readonly namespace: Namespace | undefined
}

function reportUnknownMember(
  words: readonly string[],
  { member }: MemberExpression,
  { site, lowering, module, namespace }: Missing,
): void {
  const known = [
    ...(module?.exports.keys() ?? []),
    ...(namespace ? [...namespace.functions.keys(), ...namespace.constants.keys()] : []),
  ]
  const similar = suggest(member.text, known)
  const first = known.slice(0, 8).map((each) => `\`${each}\``)
  lowering.error(
    'HOCL213',
    `\`${words.join('.')}\` has no \`${member.text}\``,
    { ...placeOf(member, site.module.source), text: 'this name is not in it' },
    similar === undefined
      ? `it has ${first.join(', ')}${known.length > first.length ? ', …' : ''}`
      : `did you mean \`${similar}\`?`,
  )
}

/** A method: the value's own if it has one, else the function of that name with the value as first argument. */
function methodExpression(node: MemberExpression, site: Site, lowering: Lowering): Expression {
  const place = placeOf(node, site.module.source)
  const name = node.member.text
  const args = node.arguments ?? []
  const meaning = resolveQuietly(name, site)
  const isOwn = [...allClasses(lowering)].filter((c) => c.members.has(name))
  if (meaning?.kind === 'maker' && node.arguments !== undefined && isOwn.length === 0)
    return expand(meaning, { args: [node.object, ...args], place }, site, lowering)
  const fallback =
    meaning?.kind === 'function' ? meaning.function : lowering.host.functions.get(name)
  if (fallback === undefined && isOwn.length === 0) {
    const words = qualifierOf(node.object, site) ?? []
    if (words.length > 1) reportUnknownPath([...words, name], place, lowering)
    else reportUnknownFunction(name, placeOf(node.member, site.module.source), site, lowering)
    return failed
  }
  if (isOwn.length === 0 && fallback !== undefined)
    return functionCall(fallback, { args: [node.object, ...args], place }, site, lowering)
  for (const owner of isOwn) {
    const member = owner.members.get(name)
    if (member !== undefined) checkPurity(member, place, site, lowering)
  }
  const receiver = receiverExpression(node.object, site, lowering)
  const lowered = node.arguments?.map((arg) => lowering.lower.expression(arg, site))
  return { kind: 'method', receiver, name, arguments: lowered, fallback, place }
}

function receiverExpression(node: Node, site: Site, lowering: Lowering): Expression {
  if (node.kind === 'symbol' && site.scope.find(node.name) === undefined)
    return { kind: 'constant', value: symbol(node.name) }
  return lowering.lower.expression(node, site)
}

function resolveQuietly(name: string, site: Site): Meaning | undefined {
  const own = site.scope.find(name)
  const found =
    own ?? site.module.imports.map((i) => i.module.exports.get(name)).find((d) => d !== undefined)
  if (found !== undefined) found.uses++
  return found?.meaning
}

function* allClasses(lowering: Lowering): Generator<HostClass> {
  yield* lowering.host.classes.values()
  for (const namespace of lowering.host.namespaces.values()) yield* namespace.classes.values()
}
