import { suggest } from '../../grammar/index.ts'
import type { CallExpression, Expression as Node, MemberExpression, NewExpression } from '../../grammar/index.ts'
import type { HostFunction, Namespace } from '../host.ts'
import { symbol } from '../molecule.ts'
import type { Expression, Place } from '../rule.ts'
import { placeOf } from './context.ts'
import type { Lowering, Site } from './context.ts'
import { expand } from './expand.ts'
import { failed, meaningExpression, resolve } from './names.ts'
import type { Meaning } from './scope.ts'
import { findClass } from './types.ts'

/** `f(x, y)`: a definition with parameters, a parameter that stands for one, or a function. */
export function callExpression(node: CallExpression, site: Site, lowering: Lowering): Expression {
  const place = placeOf(node, site.module.source)
  const name = node.callee.text
  const meaning = resolve(name, placeOf(node.callee, site.module.source), site, lowering)
  if (meaning === 'ambiguous') return failed
  if (meaning !== undefined) return applyMeaning(name, meaning, node.arguments, place, site, lowering)
  const found = lowering.host.functions.get(name)
  if (found !== undefined) return functionCall(found, node.arguments, place, site, lowering)
  unknownFunction(name, placeOf(node.callee, site.module.source), site, lowering)
  return failed
}

function applyMeaning(
  name: string,
  meaning: Meaning,
  args: readonly Node[],
  place: Place,
  site: Site,
  lowering: Lowering,
): Expression {
  switch (meaning.kind) {
    case 'maker':
      return expand(meaning, args, place, site, lowering)
    case 'function':
      return functionCall(meaning.function, args, place, site, lowering)
    case 'variable':
    case 'constant':
    case 'rule':
      // Read for its errors and uses: a variable that stands only here would be reported as unused.
      for (const arg of args) lowering.lower.expression(arg, site)
      lowering.error(
        'HOCL211',
        `\`${name}\` is not a function`,
        place,
        meaning.kind === 'rule' ? 'a rule reacts, it is not called' : 'this is a molecule',
        meaning.kind === 'rule' ? `put \`${name}\` into a solution with what it takes` : undefined,
      )
      return failed
  }
}

function unknownFunction(name: string, place: Place, site: Site, lowering: Lowering): void {
  const similar = suggest(name, [...lowering.host.functions.keys(), ...site.scope.visibleNames()])
  lowering.error(
    'HOCL202',
    `there is no function \`${name}\``,
    place,
    'this function is not known',
    similar === undefined ? 'a function of the host must be named with `--host`' : `did you mean \`${similar}\`?`,
  )
}

/** A call with its arguments counted and, where only pure functions may stand, its purity checked. */
export function functionCall(
  found: HostFunction,
  args: readonly Node[],
  place: Place,
  site: Site,
  lowering: Lowering,
): Expression {
  const [least, most] = found.arity
  if (args.length < least || args.length > most) {
    lowering.error(
      'HOCL205',
      `\`${found.name}\` takes ${countOf(least, most)}, not ${String(args.length)}`,
      place,
      `called with ${plural(args.length, 'argument')}`,
    )
    return failed
  }
  checkPurity(found, place, site, lowering)
  const lowered = args.map((arg) => argument(arg, found, site, lowering))
  return { kind: 'call', function: found, arguments: lowered, place }
}

/** `size(ω)` and `list(ω)` see a rest as the solution or list that it is kept as. */
function argument(node: Node, found: HostFunction, site: Site, lowering: Lowering): Expression {
  if ((node.kind === 'rest' || node.kind === 'name') && (found.name === 'size' || found.name === 'list')) {
    const declared = site.scope.find(node.name)
    if (declared?.meaning.kind === 'variable' && declared.meaning.isRest) {
      declared.uses++
      return lowering.access(declared.meaning, site.frame)
    }
  }
  return lowering.lower.expression(node, site)
}

export function checkPurity(found: HostFunction, place: Place, site: Site, lowering: Lowering): void {
  if (site.mustBePure === undefined || (found.isPure && !found.isAsync)) return
  if (found.isAsync) {
    lowering.error('HOCL302', `\`${found.name}\` answers later`, place, `${site.mustBePure} cannot wait`, 'call it in the product of a rule, and take its answer with another rule')
    return
  }
  lowering.error(
    'HOCL301',
    `\`${found.name}\` is not pure`,
    place,
    `${site.mustBePure} may be worked out any number of times`,
    'call it in the product, or declare it with `export const pure = [\'' + found.name + '\']` in its host module',
  )
}

function countOf(least: number, most: number): string {
  if (least === most) return plural(least, 'argument')
  return most === Infinity ? `at least ${plural(least, 'argument')}` : `${String(least)} to ${plural(most, 'argument')}`
}

function plural(n: number, word: string): string {
  return `${String(n)} ${word}${n === 1 ? '' : 's'}`
}

/** `x.f(y)`, `x.f`, `Math.abs(n)`, `sets.union(a, b)`, `Integer.MAX_VALUE`. */
export function memberExpression(node: MemberExpression, site: Site, lowering: Lowering): Expression {
  const place = placeOf(node, site.module.source)
  const qualifier = qualifierOf(node.object, site)
  if (qualifier !== undefined) {
    const qualified = qualifiedExpression(qualifier, node, place, site, lowering)
    if (qualified !== undefined) return qualified
  }
  return methodExpression(node, place, site, lowering)
}

/** The words of `a.b` if they can name a module or namespace: nothing in scope has the first one's name. */
function qualifierOf(node: Node, site: Site): string[] | undefined {
  if (node.kind === 'name' || node.kind === 'symbol') return site.scope.find(node.name) === undefined ? [node.name] : undefined
  if (node.kind !== 'member' || node.arguments !== undefined) return undefined
  const before = qualifierOf(node.object, site)
  return before === undefined ? undefined : [...before, node.member.text]
}

function qualifiedExpression(
  words: readonly string[],
  node: MemberExpression,
  place: Place,
  site: Site,
  lowering: Lowering,
): Expression | undefined {
  const name = node.member.text
  const imported = words.length === 1 ? site.module.imports.find((i) => i.qualifier === words[0]) : undefined
  const declared = imported?.module.exports.get(name)
  if (declared !== undefined) {
    declared.uses++
    return node.arguments === undefined
      ? meaningExpression(name, declared.meaning, place, site, lowering)
      : applyMeaning(name, declared.meaning, node.arguments, place, site, lowering)
  }
  const namespace = findNamespace(words, lowering)
  if (namespace !== undefined) {
    const found = namespace.functions.get(name)
    const constant = namespace.constants.get(name)
    if (node.arguments === undefined && constant !== undefined) return { kind: 'constant', value: constant }
    if (found !== undefined && node.arguments !== undefined) return functionCall(found, node.arguments, place, site, lowering)
    if (namespace.classes.has(name) && node.arguments === undefined) return undefined
  }
  if (imported === undefined && namespace === undefined) return undefined
  const known = [...(imported?.module.exports.keys() ?? []), ...(namespace ? [...namespace.functions.keys(), ...namespace.constants.keys()] : [])]
  const similar = suggest(name, known)
  lowering.error(
    'HOCL213',
    `\`${words.join('.')}\` has no \`${name}\``,
    placeOf(node.member, site.module.source),
    'this name is not in it',
    similar === undefined ? (known.length === 0 ? undefined : `it has ${known.slice(0, 8).map((k) => `\`${k}\``).join(', ')}`) : `did you mean \`${similar}\`?`,
  )
  return failed
}

/** A namespace, or the statics of a class as one. */
export function findNamespace(words: readonly string[], lowering: Lowering): Namespace | undefined {
  const single = words.length === 1 ? lowering.host.namespaces.get(words[0] ?? '') : undefined
  const found = findClass(words, lowering)
  if (found === undefined) return single
  const statics: Namespace = { functions: found.functions, constants: found.constants, classes: new Map() }
  if (single === undefined) return statics
  // A file's namespace and a class in it may share a name: the class goes first.
  return {
    functions: new Map([...single.functions, ...found.functions]),
    constants: new Map([...single.constants, ...found.constants]),
    classes: single.classes,
  }
}

/** A method: the value's own if it has one, else the function of that name with the value as first argument. */
function methodExpression(node: MemberExpression, place: Place, site: Site, lowering: Lowering): Expression {
  const name = node.member.text
  const args = node.arguments ?? []
  const meaning = resolveQuietly(name, site)
  const isOwn = [...allClasses(lowering)].filter((c) => c.members.has(name))
  if (meaning?.kind === 'maker' && node.arguments !== undefined && isOwn.length === 0)
    return expand(meaning, [node.object, ...args], place, site, lowering)
  const fallback = meaning?.kind === 'function' ? meaning.function : lowering.host.functions.get(name)
  if (fallback === undefined && isOwn.length === 0) {
    unknownFunction(name, placeOf(node.member, site.module.source), site, lowering)
    return failed
  }
  if (isOwn.length === 0 && fallback !== undefined) return functionCall(fallback, [node.object, ...args], place, site, lowering)
  for (const owner of isOwn) {
    const member = owner.members.get(name)
    if (member !== undefined) checkPurity(member, place, site, lowering)
  }
  const receiver = receiverExpression(node.object, site, lowering)
  const lowered = node.arguments?.map((arg) => lowering.lower.expression(arg, site))
  return { kind: 'method', receiver, name, arguments: lowered, fallback, place }
}

function receiverExpression(node: Node, site: Site, lowering: Lowering): Expression {
  if (node.kind === 'symbol' && site.scope.find(node.name) === undefined) return { kind: 'constant', value: symbol(node.name) }
  return lowering.lower.expression(node, site)
}

function resolveQuietly(name: string, site: Site): Meaning | undefined {
  const own = site.scope.find(name)
  const found = own ?? site.module.imports.map((i) => i.module.exports.get(name)).find((d) => d !== undefined)
  if (found !== undefined) found.uses++
  return found?.meaning
}

function* allClasses(lowering: Lowering) {
  yield* lowering.host.classes.values()
  for (const namespace of lowering.host.namespaces.values()) yield* namespace.classes.values()
}

/** `new T(…)`. */
export function newExpression(node: NewExpression, site: Site, lowering: Lowering): Expression {
  const place = placeOf(node, site.module.source)
  const words = node.type.kind === 'named-type' ? node.type.path.words.map((w) => w.text) : []
  const found = findClass(words, lowering)
  if (found === undefined) {
    const name = site.module.source.slice(node.type.span)
    const similar = suggest(name, [...lowering.host.classes.keys()])
    lowering.error('HOCL206', `there is no class \`${name}\``, placeOf(node.type, site.module.source), 'this class is not known', similar === undefined ? 'a class of the host must be named with `--host`' : `did you mean \`${similar}\`?`)
    return failed
  }
  return functionCall(found.make, node.arguments, place, site, lowering)
}
